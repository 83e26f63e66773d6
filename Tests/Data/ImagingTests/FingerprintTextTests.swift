import Imaging
import Randomness
import TestSupport
import Testing

@Suite struct FingerprintTextTests {
  @Test func textIsReadAgain() throws {
    var source = RandomSource(seed: 5)
    let picture = try Image(
      width: 40, height: 40, channels: 1,
      pixels: (0..<1600).map { UInt8(($0 % 40) * 5 + source.below(20)) })
    let fingerprint = try #require(Fingerprint(GreyPicture(picture)))
    let text = fingerprint.text
    #expect(text.utf8.count == 2 * (8 + 32 * 32))
    #expect(Fingerprint(text: text) == fingerprint)
    #expect(
      text.prefix(16) == String(repeating: "0", count: 16 - hex(fingerprint).count)
        + hex(fingerprint))
  }

  private func hex(_ fingerprint: Fingerprint) -> String { String(fingerprint.hash, radix: 16) }

  @Test(arguments: [
    "", "0f", String(repeating: "g", count: 2064), String(repeating: "0", count: 2063),
  ])
  func otherTextIsNone(text: String) { #expect(Fingerprint(text: text) == nil) }
}
