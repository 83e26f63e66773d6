import Audit
import Imaging
import Reports
import TestSupport
import Testing

@Suite struct ExplanationPageTests {
  private func explanation() -> Explanation {
    Explanation(
      .init(
        path: "shown<i>.png", given: "<b>cat</b>", predicted: "dog", probability: 0.75,
        explained: "<b>cat</b>", explainedProbability: 0.25, part: "test"),
      by: .init(
        paths: ["0.png", "1.png"], given: ["dog", "<b>cat</b>"], influence: [2e-6, -3],
        similarity: [0.5, 0.9]),
      selfInfluence: 1, weights: "the kept weights of epoch 3", most: 5)
  }

  /// The picture that is explained and those of each list, names escaped, and nothing from elsewhere.
  @Test func picturesOfEachList() throws {
    let image = Image(width: 8, height: 8, channels: 3, pixels: [UInt8](repeating: 90, count: 192))
    let png = try PNG.encode(image)
    let page = ExplanationPage(explanation()) { $0 == "1.png" ? nil : png }.html
    // The shown one, 0.png as helpful and as near.
    #expect(page.ranges(of: "data:image/png;base64,").count == 3)
    #expect(page.contains("id=\"helpful\"") && page.contains("id=\"near\""))
    #expect(page.contains("&lt;b&gt;cat&lt;/b&gt;") && !page.contains("<b>cat"))
    #expect(page.contains("the kept weights of epoch 3"))
    // A small influence is none of 0.
    #expect(page.contains("influence 2.00 × 10^−6, ") && page.contains("influence −3.00, "))
    let rest = page.replacing("http://www.w3.org/2000/svg", with: "")
    #expect(!rest.contains("http://") && !rest.contains("https://"))
    #expect(page == ExplanationPage(explanation()) { $0 == "1.png" ? nil : png }.html)
  }

  /// The part of hard examples on the page of an audit: what there is, what there is not, and pictures by class.
  @Test func hardExamplesOnThePage() throws {
    let given = (0..<40).map { Int32($0 % 2) }
    let p = given.flatMap { $0 == 0 ? [0.9, 0.1] : [0.1, 0.9] }
    let findings = LabelFindings(
      try LabelAudit(ProbabilityRows(p, classes: 2), given: given), classes: ["cat", "dog"],
      paths: (0..<40).map { "\($0).png" })
    let hard = HardTable(
      paths: ["t0.png", "t1.png"], given: ["cat", "dog"],
      columns: [.init(.aum, source: "records", values: [0.5, 0.25])],
      lacking: [
        .init(.vog, needs: "the weights of two epochs", command: "steelyard train <x>")
      ])
    let image = Image(width: 8, height: 8, channels: 3, pixels: [UInt8](repeating: 90, count: 192))
    let png = try PNG.encode(image)
    let page = AuditPage(findings, hard: hard) { $0.hasPrefix("t") ? png : nil }.html
    #expect(page.contains("Hard is not wrong"))
    #expect(page.ranges(of: "data:image/png;base64,").count == 2)
    #expect(page.contains("steelyard train &lt;x&gt;"))
    // Each is alone in its class, and harder than none.
    #expect(!page.contains("of its class</p>"))
    let two = HardTable(
      paths: ["t0.png", "t1.png", "t2.png"], given: ["cat", "cat", "dog"],
      columns: [.init(.vog, source: "weights", values: [1e-6, 2e-6, 3])])
    let pair = AuditPage(findings, hard: two) { _ in nil }.html
    #expect(pair.ranges(of: "of its class</p>").count == 2)
    #expect(pair.contains("harder than 75 % of its class") && pair.contains("vog 1.00 × 10^−6"))
    #expect(!AuditPage(findings) { _ in nil }.html.contains("id=\"hard\""))
  }
}
