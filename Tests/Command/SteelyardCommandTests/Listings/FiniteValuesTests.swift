import SteelyardCommand
import Testing

@Suite struct FiniteValuesTests {
  @Test func whatIsNoNumberIsLeftOutAndSaid() {
    let found = FiniteValues(
      [1, .infinity, 0, .nan, -.infinity, -2], of: ["a", "b", "c", "d", "e", "f"])
    #expect(found.values == ["a": 1, "c": 0, "f": -2])
    #expect(found.note(on: "vog") == "vog of 3 of 6 examples is not finite, and left out")
  }

  @Test func nothingIsSaidWhereAllAreNumbers() {
    let found = FiniteValues([0.5, -0.0, .greatestFiniteMagnitude], of: ["a", "b", "c"])
    #expect(found.values.count == 3 && found.note(on: "vog") == nil)
  }

  @Test func noneAtAllIsSaidToo() {
    let found = FiniteValues([.nan, .nan], of: ["a", "b"])
    #expect(found.values.isEmpty)
    #expect(found.note(on: "tracin") == "tracin of 2 of 2 examples is not finite, and left out")
    #expect(FiniteValues([], of: []).note(on: "tracin") == nil)
  }
}
