/// The header of a `.npy` file: a Python dictionary literal with three known keys.
struct NpyHeader {
  static let magic: [UInt8] = [0x93] + "NUMPY".utf8

  let descr: String
  let fortranOrder: Bool
  let shape: [Int]
  /// Offset of the first element.
  let end: Int

  /// The element type; nil when it is not one we read.
  var dtype: NpyArray.Scalar? {
    // One-byte types have no byte order; NumPy writes `|`, other writers `<`.
    let known = NpyArray.Scalar(rawValue: descr)
    guard known == nil, descr.hasPrefix("<") else { return known }
    return ["u1": .uint8, "i1": .int8, "b1": .bool][descr.dropFirst()]
  }

  /// Bytes that elements of the shape take; nil where the type does not say (Python objects), or where the number
  /// is impossible.
  var contentSize: Int? {
    let texts = ["<U": 4, "|S": 1].first { descr.hasPrefix($0.key) }
    let text = texts.flatMap { kind -> Int? in
      // A damaged file may say any number of characters.
      guard let width = Int(descr.dropFirst(2)) else { return nil }
      let (size, overflow) = width.multipliedReportingOverflow(by: kind.value)
      return overflow ? nil : size
    }
    return shape.reduce(dtype?.size ?? text) { size, axis in
      guard let (product, overflow) = size?.multipliedReportingOverflow(by: axis), !overflow else {
        return nil
      }
      return product
    }
  }

  /// What stands before the elements in a `.npy` file, version 1.
  static func encoded(descr: String, shape: [Int], fortranOrder: Bool) -> [UInt8] {
    let axes = shape.map { "\($0)" }.joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var header =
      "{'descr': '\(descr)', 'fortran_order': \(fortranOrder ? "True" : "False"), 'shape': (\(axes)), }"
    // NumPy aligns the elements to 64 bytes; the header ends in a line feed.
    header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
    let length = UInt16(header.utf8.count)
    return magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + header.utf8
  }

  init(_ file: [UInt8], name: String) throws(FileError) {
    guard file.count >= 10, file.starts(with: Self.magic) else {
      throw .malformed(path: name, reason: "is not a .npy array")
    }
    let isLong = file[6] >= 2
    guard (1...3).contains(file[6]), file.count >= (isLong ? 12 : 10) else {
      throw .malformed(path: name, reason: "has the .npy version \(file[6]); 1 to 3 are read")
    }
    let start = isLong ? 12 : 10
    let length = file[8..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= file.count - start else {
      throw .malformed(path: name, reason: "ends within its .npy header")
    }
    end = start + length
    let text = String(decoding: file[start..<end], as: UTF8.self)
    guard let descr = Self.quoted(after: "'descr'", in: text),
      let order = Self.value(after: "'fortran_order'", in: text),
      let axes = Self.tuple(after: "'shape'", in: text),
      order.hasPrefix("True") || order.hasPrefix("False")
    else {
      throw .malformed(
        path: name,
        reason: "has an unreadable .npy header: \(String(reflecting: text.prefix(120)))")
    }
    self.descr = descr
    fortranOrder = order.hasPrefix("True")
    shape = axes
  }

  private static func value(after key: String, in text: String) -> Substring? {
    guard let found = range(of: key, in: text) else { return nil }
    let rest = text[found...].drop { $0 == " " }
    guard rest.first == ":" else { return nil }
    return rest.dropFirst().drop { $0 == " " }
  }

  private static func quoted(after key: String, in text: String) -> String? {
    guard let rest = value(after: key, in: text), rest.first == "'",
      let close = rest.dropFirst().firstIndex(of: "'")
    else { return nil }
    return String(rest[rest.index(after: rest.startIndex)..<close])
  }

  private static func tuple(after key: String, in text: String) -> [Int]? {
    guard let rest = value(after: key, in: text), rest.first == "(",
      let close = rest.firstIndex(of: ")")
    else { return nil }
    let inside = rest[rest.index(after: rest.startIndex)..<close]
    var axes: [Int] = []
    for part in inside.split(separator: ",") {
      let digits = part.filter { $0 != " " }
      if digits.isEmpty { continue }
      guard let axis = Int(digits), axis >= 0 else { return nil }
      axes.append(axis)
    }
    return axes
  }

  /// The index after the first occurrence of `key`.
  private static func range(of key: String, in text: String) -> String.Index? {
    var start = text.startIndex
    while start < text.endIndex {
      if text[start...].hasPrefix(key) { return text.index(start, offsetBy: key.count) }
      start = text.index(after: start)
    }
    return nil
  }
}
