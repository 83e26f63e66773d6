/// Names in NumPy's `.npy` format, `[N]` or `[N, 1]`: texts, or whole numbers, which are named as they are
/// written, 3 for 3.0 too.
public enum NpyNames {
  /// Parses the bytes of a `.npy` file.
  ///
  /// - Parameters:
  ///   - file: the bytes.
  ///   - name: what errors call the file.
  ///   - takingFractions: whether numbers need not be whole; they are then named in the fewest digits that give them back.
  /// - Throws: ``FileError/malformed(path:reason:)``, which names the file and what is unexpected.
  public static func parse(
    _ file: [UInt8], name: String, takingFractions: Bool = false
  ) throws(FileError) -> [String] {
    let header = try NpyHeader(file, name: name)
    guard header.shape.count == 1 || header.shape.count == 2 && header.shape[1] == 1 else {
      throw .malformed(
        path: name, reason: "expected one name a row, [N], found an array \(header.shape)")
    }
    if header.descr.hasPrefix("<U") { return try NpyText(parsing: file, name: name).texts }
    if let width = bytesWidth(header.descr) { return try bytes(file, header, width, name) }
    guard header.descr != "|O" else {
      throw .malformed(
        path: name,
        reason: "holds Python objects, which are not read; save it as text, .astype(str)")
    }
    return try numbers(
      NpyArray(parsing: file, name: name), name: name, takingFractions: takingFractions)
  }

  private static func numbers(
    _ array: NpyArray, name: String, takingFractions: Bool
  ) throws(FileError) -> [String] {
    if let integers = array.integers { return integers.map(String.init) }
    var names: [String] = []
    for (row, value) in array.doubles.enumerated() {
      guard let number = Int(exactly: value) else {
        if takingFractions {
          names.append("\(value)")
          continue
        }
        throw .malformed(
          path: name, reason: "expected texts or whole numbers, found \(value) in row \(row)")
      }
      names.append(String(number))
    }
    return names
  }

  /// The width of a type of byte strings, `|S12`.
  private static func bytesWidth(_ descr: String) -> Int? {
    guard descr.hasPrefix("|S"), let width = Int(descr.dropFirst(2)), (1...1 << 20).contains(width)
    else { return nil }
    return width
  }

  private static func bytes(
    _ file: [UInt8], _ header: NpyHeader, _ width: Int, _ name: String
  ) throws(FileError) -> [String] {
    let count = header.shape[0]
    let (size, overflow) = count.multipliedReportingOverflow(by: width)
    guard !overflow, file.count - header.end == size else {
      throw .malformed(
        path: name,
        reason: "expected \(count) texts of \(width) bytes, found \(file.count - header.end) bytes")
    }
    var texts: [String] = []
    for row in 0..<count {
      var text = file[(header.end + row * width)..<(header.end + (row + 1) * width)]
      while text.last == 0 { text.removeLast() }
      guard let text = String(validating: text, as: UTF8.self) else {
        throw .malformed(
          path: name, reason: "text \(row) is not UTF-8; save it as text, .astype(str)")
      }
      texts.append(text)
    }
    return texts
  }
}
