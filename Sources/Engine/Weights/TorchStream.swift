import OrderedCollections
import Torch

/// What `torch.save` wrote before version 1.6: pickles in a row, then the storages.
///
/// A magic number, a protocol version, facts about the machine, the state dict, the keys of the
/// storages; then for each key the number of elements (8 bytes) and the elements. The storages of all tensors of the
/// file are there, also of those that are not wanted, such as an optimiser's: their sizes stand in the pickle alone.
struct TorchStream {
  /// Protocol 2 and the magic number 0x1950a86a20f9469cfc6c.
  static let signature: [UInt8] = [
    0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19,
  ]

  private let bytes: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  func read() throws(PickleError) -> StateDict {
    var input = PickleBytes(bytes)
    for _ in 0..<3 { try Unpickler.read(&input) { (_) throws(PickleError) in } }
    let (tensors, types) = try Unpickler.readWithStorages(&input) {
      (value, storages) throws(PickleError) in (try TorchPickle.tensors(in: value), storages)
    }
    let keys = try Unpickler.read(&input) { (value) throws(PickleError) in try Self.keys(value) }
    var storages: [String: UnsafeRawBufferPointer] = [:]
    for key in keys {
      let count = try input.integer(Int64.self)
      guard let storage = types[key], storage.count == count else {
        throw .malformed("the storage '\(key)' is not the one described")
      }
      let (size, overflow) = storage.count.multipliedReportingOverflow(by: storage.dtype.bytes)
      guard !overflow else { throw .malformed("it is cut short") }
      storages[key] = try input.take(size)
    }
    var result = StateDict()
    for (name, tensor) in tensors {
      guard let storage = storages[tensor.storage.key] else {
        throw .malformed("the storage '\(tensor.storage.key)' is missing")
      }
      result[name] = try tensor.built(from: storage)
    }
    return result
  }

  private static func keys(_ value: PickleValue) throws(PickleError) -> [String] {
    guard case .container(let list) = value, list.kind == .list else {
      throw .malformed("the list of storages is missing")
    }
    var keys: [String] = []
    for item in list.items {
      guard case .text(let key) = item else { throw .malformed("a storage has no name") }
      keys.append(key)
    }
    return keys
  }
}
