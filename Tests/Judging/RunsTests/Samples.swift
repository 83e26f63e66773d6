import Datasets
import Runs

/// Values made for a test.
enum Samples {
  /// A data set in memory: `counts[g][c]` examples of class c in group g, all of training.
  static func dataset(_ counts: [[Int]], split: Split? = .train) -> Dataset {
    var examples: [Example] = []
    for (group, row) in counts.enumerated() {
      for (label, count) in row.enumerated() {
        for number in 0..<count {
          examples.append(
            Example(
              path: "\(group)/\(label)/\(number)", source: .pixels(0), label: "c\(label)",
              split: split, group: "g\(group)", file: "t.csv", line: examples.count + 2))
        }
      }
    }
    return Dataset(name: "made", layout: .manifest, examples: examples)
  }

  /// An epoch of two classes, `a` and `b`, of which `a` had this label mass.
  static func epoch(
    _ number: Int, mass: Double, expected: Double? = nil, isBest: Bool = false,
    validation: [String: Double] = [:]
  ) -> EpochRecord {
    EpochRecord(
      epoch: number, trainLoss: 1 / Double(number), learningRate: 0.1, mixing: nil,
      drawn: [
        ClassDrawn(name: "a", examples: 30, distinct: 9, mass: mass, expectedMass: expected),
        ClassDrawn(
          name: "b", examples: 10, distinct: 1, mass: 1 - mass,
          expectedMass: expected.map { 1 - $0 }),
      ], validation: validation, isBest: isBest)
  }

  /// Training images of the classes `a` and `b`, 90 and 10.
  static var data: DataRecord {
    var record = DataRecord(dataset([]), classes: ["a", "b"], leakage: nil)
    record.counts = ["train": ["a": 90, "b": 10]]
    return record
  }

  /// A log of epochs.
  static func log(_ records: [EpochRecord]) -> MetricsLog {
    MetricsLog(records.map { .init(record: $0, seconds: 2) })
  }
}
