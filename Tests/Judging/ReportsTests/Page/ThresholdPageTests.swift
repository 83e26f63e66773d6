import Evaluation
import Files
import Foundation
import Reports
import Runs
import Testing
import Uncertainty

@Suite struct ThresholdPageTests {
  private func part(classes: Int = 9) throws -> (ReportDocument, EvaluationPart) {
    let contents = try Samples.contents(classes: Samples.names(classes), count: 400)
    let predictions = try #require(contents.evaluations[0].predictions)
    var judged = contents
    judged.evaluations[0].judgement = .assessed(
      Assessment(predictions, settings: IntervalSettings(resamples: 100)))
    let document = ReportDocument([judged])
    return (document, document.runs[0].evaluations[0])
  }

  @Test func `the page has the values and intervals of the metrics`() throws {
    let (document, part) = try part()
    let text = document.html()
    let metrics = try #require(part.judgement.assessment?.thresholdMetrics[0])
    let all: [(String, ThresholdPoint)] = [
      ("sensitivity-at-specificity", metrics.sensitivityAtSpecificity[0]),
      ("specificity-at-sensitivity", metrics.specificityAtSensitivity[1]),
      ("precision-at-top", metrics.precisionAtTop[0]), ("net-benefit", metrics.netBenefit[0]),
    ]
    for (key, point) in all {
      let (value, interval) = (try #require(point.value), try #require(point.interval))
      #expect(
        text.contains(
          "href=\"#def-\(key)\" tabindex=\"-1\">\(Figures.fixed(value))</a> <small class=\"ci\">"
            + "\(Figures.range(interval.low, interval.high, 2))</small>"), "\(key)")
      #expect(text.contains("id=\"def-\(key)\""))
    }
    #expect(text.contains("id=\"def-imbalance-impact\""))
  }

  @Test func `curves of the six rarest classes, the rarest first, drawn with words`() throws {
    let (document, part) = try part()
    let (text, curves) = (document.html(), try #require(part.thresholdCurves))
    #expect(curves.count == 6 && curves.map(\.positives) == curves.map(\.positives).sorted())
    #expect(text.count(of: "<title id=\"benefit-") == 6)
    #expect(text.count(of: "<title id=\"impact-") == 6)
    #expect(text.contains("Decision curve of \(curves[0].name)"))
    #expect(text.contains("The model is above treating all and none at "))
    let predictions = try #require(
      try Samples.contents(classes: Samples.names(9), count: 400).evaluations[0].predictions)
    let index = try #require(predictions.classes.firstIndex(of: curves[0].name))
    let ranking = predictions.ranking(of: index)
    #expect(curves[0].decision[9] == ranking.netBenefit(at: 0.1))
    #expect(
      curves[0].impact.curve.last == ImbalanceImpact(predictions, of: index).curve.first)
  }

  @Test func `metrics of before thresholds: said, and the curves are there`() throws {
    let contents = try Samples.contents(classes: Samples.names(3), count: 60)
    var options = ReportOptions()
    options.intervals = nil
    let text = ReportDocument([contents], options: options).html()
    #expect(text.contains("These metrics are not in <code>metrics-*.json</code>."))
    #expect(text.contains("<title id=\"benefit-0"))
  }

  @Test func `one class alone has no curves`() throws {
    let predictions = try Predictions(
      classes: ["here", "absent"], paths: ["1", "2"], truths: [0, 0],
      probabilities: [0.9, 0.1, 0.8, 0.2])
    let document = ReportDocument([
      RunContents(name: "x", evaluations: [.init(split: "test", predictions: predictions)])
    ])
    #expect(document.runs[0].evaluations[0].thresholdCurves == [])
    #expect(!document.html().contains("benefit-0"))
  }

  @Test func `a document of before the curves still reads`() throws {
    let (document, _) = try part(classes: 2)
    let text = String(decoding: try JSONFile.encodeLine(document), as: UTF8.self)
    let old = text.replacing("\"threshold_curves\"", with: "\"something_else\"")
    let read = try JSONFile.decode(ReportDocument.self, from: Array(old.utf8), name: "old.json")
    #expect(read.runs[0].evaluations[0].thresholdCurves == nil)
    let again = try JSONFile.decode(ReportDocument.self, from: Array(text.utf8), name: "x.json")
    #expect(again == document)
  }
}
