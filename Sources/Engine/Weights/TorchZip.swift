import Files
import OrderedCollections
import Torch

/// The zip format of `torch.save`: `<name>/data.pkl` beside one file per storage, `<name>/data/<key>`.
struct TorchZip {
  private let archive: ZipArchive
  private let folder: String

  init(_ bytes: UnsafeRawBufferPointer, name: String) throws(PickleError) {
    archive = try Self.refusing { () throws(FileError) in
      try ZipArchive(bytes: Array(bytes), name: name)
    }
    let suffix = "/data.pkl"
    guard let entry = archive.entries.first(where: { $0.name.hasSuffix(suffix) }) else {
      throw .malformed("the archive has no data.pkl; TorchScript and .pt2 files are not read")
    }
    folder = String(entry.name.dropLast(suffix.count))
    if archive.entry(named: folder + "/byteorder") != nil,
      try content("byteorder") != Array("little".utf8)
    {
      throw .malformed("it was written on a big-endian machine; save it again on another")
    }
  }

  func read() throws(PickleError) -> StateDict {
    let pickle = try content("data.pkl")
    let tensors = try pickle.withPickleBytes { (bytes) throws(PickleError) in
      var input = PickleBytes(bytes)
      return try Unpickler.read(&input, TorchPickle.tensors)
    }
    try checkRoom(Set(tensors.map(\.1.storage.key)))
    var storages: [String: [UInt8]] = [:]
    var result = StateDict()
    for (name, tensor) in tensors {
      let key = tensor.storage.key
      let storage: [UInt8]
      if let known = storages[key] {
        storage = known
      } else {
        try check(tensor.storage)
        storage = try content("data/\(key)")
      }
      storages[key] = storage
      result[name] = try storage.withPickleBytes { (bytes) throws(PickleError) in
        try tensor.built(from: bytes)
      }
    }
    return result
  }

  /// Refuses storages that would take more than the limit together.
  private func checkRoom(_ keys: Set<String>) throws(PickleError) {
    // Sizes are at most a quarter of the range, so one sum cannot overflow before it is compared.
    var packed = 0
    for key in keys {
      guard let entry = archive.entry(named: "\(folder)/data/\(key)"), !entry.isStored else {
        continue
      }
      packed += entry.size
      try Self.refusing { () throws(FileError) in
        try UnpackLimit.check(packed, of: archive.name)
      }
    }
  }

  /// Refuses a storage of another size than the pickle says, before it is unpacked.
  private func check(_ storage: PickleStorage) throws(PickleError) {
    let (size, overflow) = storage.count.multipliedReportingOverflow(by: storage.dtype.bytes)
    guard let entry = archive.entry(named: "\(folder)/data/\(storage.key)") else { return }
    guard !overflow, entry.size == size else { throw .otherSize(storage.key, entry.size) }
  }

  private func content(_ name: String) throws(PickleError) -> [UInt8] {
    try Self.refusing { () throws(FileError) in try archive.read("\(folder)/\(name)") }
  }

  private static func refusing<R>(_ body: () throws(FileError) -> R) throws(PickleError) -> R {
    do throws(FileError) {
      return try body()
    } catch {
      if case .malformed(_, let reason) = error { throw .malformed(reason) }
      throw .malformed(error.description)
    }
  }
}

extension [UInt8] {
  /// `withUnsafeBytes` with the error type kept.
  func withPickleBytes<R>(
    _ body: (UnsafeRawBufferPointer) throws(PickleError) -> R
  ) throws(PickleError) -> R {
    try withUnsafeBufferPointer { (buffer) throws(PickleError) in
      try body(UnsafeRawBufferPointer(buffer))
    }
  }
}
