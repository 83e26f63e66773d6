import Files
import TestSupport
import Testing

@Suite struct JSONFileTests {
  private struct Value: Codable, Equatable {
    var b = 1.5
    var a = ["x/y"]
  }

  @Test func bytesAreCanonical() throws {
    let text = "{\n  \"a\" : [\n    \"x/y\"\n  ],\n  \"b\" : 1.5\n}\n"
    #expect(try String(decoding: JSONFile.encode(Value()), as: UTF8.self) == text)
    let line = try String(decoding: JSONFile.encodeLine(Value()), as: UTF8.self)
    #expect(line == "{\"a\":[\"x/y\"],\"b\":1.5}\n")
  }

  @Test func valuesComeBack() throws {
    try withTemporaryFolder { folder in
      try JSONFile.write(Value(b: 0.1), to: "\(folder)/v.json")
      #expect(try JSONFile.read(Value.self, from: "\(folder)/v.json") == Value(b: 0.1))
    }
  }

  @Test(arguments: [
    ("{\"a\": []}", "v.json: lacks the key 'b'"),
    ("{\"a\": [], \"b\": \"x\"}", "v.json: expected Double at b"),
    ("{", "v.json: is not JSON"),
  ])
  func whatIsWrongIsNamed(text: String, message: String) {
    do throws(FileError) {
      _ = try JSONFile.decode(Value.self, from: Array(text.utf8), name: "v.json")
      Issue.record("expected an error")
    } catch { #expect(error.description == message) }
  }
}
