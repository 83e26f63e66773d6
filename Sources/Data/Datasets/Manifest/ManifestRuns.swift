import Files

/// Rows that were added, in runs of limited size, each sorted by class on the disk.
///
/// Memory is that of one run, about 100 MB, and 8 bytes for each class and run, so that it grows with rows times classes.
struct ManifestRuns: ~Copyable {
  /// A run on the disk: its first row, and where each class begins in the file, `[C + 1]` of the classes known then.
  struct Run {
    var first: Int
    var starts: [Int]
  }

  private static let textBytes = 1 << 26
  private static let rows = 1 << 22

  private var file: ScratchFile
  private(set) var runs: [Run] = []
  private(set) var count = 0
  private var text: [UInt8] = []
  private var ends: [UInt32] = []
  private var labels: [UInt32] = []

  /// - Parameter path: the manifest that is being packed.
  init(beside path: String) throws(FileError) { file = try ScratchFile(beside: path) }

  /// Adds a row.
  ///
  /// - Parameters:
  ///   - path: at most 65,535 bytes.
  ///   - label: its class, in order of appearance.
  ///   - classes: how many have appeared.
  mutating func add(_ path: String, _ label: Int, of classes: Int) throws(FileError) {
    text.append(contentsOf: path.utf8)
    ends.append(UInt32(text.count))
    labels.append(UInt32(label))
    count += 1
    if text.count >= Self.textBytes || labels.count >= Self.rows { try end(classes) }
  }

  /// Writes what is in memory as a run.
  ///
  /// - Parameter classes: how many have appeared.
  mutating func end(_ classes: Int) throws(FileError) {
    guard !labels.isEmpty else { return }
    var next = [Int](repeating: 0, count: classes + 1)
    for label in labels { next[Int(label) + 1] += 1 }
    for label in 0..<classes { next[label + 1] += next[label] }
    var order = [UInt32](repeating: 0, count: labels.count)
    let begins = next
    for (index, label) in labels.enumerated() {
      order[next[Int(label)]] = UInt32(index)
      next[Int(label)] += 1
    }
    var run = Run(first: count - labels.count, starts: [])
    run.starts.reserveCapacity(classes + 1)
    for label in 0..<classes {
      run.starts.append(file.count)
      try write(order[begins[label]..<begins[label + 1]])
    }
    run.starts.append(file.count)
    runs.append(run)
    text.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    labels.removeAll(keepingCapacity: true)
  }

  /// Writes rows of one class: number in the run (4 bytes), bytes of the path (2), path.
  private mutating func write(_ rows: ArraySlice<UInt32>) throws(FileError) {
    var bytes: [UInt8] = []
    for row in rows {
      let start = row == 0 ? 0 : Int(ends[Int(row) - 1])
      let path = text[start..<Int(ends[Int(row)])]
      bytes.append(littleEndian: row)
      bytes.append(littleEndian: UInt16(path.count))
      bytes.append(contentsOf: path)
      if bytes.count >= 1 << 20 {
        try file.write(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try file.write(bytes)
  }

  /// All runs as memory, to be read by ``rows(of:in:_:)``.
  mutating func mapped() throws(FileError) -> MappedFile { try file.mapped() }

  /// Hands over the rows of a class in the order in which they were added.
  ///
  /// - Parameters:
  ///   - label: in order of appearance.
  ///   - file: what `mapped` gave.
  ///   - body: takes a row; its path is memory of `file`.
  func rows<E: Error>(
    of label: Int, in file: MappedFile, _ body: (PackedRow) throws(E) -> Void
  ) throws(E) {
    for run in runs where label + 1 < run.starts.count {
      var cursor = ManifestCursor(bytes: file.bytes, offset: run.starts[label])
      while cursor.offset < run.starts[label + 1], let row = cursor.integer(UInt32.self),
        let length = cursor.integer(UInt16.self), let path = cursor.take(Int(length))
      {
        try body(PackedRow(origin: run.first + Int(row), path: path))
      }
    }
  }
}
