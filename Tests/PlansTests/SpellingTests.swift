import Plans
import Testing

@Suite struct SpellingTests {
  @Test(arguments: [
    ("", "", 0), ("abc", "", 3), ("", "abc", 3), ("kitten", "sitting", 3), ("alhpa", "alpha", 1),
    ("mixup", "mixup", 0), ("balanced", "balancd", 1),
  ])
  func distances(a: String, b: String, distance: Int) {
    #expect(Spelling.distance(a, b) == distance)
    #expect(Spelling.distance(b, a) == distance)
  }

  @Test func nearEnoughToBeMeant() {
    let known = ["balanced-mixup", "mixup", "erm"]
    #expect(Spelling.nearest(to: "balanced_mixup", among: known) == "balanced-mixup")
    #expect(Spelling.nearest(to: "MIXUP", among: known) == "mixup")
    #expect(Spelling.nearest(to: "emr", among: known) == "erm")
    #expect(Spelling.nearest(to: "focal", among: known) == nil)
    #expect(Spelling.nearest(to: "erm", among: []) == nil)
  }
}
