import Evaluation
import Randomness
import Testing
import Uncertainty

@Suite("Statistics of a resample")
struct StatisticListTests {
  @Test("metrics of the catalogue first, then every statistic of every class, undefined as NaN")
  func order() throws {
    let predictions = try Predictions(
      classes: ["a", "b", "c"], paths: ["1", "2", "3"], truths: [0, 1, 1],
      probabilities: [0.8, 0.1, 0.1, 0.2, 0.7, 0.1, 0.6, 0.3, 0.1])
    let inputs = repeated(predictions, [1, 1, 1])
    let list = StatisticList(classes: 3)
    let values = list.values(inputs)
    #expect(values.count == list.count)
    #expect(list.count == Metric.catalogue.count + 18)
    let report = MetricsReport(predictions)
    for (place, metric) in Metric.catalogue.enumerated() {
      let value = report[metric.name]
      #expect(value == nil ? values[place].isNaN : values[place] == value)
    }
    for (index, row) in report.perClass.enumerated() {
      let expected: [ClassStatistic: Double?] = [
        .recall: row.recall, .precision: row.precision, .specificity: row.specificity,
        .f1: row.f1, .rocAUC: row.rocAUC, .averagePrecision: row.averagePrecision,
      ]
      for (statistic, value) in expected {
        let found = values[list.place(of: statistic, class: index)]
        #expect(value.map { $0 == found } ?? found.isNaN, "\(statistic) of \(row.name)")
      }
    }
  }

  @Test("no two statistics share a place")
  func places() {
    let list = StatisticList(classes: 7)
    var places = Set(Metric.catalogue.indices)
    for statistic in ClassStatistic.allCases {
      for index in 0..<7 {
        #expect(places.insert(list.place(of: statistic, class: index)).inserted)
      }
    }
    #expect(places == Set(0..<list.count))
  }
}
