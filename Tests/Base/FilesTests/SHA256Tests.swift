import Files
import Testing

@Suite struct SHA256Tests {
  /// FIPS 180-4's examples.
  @Test func published() {
    #expect(
      SHA256.hexadecimal(Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      SHA256.hexadecimal([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      SHA256.hexadecimal(Array(repeating: UInt8(ascii: "a"), count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func twoRunsOfBytesAreOne() {
    #expect(
      SHA256.hexadecimal(Array("a".utf8), Array("bc".utf8))
        == SHA256.hexadecimal(Array("abc".utf8)))
  }
}
