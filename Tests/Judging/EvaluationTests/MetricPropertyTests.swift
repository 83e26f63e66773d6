import Evaluation
import Files
import Randomness
import TestSupport
import Testing

@Suite("Metrics: what must not matter does not")
struct MetricPropertyTests {
  @Test("the rows in another order give the same bytes")
  func permutedRows() throws {
    for number in 1...200 {
      let table = GoldenTable(number)
      var shuffled = table
      var random = RandomKey(seed: UInt64(number)).folding("rows").source
      let order = random.shuffle(table.truths.count)
      shuffled.truths = order.map { table.truths[$0] }
      shuffled.decisions = order.map { table.decisions[$0] }
      shuffled.scores = order.flatMap {
        table.scores[$0 * table.classes..<($0 + 1) * table.classes]
      }
      let (one, other) = (
        MetricsReport(try table.predictions()), MetricsReport(try shuffled.predictions())
      )
      #expect(try JSONFile.encode(one) == JSONFile.encode(other), "table \(number)")
    }
  }

  @Test("every row twice or three times changes no mean", arguments: [2, 3])
  func repeatedRows(times: Int) {
    for number in 1...200 {
      let table = GoldenTable(number)
      var repeated = MetricsAccumulator(classes: table.classes)
      for _ in 0..<times { for outcome in table.outcomes { repeated.add(outcome) } }
      let (once, often) = (table.evidence.value, repeated.value)
      for metric in Metric.catalogue {
        let (one, other) = (metric(once), metric(often))
        #expect(one.classesAveraged == other.classesAveraged, "\(number): \(metric.name)")
        // Pairs of equal examples are neither in order nor out of it: tau-b is of pairs, yet stays.
        if one.value == nil && metric.name == "kendall_tau" { continue }
        #expect((one.value == nil) == (other.value == nil), "\(number): \(metric.name)")
        #expect(
          close(one.value ?? 0, other.value ?? 0, relative: 1e-9, absolute: 1e-12),
          "table \(number): \(metric.name)")
      }
    }
  }

  @Test("any permutation of the classes moves rows of the report, and changes no mean")
  func permutedClasses() {
    let ordered = ["cohen_kappa_linear", "cohen_kappa_quadratic", "kendall_tau"]
    for number in 1...200 {
      let table = GoldenTable(number)
      guard table.classes > 2 else { continue }
      var random = RandomKey(seed: UInt64(number)).folding("classes").source
      let place = random.shuffle(table.classes)
      var moved = MetricsAccumulator(classes: table.classes)
      for outcome in table.outcomes {
        var scores = [Double](repeating: 0, count: table.classes)
        for (index, p) in outcome.probabilities.enumerated() { scores[place[index]] = p }
        moved.add(
          Outcome(
            truth: place[outcome.truth], predicted: place[outcome.predicted],
            probabilities: scores[...]))
      }
      let (before, after) = (table.evidence.value, moved.value)
      for metric in Metric.catalogue where !ordered.contains(metric.name) {
        if metric.name.hasPrefix("top_") || metric.name == "ece" && table.hasTiedMaximum {
          continue
        }
        #expect(metric(before) == metric(after), "table \(number): \(metric.name)")
      }
      for index in place.indices {
        #expect(before.rocAUC[index] == after.rocAUC[place[index]])
        #expect(before.averagePrecision[index] == after.averagePrecision[place[index]])
        #expect(before.classCalibrationError[index] == after.classCalibrationError[place[index]])
      }
    }
  }

  @Test("values lie where they should")
  func ranges() {
    for number in 1...500 {
      let inputs = GoldenTable(number).evidence.value
      for metric in Metric.catalogue {
        guard let value = metric(inputs).value else { continue }
        let range: ClosedRange<Double> =
          switch metric.name {
          case "mcc", "kendall_tau": -1...1
          case "cohen_kappa", "cohen_kappa_linear", "cohen_kappa_quadratic": -1e3...1
          case "log_loss": 0...36.05
          case "brier": 0...2
          default: 0...1
          }
        let isInside = value >= range.lowerBound - 1e-12 && value <= range.upperBound + 1e-12
        #expect(isInside, "table \(number): \(metric.name) \(value)")
      }
    }
  }

  @Test("a perfect model reaches the best value of every metric")
  func perfect() throws {
    let truths = [0, 1, 2, 3, 4, 0, 0, 2]
    let probabilities = truths.flatMap { truth in (0..<5).map { $0 == truth ? 1.0 : 0 } }
    var predictions = try Predictions(
      classes: ["a", "b", "c", "d", "e"], paths: truths.indices.map(String.init),
      truths: truths, probabilities: probabilities)
    predictions.areOrdered = true
    let report = MetricsReport(predictions)
    for metric in Metric.catalogue where !metric.name.hasPrefix("recall_") {
      let value = try #require(report[metric.name], "\(metric.name)")
      #expect(close(value, metric.higherIsBetter ? 1 : 0, absolute: 1e-12), "\(metric.name)")
    }
  }
}
