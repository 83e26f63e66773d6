import Foundation

/// Numbers as one text in a file: 4 bytes each, the lowest first, in base 64.
enum PackedNumbers {
  /// The text of 32-bit numbers without a sign.
  static func text(_ numbers: [UInt32]) -> String {
    var bytes = Data(capacity: 4 * numbers.count)
    for number in numbers {
      for shift in [0, 8, 16, 24] as [UInt32] {
        bytes.append(UInt8(truncatingIfNeeded: number >> shift))
      }
    }
    return bytes.base64EncodedString()
  }

  /// The numbers of a text; nil where it is none of whole numbers of 4 bytes.
  static func numbers(_ text: String) -> [UInt32]? {
    guard let bytes = Data(base64Encoded: text), bytes.count.isMultiple(of: 4) else { return nil }
    let all = [UInt8](bytes)
    return stride(from: 0, to: all.count, by: 4).map { start in
      (0..<4).reduce(0) { $0 | UInt32(all[start + $1]) << UInt32(8 * $1) }
    }
  }
}
