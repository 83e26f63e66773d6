import Files
import Randomness
import Testing

@Suite("Records as bytes")
struct DelimitedRecordTests {
  private func record(_ line: String) throws -> DelimitedRecord {
    var reader = try DelimitedReader(
      bytes: Array("a\n\"\(line)\"\n".utf8), name: "t.csv")
    var record = DelimitedRecord()
    let isThere = try reader.next(into: &record)
    #expect(isThere)
    return record
  }

  @Test("numbers equal Double(String), bit for bit")
  func numbers() throws {
    var random = RandomKey(seed: 3).source
    var texts = [
      "0", "-0", "1", "0.5", "1e-05", "1E5", "+2.5", ".5", "5.", "-.5e+3", "nan", "inf", "-inf",
      "0x1p3", "", ".", "e5", "1e", "1e+", "1.2.3", "1,5", "--1", "18446744073709551615",
      "99999999999999999999", "0.3333333333333333", "0.1234567890123456789", "5e-324", "1e-400",
      "1e400", "9007199254740993", "0.000000000000000000000000001", "1e0001", "1e99999",
      "0.00000000000000000001", "9999999999999999999", "0.9999999999999999999",
    ]
    for _ in 0..<20_000 {
      let digits = random.next() >> UInt64(random.below(64))
      let places = random.below(22)
      let text = String(digits)
      let padded = String(repeating: "0", count: max(0, places - text.count + 1)) + text
      texts.append(padded.dropLast(places) + "." + padded.suffix(places))
      texts.append("\(random.uniform())")
      texts.append("\(Float(random.uniform()) * 1e-6)")
    }
    let lines = texts.map { "\"\($0)\"\n" }.joined()
    var reader = try DelimitedReader(bytes: Array(("a\n" + lines).utf8), name: "t.csv")
    var record = DelimitedRecord()
    let wrong = try texts.filter { text in
      _ = try reader.next(into: &record)
      return record.number(0)?.bitPattern != Double(text)?.bitPattern
    }
    #expect(wrong.isEmpty)
  }

  @Test("spaces around a number are skipped")
  func spaces() throws {
    #expect(try record(" 0.25 ").number(0) == 0.25)
    #expect(try record("  ").number(0) == nil)
    #expect(try record("0. 5").number(0) == nil)
  }

  @Test("fields, line and file; a record is filled again")
  func fields() throws {
    var reader = try DelimitedReader(
      bytes: Array("a,b\n1,\"x\ny\"\n\n2,\n".utf8), name: "t.csv")
    var record = DelimitedRecord()
    #expect(try reader.next(into: &record))
    #expect(record.count == 2)
    #expect(try record.text(1) == "x\ny")
    #expect(try reader.next(into: &record))
    #expect(record.line == 5)
    #expect(record.file == "t.csv")
    #expect(try record.text(1).isEmpty)
    #expect(try !reader.next(into: &record))
  }

  @Test("bytes that are no text throw when asked for")
  func notText() throws {
    var reader = try DelimitedReader(bytes: Array("a\n".utf8) + [0xFF, 0x0A], name: "t.csv")
    var record = DelimitedRecord()
    #expect(try reader.next(into: &record))
    #expect(throws: FileError.self) { try record.text(0) }
    #expect(record.number(0) == nil)
  }

  @Test("the separator is seen from the header", arguments: [",", ";", "\t"])
  func separators(separator: String) throws {
    let text = ["path", "a,b;c\td", "c"].map { "\"\($0)\"" }.joined(separator: separator) + "\n"
    let reader = try DelimitedReader(detecting: Array(text.utf8), name: "t.csv")
    #expect(reader.columns == ["path", "a,b;c\td", "c"])
    let alone = try DelimitedReader(detecting: Array("path\n1;2\n".utf8), name: "t.csv")
    #expect(alone.columns == ["path"])
  }

  @Test("the count is estimated from what was read")
  func estimate() throws {
    let rows = String(repeating: "1,2\n", count: 1000)
    var reader = try DelimitedReader(bytes: Array(("a,b\n" + rows).utf8), name: "t.csv")
    var record = DelimitedRecord()
    for _ in 0..<100 { _ = try reader.next(into: &record) }
    #expect((980...1020).contains(reader.estimatedCount(afterReading: 100)))
  }

  @Test("a field out of range traps")
  func outOfRange() async {
    await #expect(processExitsWith: .failure) { _ = DelimitedRecord().number(0) }
  }
}
