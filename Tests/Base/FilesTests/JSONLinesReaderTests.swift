import Files
import Foundation
import Randomness
import TestSupport
import Testing

@Suite struct JSONLinesReaderTests {
  private func lines(_ bytes: [UInt8]) throws(FileError) -> [JSONValue] {
    var reader = JSONLinesReader(bytes: bytes, name: "m.jsonl")
    var values: [JSONValue] = []
    while let (_, members) = try reader.next() { values.append(.object(members)) }
    return values
  }

  private func message(_ text: String) -> String {
    do throws(FileError) {
      return "no error: \(try lines(Array(text.utf8)))"
    } catch { return error.description }
  }

  @Test func valuesKeepTheirText() throws {
    let text = #"{"a": "x\n\u00e9\ud83d\ude00", "n": -1.50e3, "t": true, "z": null, "l": [1, {}]}"#
    #expect(
      try lines(Array("\u{FEFF}\(text)\r\n\n{}".utf8)) == [
        .object([
          ("a", .string("x\né😀")), ("n", .number("-1.50e3")), ("t", .bool(true)), ("z", .null),
          ("l", .array([.number("1"), .object([])])),
        ]),
        .object([]),
      ])
    #expect(JSONValue.number("1e3").text == "1e3")
    #expect(JSONValue.null.text == "")
    #expect(JSONValue.array([]).text == nil)
  }

  @Test(arguments: [
    ("{\"a\":1}\n[1]\n", "m.jsonl:2: expected a JSON object, {\"key\": value, …}"),
    ("{\"a\" 1}", "m.jsonl:1: is not JSON: expected ':' after the key 'a' at column 6"),
    ("\n\n{\"a\":1,\"a\":2}", "m.jsonl:3: is not JSON: the key 'a' stands twice at column 11"),
    (
      "{\"a\":007}",
      "m.jsonl:1: is not JSON: a number with a leading zero; put it in quotes to keep it at column 9"
    ),
    ("{\"a\":\"x", "m.jsonl:1: is not JSON: a string that is never closed at column 8"),
    ("{\"a\":\"\\ud800\"}", "m.jsonl:1: is not JSON: half a surrogate pair at column 13"),
    (
      "{\"a\":\"\\u+041\"}",
      "m.jsonl:1: is not JSON: expected four hexadecimal digits after \\u at column 9"
    ),
    ("{\"a\":NaN}", "m.jsonl:1: is not JSON: expected a value at column 6"),
  ])
  func whatIsWrongIsNamed(text: String, expected: String) {
    #expect(message(text) == expected)
  }

  /// The header of a file of weights may have hundreds of thousands of keys.
  @Test func manyKeysTakeLinearTime() throws {
    let text = "{" + (0..<100_000).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + "}"
    let clock = ContinuousClock()
    var value: JSONValue?
    let took = try clock.measure { value = try JSONParser.parse(Array(text.utf8)[...]) }
    guard case .object(let members)? = value else {
      Issue.record("expected an object")
      return
    }
    #expect(members.count == 100_000 && members.last?.key == "k99999")
    // Quadratic time takes minutes.
    #expect(took < .seconds(20))
  }

  @Test func nestingIsBounded() {
    let text = String(repeating: "{\"a\":", count: 100_000)
    #expect(message(text).contains("nesting deeper than 64"))
  }

  @Test func acceptsNothingThatFoundationRefuses() throws {
    let seed = Array(#"{"a": [1, 2.5, -3e4, "x\"y\u0041"], "b": {"c": null, "d": false}}"#.utf8)
    let fuzz = Fuzz(seed, key: RandomKey(seed: 16))
    var accepted = 0
    for index in 0..<4000 {
      let bytes = fuzz.mutant(index)
      guard !bytes.contains(0x0A), let values = try? lines(bytes), values.count == 1 else {
        continue
      }
      accepted += 1
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(bytes)) }
    }
    #expect(accepted > 40)
  }
}
