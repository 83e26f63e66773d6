import Evaluation
import Reports
import Runs
import Testing
import Uncertainty

@Suite struct SideBySideTests {
  private func document() throws -> ReportDocument {
    try ReportDocument([
      Samples.contents(name: "weak", classes: ["a", "b", "c"], count: 400, skill: 0.5),
      Samples.contents(name: "<b>strong</b>", classes: ["a", "b", "c"], count: 400, skill: 0.5),
      RunContents(name: "empty"),
    ])
  }

  @Test func `the second run less the first, on the same images`() throws {
    let document = try document()
    let comparison = try #require(document.comparisons[0].comparison)
    #expect(document.comparisons.map(\.candidate) == ["<b>strong</b>", "empty"])
    #expect(comparison.n == 400)
    #expect(document.comparisons[1].comparison == nil)
    #expect(document.comparisons[1].reason?.contains("no predictions") == true)
  }

  @Test func `equal predictions show no difference anywhere`() throws {
    let document = try document()
    let comparison = try #require(document.comparisons[0].comparison)
    for difference in comparison.metrics.values { #expect(difference.difference ?? 0 == 0) }
    let text = document.html()
    #expect(text.contains("In no class is a difference of recall shown"))
    #expect(!text.contains(">better</td>") && !text.contains(">worse</td>"))
  }

  @Test func `a better model is called better, a smaller loss too`() throws {
    var better = try Samples.contents(name: "better", classes: ["a", "b", "c"], count: 400)
    let weak = try Samples.contents(name: "weak", classes: ["a", "b", "c"], count: 400)
    let predictions = try #require(better.evaluations[0].predictions)
    // The truth made certain in every second row.
    var probabilities = predictions.probabilities
    for row in stride(from: 0, to: 400, by: 2) {
      for index in 0..<3 {
        probabilities[row * 3 + index] = predictions.truths[row] == index ? 1 : 0
      }
    }
    better.evaluations[0].predictions = try Predictions(
      classes: predictions.classes, paths: predictions.paths, truths: predictions.truths.map { $0 },
      probabilities: Array(probabilities), columns: predictions.columns)
    let text = ReportDocument([weak, better]).html()
    #expect(text.contains(">better</td>") && !text.contains(">worse</td>"))
    #expect(text.contains("balanced accuracy</a> +0."))
  }

  @Test func `options that are equal are not listed, others are`() throws {
    var second = try Samples.contents(name: "second", classes: ["a", "b"])
    second.config = try ConfigRecord(
      parsing: Samples.config.replacing("mobilenet-v2 ", with: "resnet20 "), name: "config.yaml")
    let text = try ReportDocument([Samples.contents(classes: ["a", "b"]), second]).html()
    #expect(
      text.contains(
        "<th scope=\"row\">model</th><td><bdi class=\"path\">mobilenet-v2</bdi></td><td><bdi class=\"path\">resnet20</bdi></td>"
      ))
    #expect(!text.contains("<th scope=\"row\">method</th>\n") || text.contains("All 6 options"))
  }

  @Test func `the caution counts the comparisons`() throws {
    let text = try document().html()
    #expect(text.contains("This page makes about \(Metric.catalogue.count + 6) comparisons"))
    #expect(text.contains("The best of 3 runs is partly the luckiest"))
  }

  @Test func `tests of other images are not compared, and it says why`() throws {
    let other = try Samples.contents(name: "other", classes: ["a", "b", "x"])
    let document = try ReportDocument([Samples.contents(classes: ["a", "b", "c"]), other])
    let reason = try #require(document.comparisons[0].reason)
    #expect(reason.contains("class"))
    #expect(document.html().contains("was not compared"))
  }
}
