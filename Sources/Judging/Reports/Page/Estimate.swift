import Decisions
import Evaluation
import Runs
import Uncertainty

/// A value with its interval, as the page shows it.
struct Estimate {
  var value: Double?
  var low: Double?
  var high: Double?
  /// Number of classes in the mean, and of all classes; `nil` where it is no mean over classes.
  var classes: (averaged: Int, all: Int)?

  /// Value, and its interval where there is one, linked to the definition of `key`.
  func html(_ key: String, isStop: Bool = false) -> HTML {
    HTML.defined("\(Figures.fixed(value))", key, isStop: isStop) + interval
  }

  /// The interval in small figures, or nothing.
  var interval: HTML {
    guard let low, let high else { return "" }
    return " <small class=\"ci\">\(Figures.range(low, high, 2))</small>"
  }
}

extension Rate {
  /// The rate, or `7 of 9`, linked to the definition of `key`.
  func html(_ key: String) -> HTML { HTML.defined("\(text)", key, isStop: false) }

  /// The rate, or `7 of 9`.
  var text: String {
    trials > 0 && isOfFew ? "\(count) of \(trials)" : Figures.fixed(value)
  }
}

extension EvaluationPart {
  /// A metric with its interval.
  func estimate(_ key: String) -> Estimate {
    let interval = judgement.assessment?.intervals[key]
    return Estimate(
      value: metrics[key], low: interval?.low, high: interval?.high,
      classes: metrics.classesAveraged[key].map { ($0, metrics.classes.count) })
  }

  /// A value of one class with its interval; of a rate Wilson's where none were made. Where some were, a class
  /// without one has too few groups for any.
  func estimate(_ statistic: ClassStatistic, of index: Int) -> Estimate {
    let row = metrics.perClass[index]
    let interval = judgement.assessment?.classIntervals[index][statistic].map { ($0.low, $0.high) }
    let (value, wilson): (Double?, Interval?) =
      switch statistic {
      case .recall: (row.recall, .wilson(row.correct, of: row.support))
      case .precision: (row.precision, .wilson(row.correct, of: row.predicted))
      case .specificity: (row.specificity, nil)
      case .f1: (row.f1, nil)
      case .rocAUC: (row.rocAUC, nil)
      case .averagePrecision: (row.averagePrecision, nil)
      }
    let isMade = judgement.assessment != nil
    let ends = isMade ? interval : wilson.map { ($0.low, $0.high) }
    return Estimate(value: value, low: ends?.0, high: ends?.1)
  }
}
