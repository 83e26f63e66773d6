import ArgumentParser

/// A number of bytes as people write it: `500M`, `1.5GB`, `20G`, `1000000`. Factors are of 1,000.
package struct ByteSize: Equatable, ExpressibleByArgument {
  /// From 1 to 10¹⁸.
  package let bytes: Int

  /// - Parameter argument: a number, then K, M, G or T, or nothing, then B or nothing; small letters too.
  package init?(argument: String) {
    var text = argument.lowercased()
    if text.hasSuffix("b") { text.removeLast() }
    let factors: [Character: Double] = ["k": 1e3, "m": 1e6, "g": 1e9, "t": 1e12]
    let factor = text.last.flatMap { factors[$0] }
    if factor != nil { text.removeLast() }
    guard text.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), let number = Double(text),
      number * (factor ?? 1) >= 1, number * (factor ?? 1) <= 1e18
    else { return nil }
    bytes = Int(number * (factor ?? 1))
  }
}
