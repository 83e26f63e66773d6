import Files
import TestSupport
import Testing

@Suite struct JSONRowsTests {
  private func rows(_ text: String) throws -> [(line: Int, keys: [String])] {
    try withTemporaryFolder { folder in
      try AtomicFile.write(Array(text.utf8), to: "\(folder)/t.json")
      return try JSONRows.read("\(folder)/t.json").map { ($0.line, $0.members.map(\.key)) }
    }
  }

  private func message(_ text: String) throws -> String {
    try withTemporaryFolder { folder in
      try AtomicFile.write(Array(text.utf8), to: "\(folder)/t.json")
      do throws(FileError) {
        return "no error: \(try JSONRows.read("\(folder)/t.json").count) rows"
      } catch {
        return error.description.replacing(folder + "/", with: "")
      }
    }
  }

  @Test func aListAndLinesAreTheSame() throws {
    let lines = try rows("{\"a\": 1}\n\n{\"b\": 2, \"c\": [3]}\n")
    #expect(lines.map(\.line) == [1, 3])
    #expect(lines.map(\.keys) == [["a"], ["b", "c"]])
    let list = try rows("\u{FEFF}\n[{\"a\": 1},\n\n {\"b\": 2,\n \"c\": [3]}\n]\n")
    #expect(list.map(\.line) == [2, 4])
    #expect(list.map(\.keys) == lines.map(\.keys))
    #expect(try rows("[]").isEmpty)
    #expect(try rows("{\"path\": \"a\", \"label\": [1]}").count == 1)
  }

  @Test(arguments: [
    (
      "{\"images\": [],\n \"annotations\": [], \"categories\": []}",
      "t.json: is one JSON object (images, annotations, categories), expected one object an image:"
        + " a list [{\"path\": …, \"label\": …}, …], or one object a line"
    ),
    (
      "{\"path\": {\"0\": \"a\"}, \"label\": {\"0\": 1}}",
      "t.json: is one JSON object (path, label), expected one object an image:"
        + " a list [{\"path\": …, \"label\": …}, …], or one object a line"
    ),
    ("[{\"a\": 1},\n 2]", "t.json:2: expected a JSON object, {\"key\": value, …}"),
    ("[{\"a\": 1}\n {", "t.json:2: is not JSON: expected ',' or ']' at column 2"),
    ("[{\"a\": 1}] x", "t.json:1: is not JSON: text after the end of the value at column 12"),
    ("[", "t.json:1: is not JSON: expected a value at column 2"),
    ("{\"a\": 1}\n{\"a\"", "t.json:2: is not JSON: expected ':' after the key 'a' at column 5"),
    (
      "<!doctype html>",
      "t.json: is a web page (HTML), expected a table; a download that asks to sign in gives such a"
        + " page; download the file again"
    ),
  ])
  func whatIsWrongIsNamed(text: String, expected: String) throws {
    #expect(try message(text) == expected)
  }
}
