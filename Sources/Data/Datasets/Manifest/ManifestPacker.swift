import Files

/// Takes the rows of a ``RowManifest`` that is being packed. Made by ``RowManifest/pack(to:_:)``.
///
/// Rows go to the disk in sorted runs and are merged at the end, so that memory is about 150 MB and an eighth of a
/// byte a row, however many there are. The disk needs room for all paths, and 6 bytes a row, beside the manifest.
public struct ManifestPacker: ~Copyable {
  private let path: String
  private var runs: ManifestRuns
  private var names: [String] = []
  private var counts: [Int] = []
  private var labels: [String: Int] = [:]
  /// Rows taken so far.
  public var count: Int { runs.count }

  init(to path: String) throws(FileError) {
    self.path = path
    runs = try ManifestRuns(beside: path)
  }

  /// Takes the next row of the table.
  ///
  /// - Parameters:
  ///   - path: where its image is, at most 65,535 bytes in UTF-8.
  ///   - label: the name of its class.
  /// - Throws: ``ManifestError/longPath(row:bytes:)``, or an error of the disk.
  public mutating func add(_ path: String, label: String) throws(ManifestError) {
    guard path.utf8.count <= ManifestFormat.longestPath else {
      throw .longPath(row: count, bytes: path.utf8.count)
    }
    let known = labels[label]
    let place = known ?? names.count
    if known == nil {
      labels[label] = place
      names.append(label)
      counts.append(0)
    }
    counts[place] += 1
    do { try runs.add(path, place, of: names.count) } catch { throw .file(error) }
  }

  /// Sorts the rows by class and writes the manifest.
  ///
  /// - Parameter source: the table they came from; nil where there is none.
  mutating func finish(_ source: FileState?) throws(ManifestError) {
    guard count > 0 else { throw .noRows(path: path) }
    let classes = ClassList(names)
    let places = classes.names.map { labels[$0] ?? 0 }
    do throws(FileError) {
      try runs.end(names.count)
      let file = try runs.mapped()
      try AtomicFile.write(to: path) { (sink) throws(FileError) in
        var writer = ManifestWriter()
        try writer.begin(&sink)
        for place in places {
          try runs.rows(of: place, in: file) { (row) throws(FileError) in
            try writer.add(row, &sink)
          }
        }
        try writer.finish(classes.names, places.map { counts[$0] }, source, &sink)
      }
    } catch { throw .file(error) }
  }
}
