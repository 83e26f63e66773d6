import Files

/// Takes the rows of a ``RowManifest`` that is being packed. Made by ``RowManifest/pack(to:_:)``.
///
/// Rows go to the disk in sorted runs, of 64 MB of paths or 2²² rows, and are merged at the end. Memory is about 120 MB,
/// less than a byte a row (where blocks begin), 8 bytes for each class and run, what the names of the classes take, and
/// up to three times 16,384 paths, as the array of them grows. The disk needs room for all paths, and 6 bytes a row,
/// beside the manifest.
public struct ManifestPacker: ~Copyable {
  private let path: String
  private var runs: ManifestRuns
  private var names: [String] = []
  private var counts: [Int] = []
  private var labels: [String: Int] = [:]
  /// What the first row that was not taken met. Without that row, or half of it, no manifest is right.
  private var failure: ManifestError?
  /// Rows taken so far.
  public var count: Int { runs.count }

  init(to path: String) throws(FileError) {
    self.path = path
    runs = try ManifestRuns(beside: path)
  }

  /// Takes the next row of the table. After an error it takes no more, and packing ends with that error.
  ///
  /// Labels that are equal up to canonical equivalence are one class, as in a ``ClassList``; it has the first spelling.
  ///
  /// - Parameters:
  ///   - path: where its image is, 1 to 65,535 bytes in UTF-8.
  ///   - label: the name of its class, not empty.
  /// - Throws: ``ManifestError/emptyPath(row:)``, ``ManifestError/emptyLabel(row:)``,
  ///   ``ManifestError/longPath(row:bytes:)``, or an error of the disk; the same again after it has thrown.
  public mutating func add(_ path: String, label: String) throws(ManifestError) {
    if let failure { throw failure }
    do throws(ManifestError) { try take(path, label) } catch {
      failure = error
      throw error
    }
  }

  private mutating func take(_ path: String, _ label: String) throws(ManifestError) {
    if path.isEmpty { throw .emptyPath(row: count) }
    if label.isEmpty { throw .emptyLabel(row: count) }
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
    if let failure { throw failure }
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
        guard writer.rows == count else {
          throw .malformed(
            path: path,
            reason: "\(writer.rows) of \(count) rows came back from the disk; pack again")
        }
        try writer.finish(classes.names, places.map { counts[$0] }, source, &sink)
      }
    } catch { throw .file(error) }
  }
}
