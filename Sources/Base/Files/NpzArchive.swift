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

  /// The names in the array called `name`, see ``NpyNames``.
  ///
  /// - Throws: ``FileError/malformed(path:reason:)`` when there is none or it cannot be read.
  public func names(in name: String) throws(FileError) -> [String] {
    try NpyNames.parse(bytes(of: name), name: "\(archive.name):\(name)")
  }

  private func bytes(of name: String) throws(FileError) -> [UInt8] {
    guard let entry = archive.entry(named: name + ".npy") else {
      throw .malformed(
        path: archive.name,
        reason: "has no array '\(name)'; it has: \(names.prefix(12).joined(separator: ", "))")
    }
    try check(entry, name)
    return try archive.read(entry)
  }

  /// Refuses an array whose header and whose size in the archive disagree, before the rest of it is unpacked.
  private func check(_ entry: ZipArchive.Entry, _ name: String) throws(FileError) {
    let head = try archive.head(of: entry, count: 1 << 16)
    let header = try NpyHeader(head, name: "\(archive.name):\(name)")
    guard let size = header.contentSize, entry.size - header.end != size else { return }
    throw .malformed(
      path: "\(archive.name):\(name)",
      reason: "expected \(size) bytes of elements for shape \(header.shape),"
        + " found \(entry.size - header.end)")
  }
}
