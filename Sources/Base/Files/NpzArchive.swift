/// NumPy's `.npz`: a zip archive of `.npy` arrays. Arrays are read when asked for.
public struct NpzArchive: Sendable {
  private let archive: ZipArchive

  /// Opens a file.
  ///
  /// - Throws: ``FileError`` when the file cannot be read or is not a zip archive.
  public init(path: String) throws(FileError) {
    archive = try ZipArchive(path: path)
  }

  /// Opens an archive held in memory.
  ///
  /// - Throws: ``FileError/malformed(path:reason:)`` when it is not a zip archive.
  public init(bytes: [UInt8], name: String) throws(FileError) {
    archive = try ZipArchive(bytes: bytes, name: name)
  }

  /// The names of the arrays, in archive order, without the `.npy` at their end.
  public var names: [String] {
    archive.entries.map(\.name).filter { $0.hasSuffix(".npy") }.map { String($0.dropLast(4)) }
  }

  /// The array called `name`.
  ///
  /// - Throws: ``FileError/malformed(path:reason:)`` when there is none or it cannot be read.
  public func array(_ name: String) throws(FileError) -> NpyArray {
    try NpyArray(parsing: bytes(of: name), name: "\(archive.name):\(name)")
  }

  /// Element type and shape of the array called `name`, of which no more than the header is unpacked.
  ///
  /// - Returns: the type is nil where it is not one that is read.
  /// - Throws: ``FileError/malformed(path:reason:)`` when there is none, its header cannot be read, or the header disagrees
  ///   with the size of the entry.
  package func layout(
    of name: String
  ) throws(FileError) -> (dtype: NpyArray.Scalar?, shape: [Int]) {
    let header = try header(of: entry(name), name)
    return (header.dtype, header.shape)
  }

  /// The names in the array called `name`, see ``NpyNames``.
  ///
  /// - Throws: ``FileError/malformed(path:reason:)`` when there is none or it cannot be read.
  public func names(
    in name: String, takingFractions: Bool = false
  ) throws(FileError) -> [String] {
    try NpyNames.parse(
      bytes(of: name), name: "\(archive.name):\(name)", takingFractions: takingFractions)
  }

  /// The array called `name`, in memory where it fits, else to be read row by row.
  ///
  /// Rows are read from a stored or a deflated entry in C order whose type is not `float16`; a deflated one may be packed
  /// 100 times at most. Everything else must fit.
  ///
  /// - Parameters:
  ///   - name: without `.npy`.
  ///   - room: bytes of memory that there are for it, at most ``UnpackLimit/bytes``.
  /// - Throws: ``FileError/malformed(path:reason:)`` when there is none, it cannot be read, or it neither fits nor can be
  ///   read row by row.
  public func rows(_ name: String, room: Int) throws(FileError) -> NpyRows {
    let entry = try entry(name)
    let header = try header(of: entry, name)
    let place = "\(archive.name):\(name)"
    guard entry.size > room, let dtype = header.dtype else {
      let array = try array(name)
      return NpyRows(dtype: array.dtype, shape: array.shape, content: .array(array))
    }
    let needsWhole =
      header.fortranOrder && header.shape.count > 1
      ? "its first axis runs fastest, so it is not read row by row"
      : dtype == .float16 ? "float16 is not read row by row" : ZipMember.obstacle(of: entry)
    if let needsWhole {
      try UnpackLimit.check(
        entry.size, of: place, held: max(0, UnpackLimit.bytes - room), because: needsWhole)
    }
    return NpyRows(
      dtype: dtype, shape: header.shape,
      content: .member(try archive.member(entry), start: header.end))
  }

  private func bytes(of name: String) throws(FileError) -> [UInt8] {
    let entry = try entry(name)
    _ = try header(of: entry, name)
    return try archive.read(entry)
  }

  private func entry(_ name: String) throws(FileError) -> ZipArchive.Entry {
    guard let entry = archive.entry(named: name + ".npy") else {
      throw .malformed(
        path: archive.name,
        reason: "has no array '\(name)'; it has: \(names.prefix(12).joined(separator: ", "))")
    }
    return entry
  }

  /// The header of an array; refuses one that disagrees with the size in the archive, before the rest is unpacked.
  private func header(
    of entry: ZipArchive.Entry, _ name: String
  ) throws(FileError) -> NpyHeader {
    let head = try archive.head(of: entry, count: 1 << 16)
    let header = try NpyHeader(head, name: "\(archive.name):\(name)")
    guard let size = header.contentSize, entry.size - header.end != size else { return header }
    throw .malformed(
      path: "\(archive.name):\(name)",
      reason: "expected \(size) bytes of elements for shape \(header.shape),"
        + " found \(entry.size - header.end)")
  }
}
