/// Goes through the headers of a tar archive; every size is checked before it is used.
///
/// Source of the format: POSIX.1-2017, pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format".
struct TarScan {
  private let bytes: UnsafeRawBufferPointer
  private let path: String
  private(set) var entries: [TarArchive.Entry] = []
  private(set) var passedOver = 0
  private(set) var links = 0
  private var offset = 0
  /// The member before, for messages.
  private var last: String?
  /// What headers of pax say of all members, and of the next one.
  private var (globals, locals) = (TarRecords(), TarRecords())
  /// GNU's long name of the next member.
  private var longName: String?

  init(_ bytes: UnsafeRawBufferPointer, path: String) {
    self.bytes = bytes
    self.path = path
  }

  mutating func run() throws(FileError) {
    while offset < bytes.count {
      let block = try self.block()
      if block.allSatisfy({ $0 == 0 }) { return try checkEnd() }
      try take(TarBlock(block))
    }
    guard longName == nil, locals.isEmpty else {
      throw damaged("is cut off \(place): the member that its last header announces is missing")
    }
  }

  private func block() throws(FileError) -> UnsafeRawBufferPointer {
    guard bytes.count - offset >= 512 else {
      throw damaged(
        last == nil
          ? "is no tar archive: it has \(bytes.count) bytes, less than one block of 512"
          : "is cut off \(place): \(bytes.count - offset) bytes are left, less than one block of 512"
      )
    }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + 512])
  }

  /// Behind the end stand zeros, and what a tape held before; members there would be lost without a word.
  private func checkEnd() throws(FileError) {
    for start in stride(from: offset, through: bytes.count - 512, by: 512) {
      let block = UnsafeRawBufferPointer(rebasing: bytes[start..<start + 512])
      if block.allSatisfy({ $0 == 0 }) { continue }
      guard TarBlock(block).isIntact else { return }
      throw .malformed(
        path: path,
        reason:
          "has members behind its end (\(place)), as archives have that were joined with cat; take them apart,"
          + " or join them with: tar --concatenate")
    }
  }

  private mutating func take(_ header: TarBlock) throws(FileError) {
    guard header.isIntact else {
      throw last == nil
        ? .malformed(
          path: path,
          reason: "is no tar archive: its first 512 bytes do not match the checksum of a header")
        : damaged("is damaged: the header \(place) does not match its checksum")
    }
    let name = locals.path ?? globals.path ?? longName ?? header.name
    guard let stated = header.size else {
      throw damaged("is damaged: the header of '\(name)' has an invalid size field")
    }
    offset += 512
    switch header.kind {
    case .longName: longName = TarBlock.text(try content(stated, of: "the long name \(place)"))
    case .longLink: _ = try content(stated, of: "the long name of a link \(place)")
    case .records: try locals.add(records(stated))
    case .globalRecords: try globals.add(records(stated))
    case .file, .folder, .link, .special, .sparse, .volume, .unknown:
      try take(header.kind, name, stated: stated)
      (locals, longName) = (TarRecords(), nil)
    }
  }

  private mutating func take(
    _ kind: TarBlock.Kind, _ name: String, stated: Int
  ) throws(FileError) {
    let isSparse = locals.isSparse || globals.isSparse
    let size = locals.size ?? globals.size ?? stated
    switch kind {
    case .file where !isSparse && !name.hasSuffix("/"):
      let start = offset
      _ = try content(size, of: "'\(name)'")
      entries.append(TarArchive.Entry(name: name, range: start..<start + size))
    case .file where !isSparse, .unknown:
      // In V7's form a folder is a file whose name ends with a slash.
      _ = try content(size, of: "'\(name)'")
      passedOver += 1
    case .file, .sparse:
      throw .malformed(
        path: path,
        reason:
          "the member '\(name)' is a sparse file, which is not read; write the archive again without --sparse"
      )
    case .volume:
      throw .malformed(
        path: path,
        reason:
          "the member '\(name)' is the rest of a file of another volume; write the archive again as one volume"
      )
    default:
      passedOver += 1
      if kind == .link { links += 1 }
    }
    last = name
  }

  /// The content that begins here; goes to the block behind it.
  private mutating func content(
    _ size: Int, of what: String
  ) throws(FileError) -> UnsafeRawBufferPointer {
    let padded = size + TarHeader.padding(after: size)
    guard padded <= bytes.count - offset else {
      throw damaged(
        "is cut off in \(what), which needs \(padded) bytes and has \(bytes.count - offset)")
    }
    defer { offset += padded }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + size])
  }

  private mutating func records(_ size: Int) throws(FileError) -> TarRecords {
    let place = self.place
    guard let records = TarRecords(try content(size, of: "the pax header \(place)")) else {
      throw damaged(
        "is damaged: the pax header \(place) holds no records of the form 'LENGTH KEY=VALUE'")
    }
    return records
  }

  private var place: String { last.map { "after '\($0)'" } ?? "at its beginning" }

  private func damaged(_ reason: String) -> FileError {
    .malformed(path: path, reason: reason + "; copy or download the archive again")
  }
}
