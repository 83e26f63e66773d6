import Evaluation

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

/// A rate of few: a count that speaks for itself, where a percentage would boast.
struct Proportion {
  var successes: Int
  var trials: Int

  /// Below this number of trials the count is shown.
  static let fewest = 10

  /// The rate, or `7 of 9`, linked to the definition of `key`.
  func html(_ key: String) -> HTML { HTML.defined("\(text)", key, isStop: false) }

  /// The rate, or `7 of 9`.
  var text: String {
    trials > 0 && trials < Self.fewest ? "\(successes) of \(trials)" : Figures.fixed(rate)
  }

  /// The rate; `nil` without trials.
  var rate: Double? { trials == 0 ? nil : Double(successes) / Double(trials) }

  /// Wilson's interval.
  var interval: Interval? { Interval.wilson(successes, of: trials) }
}

extension EvaluationPart {
  /// A metric with its interval.
  func estimate(_ key: String) -> Estimate {
    let interval = key == "accuracy" ? accuracyInterval : nil
    return Estimate(
      value: metrics[key], low: interval?.low, high: interval?.high,
      classes: metrics.classesAveraged[key].map { ($0, metrics.classes.count) })
  }

  private var accuracyInterval: Interval? {
    let right = metrics.confusionMatrix.indices.reduce(0) { $0 + metrics.confusionMatrix[$1][$1] }
    return Interval.wilson(right, of: metrics.n)
  }
}
