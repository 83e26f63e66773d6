import Requirements
import Testing

@Suite("Did you mean")
struct NearestTests {
  private let methods = [
    "erm", "class-balanced", "square-root", "progressive", "mixup", "balanced-mixup",
  ]

  @Test(
    "slips of the finger",
    arguments: [
      ("mixpu", "mixup"), ("Mixup", "mixup"), ("balanced_mixup", "balanced-mixup"),
      ("balancd-mixup", "balanced-mixup"), ("ern", "erm"), ("sqare-rot", "square-root"),
      ("prog", "progressive"), ("class", "class-balanced"), ("balanced", "balanced-mixup"),
    ])
  func slips(typed: String, meant: String) {
    #expect(nearest(to: typed, among: methods) == meant)
  }

  @Test("far is no suggestion", arguments: ["", "x", "focal", "ldam-drw"])
  func far(typed: String) {
    #expect(nearest(to: typed, among: methods) == nil)
  }

  @Test("a beginning that fits several names is none")
  func ambiguous() {
    #expect(nearest(to: "ba", among: ["batch-size", "balance"]) == nil)
    #expect(nearest(to: "lr", among: []) == nil)
  }
}
