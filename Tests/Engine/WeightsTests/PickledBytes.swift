import TestSupport

/// Pickles and archives of `torch.save`, written instruction by instruction.
enum PickledBytes {
  static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  static func text(_ text: String) -> [UInt8] {
    Array("X".utf8) + little(text.utf8.count, 4) + Array(text.utf8)
  }

  static func name(_ module: String, _ name: String) -> [UInt8] {
    Array("c\(module)\n\(name)\n".utf8)
  }

  static func number(_ value: Int) -> [UInt8] { Array("J".utf8) + little(value, 4) }

  static func tuple(_ numbers: [Int]) -> [UInt8] {
    Array("(".utf8) + numbers.flatMap(number) + Array("t".utf8)
  }

  /// `('storage', type, key, 'cpu', count)` and, in old files, a sixth part.
  static func storage(
    _ key: String, _ count: Int, type: String = "FloatStorage", sixth: [UInt8] = []
  ) -> [UInt8] {
    Array("(".utf8) + text("storage") + name("torch", type) + text(key) + text("cpu")
      + number(count) + sixth + Array("tQ".utf8)
  }

  /// `_rebuild_tensor_v2(storage, offset, shape, strides, False, OrderedDict())`.
  static func tensor(
    _ storage: [UInt8], offset: Int = 0, shape: [Int], strides: [Int]
  ) -> [UInt8] {
    name("torch._utils", "_rebuild_tensor_v2") + Array("(".utf8) + storage + number(offset)
      + tuple(shape) + tuple(strides) + [0x89] + name("collections", "OrderedDict")
      + Array(")RtR".utf8)
  }

  /// A dictionary of one name after another.
  static func dictionary(_ members: [(String, [UInt8])]) -> [UInt8] {
    Array("}".utf8) + members.flatMap { text($0.0) + $0.1 + Array("s".utf8) }
  }

  /// An archive of a state dict and its storages.
  static func archive(
    _ value: [UInt8], storages: [(key: String, bytes: [UInt8])] = [],
    others: [(name: String, bytes: [UInt8])] = []
  ) -> [UInt8] {
    zipped(
      [("archive/data.pkl", [0x80, 2] + value + Array(".".utf8))]
        + storages.map { ("archive/data/\($0.key)", $0.bytes) } + others)
  }

  /// The container before PyTorch 1.6: magic number, version, facts, the value, keys, storages with their counts.
  static func stream(
    _ value: [UInt8], storages: [(key: String, count: Int, bytes: [UInt8])] = []
  ) -> [UInt8] {
    let magic: [UInt8] = [
      0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19,
    ]
    let keys = Array("](".utf8) + storages.flatMap { text($0.key) } + Array("e.".utf8)
    return magic + Array(".K\u{1}.}.".utf8) + [0x80, 2] + value + Array(".".utf8) + keys
      + storages.flatMap { little($0.count, 8) + $0.bytes }
  }

  /// The bytes of floats.
  static func floats(_ values: [Float]) -> [UInt8] {
    values.flatMap { little(Int($0.bitPattern), 4) }
  }
}
