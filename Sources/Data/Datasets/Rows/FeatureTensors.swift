import Files

/// Features in a `.safetensors` file: a tensor `features` (or `X`, or the only one of two axes), labels as whole numbers or
/// texts, and texts as bytes of UTF-8 with a line feed behind each.
struct FeatureTensors {
  /// A tensor of the file.
  private struct Entry {
    let dtype: String
    let shape: [Int]
    let range: Range<Int>
  }

  private let path: String
  private let file: MappedFile
  private let entries: [(name: String, entry: Entry)]
  /// Texts of the header.
  let metadata: [String: String]

  /// - Throws: `FileError` where it cannot be read, `FileError.malformed` where its header is none.
  init(path: String) throws(FileError) {
    self.path = path
    file = try MappedFile(path: path)
    let bytes = file.bytes
    guard bytes.count >= 8 else { throw Self.wrong(path, "is cut short") }
    let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard length <= UInt64(bytes.count - 8) else { throw Self.wrong(path, "is cut short") }
    let start = 8 + Int(length)
    guard case .object(let members)? = try? JSONParser.parse(ArraySlice(bytes[8..<start])) else {
      throw Self.wrong(path, "has a header that is no JSON object")
    }
    var (entries, metadata) = ([(name: String, entry: Entry)](), [String: String]())
    for (name, value) in members {
      guard case .object(let fields) = value else { throw Self.wrong(path, "has a damaged header") }
      if name == "__metadata__" {
        for (key, value) in fields { metadata[key] = value.text }
      } else if let entry = Self.entry(fields, start: start, end: bytes.count) {
        entries.append((name, entry))
      } else {
        throw Self.wrong(path, "has a tensor '\(name)' that does not lie in it as it says")
      }
    }
    (self.entries, self.metadata) = (entries, metadata)
  }

  private static func wrong(_ path: String, _ reason: String) -> FileError {
    .malformed(path: path, reason: reason)
  }

  private static func entry(
    _ fields: [(key: String, value: JSONValue)], start: Int, end: Int
  ) -> Entry? {
    func numbers(_ key: String) -> [Int]? {
      guard case .array(let values)? = fields.first(where: { $0.key == key })?.value else {
        return nil
      }
      let all = values.compactMap { $0.text.flatMap { Int($0) } }.filter { $0 >= 0 }
      return all.count == values.count ? all : nil
    }
    guard let dtype = fields.first(where: { $0.key == "dtype" })?.value.text,
      let shape = numbers("shape"), let offsets = numbers("data_offsets"), offsets.count == 2,
      offsets[0] <= offsets[1], offsets[1] <= end - start
    else { return nil }
    return Entry(dtype: dtype, shape: shape, range: start + offsets[0]..<start + offsets[1])
  }

  /// The names of the tensors.
  var names: [String] { entries.map(\.name) }

  /// The tensor of features: of a known name, else the only one of two axes.
  var features: String? {
    let matrices = entries.filter { $0.entry.shape.count == 2 }.map(\.name)
    return InputSign.arrays.first(where: matrices.contains)
      ?? (matrices.count == 1 ? matrices[0] : nil)
  }

  /// The shape of a tensor; nil where there is none of that name.
  func shape(of name: String) -> [Int]? { entries.first { $0.name == name }?.entry.shape }

  private static let scalars: [String: NpyArray.Scalar] = [
    "F16": .float16, "F32": .float32, "F64": .float64, "I64": .int64, "I32": .int32,
    "U8": .uint8,
  ]

  /// bfloat16, which NumPy has no type for.
  private static let brain = "BF16"

  /// bfloat16 as float32: it is the upper half of one, so nothing is rounded. Both are little-endian.
  private static func widened(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: 2 * bytes.count)
    for (place, byte) in bytes.enumerated() { result[place / 2 * 4 + 2 + place % 2] = byte }
    return result
  }

  /// A tensor as an array.
  ///
  /// - Throws: `FileError.malformed` where its numbers are of a type that is not read.
  func array(_ name: String) throws(FileError) -> NpyArray {
    guard let entry = entries.first(where: { $0.name == name })?.entry else {
      throw Self.wrong(path, "has no tensor '\(name)'")
    }
    let isBrain = entry.dtype == Self.brain
    guard let scalar = isBrain ? .float32 : Self.scalars[entry.dtype] else {
      throw Self.wrong(
        "\(path):\(name)",
        "holds elements of type '\(entry.dtype)'; types read: "
          + (Self.scalars.keys + [Self.brain]).sorted().joined(separator: ", "))
    }
    guard Self.size(of: entry.shape, each: isBrain ? 2 : scalar.size) == entry.range.count else {
      throw Self.wrong("\(path):\(name)", "has another size than its shape \(entry.shape)")
    }
    let bytes = file.bytes[entry.range]
    return NpyArray(
      dtype: scalar, shape: entry.shape, bytes: isBrain ? Self.widened(bytes) : Array(bytes))
  }

  /// Bytes of a tensor; nil where there are more than can be counted.
  private static func size(of shape: [Int], each: Int) -> Int? {
    var size = each
    for axis in shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: axis)
      guard !overflow else { return nil }
      size = product
    }
    return size
  }

  /// Texts, a line each, or whole numbers as they are written; `nil` where there is no such tensor.
  ///
  /// - Parameter areLabels: whether bytes, one for each row, are numbers of classes: as texts they would be empty.
  /// - Throws: `FileError.malformed` for another number of them than `count`.
  func texts(
    _ name: String, count: Int, areLabels: Bool = false, takingFractions: Bool = false
  ) throws(FileError) -> [String]? {
    guard let entry = entries.first(where: { $0.name == name })?.entry else { return nil }
    var texts: [String]
    if entry.dtype == "U8" && !(areLabels && entry.shape == [count]) {
      guard String(validating: file.bytes[entry.range], as: UTF8.self) != nil else {
        throw Self.wrong("\(path):\(name)", "is no text in UTF-8")
      }
      // By bytes: of a text that ends in a carriage return, that and the line feed are one character.
      texts = file.bytes[entry.range]
        .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      if texts.last == "" { texts.removeLast() }
    } else {
      let array = try array(name)
      if let integers = array.integers {
        texts = integers.map(String.init)
      } else if takingFractions {
        texts = array.doubles.map { "\($0)" }
      } else {
        throw Self.wrong("\(path):\(name)", "holds neither texts nor whole numbers")
      }
    }
    guard texts.count == count else {
      throw Self.wrong(
        "\(path):\(name)",
        "expected \(count) entries, one for each row of the features, found \(texts.count)")
    }
    return texts
  }
}
