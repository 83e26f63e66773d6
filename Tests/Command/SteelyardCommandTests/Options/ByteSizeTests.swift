import SteelyardCommand
import Testing

@Suite struct ByteSizeTests {
  @Test(arguments: [
    ("500M", 500_000_000), ("1.5GB", 1_500_000_000), ("20g", 20_000_000_000), ("7", 7),
    ("12b", 12), ("3kB", 3000), ("1T", 1_000_000_000_000),
  ])
  func isRead(_ text: String, _ bytes: Int) { #expect(ByteSize(argument: text)?.bytes == bytes) }

  @Test(arguments: [
    "", "M", "0", "-1", "1e9", "nan", "inf", "5 GB", "GG", "1MM", "9999999999T", "0x10",
  ])
  func isRefused(_ text: String) { #expect(ByteSize(argument: text) == nil) }
}
