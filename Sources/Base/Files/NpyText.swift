/// Texts in NumPy's `.npy` format: `[N]` or `[N, 1]` of type `<U`, little-endian code points.
///
/// Every text takes the room of the longest. NumPy reads a text without zeros at its end, so such a text
/// comes back shorter.
public struct NpyText: Sendable, Equatable {
  /// The texts, `[N]`.
  public let texts: [String]
  /// Longest text that is read, in characters.
  private static let longest = 1 << 20

  /// An array of texts.
  ///
  /// - Parameter texts: the texts, `[N]`.
  public init(_ texts: [String]) { self.texts = texts }

  /// The bytes of a `.npy` file, version 1.
  public func encoded() -> [UInt8] {
    let scalars = texts.map { Array($0.unicodeScalars) }
    // NumPy itself has no text of width 0.
    let width = max(scalars.map(\.count).max() ?? 0, 1)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(texts.count * width * 4)
    for text in scalars {
      for scalar in text {
        withUnsafeBytes(of: scalar.value.littleEndian) { bytes.append(contentsOf: $0) }
      }
      bytes.append(contentsOf: [UInt8](repeating: 0, count: (width - text.count) * 4))
    }
    return NpyHeader.encoded(descr: "<U\(width)", shape: [texts.count], fortranOrder: false) + bytes
  }

  /// Parses the bytes of a `.npy` file.
  ///
  /// - Parameters:
  ///   - file: the bytes.
  ///   - name: what errors call the file.
  /// - Throws: ``FileError/malformed(path:reason:)``, which names the file and what is unexpected.
  public init(parsing file: [UInt8], name: String) throws(FileError) {
    let header = try NpyHeader(file, name: name)
    guard header.descr.hasPrefix("<U"), let width = Int(header.descr.dropFirst(2)),
      (1...Self.longest).contains(width), header.shape.count == 1 || header.shape.dropFirst() == [1]
    else {
      throw .malformed(
        path: name,
        reason: "expected texts along one axis, got elements of type '\(header.descr)' of shape"
          + " \(header.shape)")
    }
    let count = header.shape[0]
    let (size, overflow) = count.multipliedReportingOverflow(by: width * 4)
    guard !overflow, file.count - header.end == size else {
      throw .malformed(
        path: name,
        reason: "expected \(count) texts of \(width) characters, found \(file.count - header.end)"
          + " bytes")
    }
    var texts: [String] = []
    for row in 0..<count {
      var text = String.UnicodeScalarView()
      for place in 0..<width {
        let start = header.end + (row * width + place) * 4
        let code = file[start..<start + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard let scalar = Unicode.Scalar(code) else {
          throw .malformed(path: name, reason: "text \(row) holds \(code), which is no character")
        }
        text.append(scalar)
      }
      while text.last?.value == 0 { text.removeLast() }
      texts.append(String(text))
    }
    self.texts = texts
  }
}
