import Files
import Testing
import Uncertainty

@Suite("Small samples")
struct SmallSampleTests {
  @Test("below ten positives there is advice, from ten on none, and none for an absent class")
  func threshold() {
    #expect(SmallSample("rare", correct: 3, of: 9) != nil)
    #expect(SmallSample("rare", correct: 3, of: 10) == nil)
    #expect(SmallSample("rare", correct: 0, of: 0) == nil)
  }

  @Test("the advice prints counts, and the drop in examples")
  func words() throws {
    let sample = try #require(SmallSample("hemin", correct: 7, of: 8))
    #expect(sample.counts == "7 of 8")
    #expect(
      sample.advice
        == "hemin: 7 of 8 found; too few examples for a percentage."
        + " Only a loss of 6 or more of 8 against another model would show reliably.")
    #expect(
      try #require(SmallSample("one", correct: 0, of: 1)).advice
        == "one: 0 of 1 found; too few examples for a percentage."
        + " No loss against another model could be shown with this test set.")
  }

  @Test("reads back what it wrote")
  func roundTrip() throws {
    let sample = try #require(SmallSample("rare", correct: 3, of: 4))
    let bytes = try JSONFile.encode(sample)
    #expect(try JSONFile.decode(SmallSample.self, from: bytes, name: "x") == sample)
    #expect(String(decoding: bytes, as: UTF8.self).contains("\"class\" : \"rare\""))
  }
}
