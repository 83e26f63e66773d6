import Files
import Testing

/// Which lists an object has, without what is in them.
@Suite struct JSONKeysTests {
  @Test(arguments: [
    "{}", "{\"a\": []}", " {\"a\" : [1, [2, {\"b\": []}]], \"c\": {\"d\": []}, \"e\": [ ]} ",
    "{\"a\": \"], [\", \"b\": [\"}\", \"\\\"]\", \"\\\\\"], \"c\": null}",
    "{\"\\u0061\": [true], \"n\": -1.5e3}",
  ]) func theyAreThoseOfTheWholeText(_ text: String) throws {
    let bytes = Array(text.utf8)[...]
    #expect(try JSONParser.keysOfLists(of: bytes) == JSONParser.lists(of: bytes).map(\.key))
  }

  @Test(arguments: [
    "", "[1]", "{\"a\": [1", "{\"a\": [\"", "{\"a\" [1]}", "{\"a\": [\"\\", "{a: []}", "3",
  ])
  func anotherTextHasNone(_ text: String) {
    #expect(JSONParser.keysOfLists(of: Array(text.utf8)[...]) == nil)
  }
}
