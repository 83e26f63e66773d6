import Evaluation
import Foundation
import Targets
import TestSupport

/// The tables of `Goldens/Targets/targets.py` with their values.
enum TargetGoldens {
  /// A table of labels; 1, 0, and −1 where not known.
  struct Labels: Decodable {
    let truths: [[Int]]
    let scores: [[Double]]
    let weights: [Int]
    let once, weighted: [String: Values]

    /// The rows as often as they are counted.
    func predictions(_ weights: [Int]? = nil) -> LabelPredictions {
      let rows = (weights ?? truths.map { _ in 1 }).enumerated().flatMap { row, weight in
        (0..<weight).map { (row, $0) }
      }
      return LabelPredictions(
        labels: truths[0].indices.map { "l\($0)" },
        paths: rows.map { "\(1000 + $0.0)-\($0.1).png" },
        truths: rows.flatMap { row in truths[row.0].map { $0 < 0 ? nil : $0 == 1 } },
        probabilities: rows.flatMap { scores[$0.0] })
    }
  }

  /// A table of numbers.
  struct Numbers: Decodable {
    let truths, predicted, lower, upper: [Double]
    let weights: [Int]
    let once, weighted: [String: Values]

    func predictions(_ weights: [Int]? = nil) -> NumberPredictions {
      let rows = (weights ?? truths.map { _ in 1 }).enumerated().flatMap { row, weight in
        (0..<weight).map { (row, $0) }
      }
      return NumberPredictions(
        paths: rows.map { "\(1000 + $0.0)-\($0.1).png" }, truths: rows.map { truths[$0.0] },
        predicted: rows.map { predicted[$0.0] },
        intervals: rows.map { lower[$0.0]...upper[$0.0] })
    }
  }

  /// A table of grades.
  struct Grades: Decodable {
    let grades: Int
    let truths, decided: [Int]
    let values: [String: Values]

    func predictions() throws -> Predictions {
      try Predictions(
        classes: (0..<grades).map { "g\($0)" }, paths: truths.indices.map { "\(1000 + $0).png" },
        truths: truths, predicted: decided,
        probabilities: decided.flatMap { decided in
          (0..<grades).map { $0 == decided ? 1.0 : 0.0 }
        })
    }
  }

  /// One value or one a label, null where undefined.
  enum Values: Decodable {
    case one(Double?)
    case each([Double?])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let each = try? container.decode([Double?].self) {
        self = .each(each)
      } else {
        self = .one(container.decodeNil() ? nil : try container.decode(Double.self))
      }
    }
  }

  /// Whether both are undefined, or the same to 1e-9.
  static func agree(_ value: Double?, _ golden: Double?) -> Bool {
    switch (value, golden) {
    case (nil, nil): true
    case (let value?, let golden?): abs(value - golden) <= 1e-9 * max(1, abs(golden))
    default: false
    }
  }
}
