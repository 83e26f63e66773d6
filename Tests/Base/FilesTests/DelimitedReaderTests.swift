import Files
import Randomness
import TestSupport
import Testing

@Suite struct DelimitedReaderTests {
  private func rows(_ text: String, separator: UInt8 = UInt8(ascii: ",")) throws -> [[String]] {
    var reader = try DelimitedReader(bytes: Array(text.utf8), name: "t.csv", separator: separator)
    var all = [reader.columns]
    while let row = try reader.next() { all.append(row.fields) }
    return all
  }

  private func message(_ text: String) -> String {
    do { return "no error: \(try rows(text))" } catch { return "\(error)" }
  }

  @Test func agreesWithPythonsWriter() throws {
    var reader = try DelimitedReader(path: Golden.path("Files/table.csv"))
    var all = [reader.columns]
    while let row = try reader.next() { all.append(row.fields) }
    #expect(try all == Golden.load("Files/table.json"))
  }

  @Test func quotesBreaksAndMarks() throws {
    #expect(try rows("a,b\n1,2\n") == [["a", "b"], ["1", "2"]])
    #expect(try rows("a,b\r\n1,2\r\n") == [["a", "b"], ["1", "2"]])
    #expect(try rows("\u{FEFF}a,b\n1,2") == [["a", "b"], ["1", "2"]])
    #expect(try rows("a,b\n\"x\"\"y\",\"1\n2\"\n") == [["a", "b"], ["x\"y", "1\n2"]])
    #expect(try rows("a,b\n\n,\n\n") == [["a", "b"], ["", ""]])
    #expect(try rows("a\n\"\"\n") == [["a"], [""]])
    #expect(
      try rows("a\tb\n1,5\t2\n", separator: UInt8(ascii: "\t")) == [["a", "b"], ["1,5", "2"]])
  }

  @Test func linesAreThoseOfTheFile() throws {
    var reader = try DelimitedReader(
      bytes: Array("a,b\n\n1,\"x\ny\nz\"\n3,4\n".utf8), name: "t.csv")
    #expect(try reader.next()?.line == 3)
    #expect(try reader.next()?.line == 6)
    #expect(try reader.next() == nil)
  }

  @Test func everyBreachNamesFileAndLine() {
    #expect(
      message("a,b,c\n1,2,3\n1,2\n") == "t.csv:3: 2 fields, but the header has 3 columns (a, b, c);"
        + " quote a field that holds the separator")
    #expect(
      message("a,b\n1,2,3\n") == "t.csv:2: 3 fields, but the header has 2 columns (a, b);"
        + " quote a field that holds the separator")
    #expect(
      message("a,b\nx\"y,2\n")
        == "t.csv:2: a quote inside a field that does not start with one; quote the whole field")
    #expect(
      message("a,b\n\"x\"y,2\n")
        == "t.csv:2: text after a closing quote; double a quote that belongs to the field")
    #expect(
      message("a,b\n1,2\n\"x,2\n3,4\n")
        == "t.csv:3: a quoted field that starts in the record of this line is never closed")
    #expect(
      message("a,b\n1\r2,2\n")
        == "t.csv:2: a carriage return without a line feed; save the file with LF or CRLF")
    #expect(message("a,b\n1,\u{0}\n") == "t.csv:2: a zero byte; this is not a text file in UTF-8")
    #expect(message("a,b,a\n") == "t.csv:1: the header names the column 'a' twice; rename one")
    #expect(message("") == "t.csv: is empty, expected a header line")
    #expect(message("\n\n") == "t.csv: is empty, expected a header line")
  }

  private func message(bytes: [UInt8]) -> String {
    do throws(FileError) {
      var reader = try DelimitedReader(bytes: bytes, name: "t")
      while try reader.next() != nil {}
      return "no error"
    } catch {
      return error.description
    }
  }

  @Test func otherEncodingsAreNamed() {
    #expect(
      message(bytes: [0xFF, 0xFE, 0x61, 0])
        == "t: is UTF-16 text, expected a table; save it as UTF-8")
    let head = Array("a\n".utf8)
    let advice = "save the file as UTF-8"
    let latin = "t:2: bytes that are not UTF-8; as Latin-1 (Windows-1252) they say"
    let command = "; \(advice), for example with: iconv -f WINDOWS-1252 -t UTF-8"
    #expect(message(bytes: head + [0x42, 0xE4, 0x72, 0x0A]) == "\(latin) 'Bär'\(command)")
    #expect(message(bytes: head + [0x80, 0x0A]) == "\(latin) '€'\(command)")
    // 0x81 stands for nothing there.
    #expect(message(bytes: head + [0x81, 0x0A]) == "t:2: bytes that are not UTF-8; \(advice)")
  }

  @Test func otherFilesAreNamed() {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n"
    #expect(
      message(pointer)
        == "t.csv: is a Git LFS pointer, expected a table; fetch the file itself with: git lfs pull"
    )
  }

  @Test func blanksAroundQuotesAndOnLinesDoNotCount() throws {
    #expect(
      try rows("a,b\n x, \"y,z\" \n   \n\t\n1,2\n")
        == [["a", "b"], [" x", "y,z"], ["1", "2"]])
    // A column of its own may be blank.
    #expect(try rows("a\n \n") == [["a"], [" "]])
    #expect(
      message("a,b\n1, \"x\" y\n")
        == "t.csv:2: text after a closing quote; double a quote that belongs to the field")
  }

  @Test(arguments: [
    ("a;b\n1;2\n", "t.csv", [["a", "b"], ["1", "2"]]),
    ("a|b\n1|2\n", "t.csv", [["a", "b"], ["1", "2"]]),
    ("a\tb\n1\t2\n", "t.csv", [["a", "b"], ["1", "2"]]),
    ("a,b\n1,2\n", "t.tsv", [["a", "b"], ["1", "2"]]),
    ("a b\n1,2\n", "t.tsv", [["a b"], ["1,2"]]),
    ("\u{FEFF}\"a,x\";\"b,y\"\r\n1,5;2,5\r\n", "t.csv", [["a,x", "b,y"], ["1,5", "2,5"]]),
    ("sep=;\r\na;b\r\n1;2\r\n", "t.csv", [["a", "b"], ["1", "2"]]),
    // As many commas as semicolons in the header: the lines below decide.
    ("a;b,c\n1;2\n3;4\n", "t.csv", [["a", "b,c"], ["1", "2"], ["3", "4"]]),
    ("a,b;c\n1,2\n3,4\n", "t.csv", [["a", "b;c"], ["1", "2"], ["3", "4"]]),
    ("a,,\n1,,\n", "t.csv", [["a", "", ""], ["1", "", ""]]),
  ])
  func separatorsAreSeen(text: String, name: String, expected: [[String]]) throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write(Array(text.utf8), to: "\(folder)/\(name)")
      var reader = try DelimitedReader(detecting: "\(folder)/\(name)", allowingUnnamed: true)
      var all = [reader.columns]
      while let row = try reader.next() { all.append(row.fields) }
      #expect(all == expected)
    }
  }

  @Test func piecesOfTheFileDoNotShow() throws {
    // Longer than the reader's buffer, so records, quotes and CRLF fall on its edges.
    try withTemporaryFolder { folder in
      var random = RandomKey(seed: 3).source
      let rows = (0..<20_000).map { index in
        ["\(index)", String(repeating: "x\"\r\n,é", count: random.below(4)), ""]
      }
      try DelimitedWriter.write(columns: ["a", "b", "c"], rows: rows, to: "\(folder)/t.tsv")
      var reader = try DelimitedReader(path: "\(folder)/t.tsv")
      var count = 0
      while let row = try reader.next() {
        #expect(row.fields == rows[count])
        count += 1
      }
      #expect(count == rows.count)
    }
  }

  @Test func writtenRowsComeBack() throws {
    let alphabet: [Character] = ["a", ",", "\"", "\n", "\r\n", "\t", " ", "é", ";"]
    var random = RandomKey(seed: 5).source
    for _ in 0..<500 {
      let columns = 1 + random.below(3)
      let table = (0...random.below(4)).map { row in
        (0..<columns).map { column in
          (row == 0 ? "\(column)" : "")
            + String((0..<random.below(5)).map { _ in alphabet[random.below(alphabet.count)] })
        }
      }
      let text = table.map { DelimitedWriter.line($0) }.joined()
      #expect(try rows(text) == table)
    }
  }

  @Test func quotesOnlyWhereNeeded() {
    #expect(DelimitedWriter.line(["a", "b c", "é"]) == "a,b c,é\n")
    #expect(DelimitedWriter.line(["a,b", "x\"y"]) == "\"a,b\",\"x\"\"y\"\n")
    #expect(DelimitedWriter.line(["a,b", "c\td"], separator: "\t") == "a,b\t\"c\td\"\n")
  }

  @Test func damagedTablesAreErrorsOrRows() throws {
    let seed = try FileBytes.read(Golden.path("Files/table.csv"))
    let fuzz = Fuzz(seed, key: RandomKey(seed: 11))
    for index in 0..<3000 {
      do {
        var reader = try DelimitedReader(bytes: fuzz.mutant(index), name: "t")
        while let row = try reader.next() { #expect(row.fields.count == reader.columns.count) }
      } catch {}
    }
  }
}
