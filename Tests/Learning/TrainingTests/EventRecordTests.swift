import Files
import TestSupport
import Testing
import Training

/// Against bytes that TensorBoard's own writer made (Goldens/Training/events.py).
@Suite struct EventRecordTests {
  @Test func checksumOfTheStandardVectors() {
    #expect(CRC32C.checksum(Array("123456789".utf8)) == 0xe306_9283)
    #expect(CRC32C.checksum(Array(repeating: 0, count: 32)) == 0x8a91_36aa)  // RFC 3720, B.4
    #expect(CRC32C.checksum(Array(repeating: 0xff, count: 32)) == 0x62a8_ab43)
  }

  @Test func sameBytesAsTensorBoard() throws {
    struct GoldenBytes: Decodable { let version: String, scalars: String }
    let golden: GoldenBytes = try Golden.load("Training/events.json")
    #expect(hex(EventRecord.version(at: 1_700_000_000.25)) == golden.version)
    let values = [(tag: "loss/train", value: 0.5), (tag: "val/mcc", value: -0.1)]
    #expect(hex(EventRecord.scalars(values, step: 300, at: 1_700_000_001.5)) == golden.scalars)
  }

  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
