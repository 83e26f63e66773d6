/// What a fitted calibration does that should not pass without a word.
public enum CalibrationWarning: Sendable, Equatable, CustomStringConvertible {
  /// T ended at the lower end of its range.
  case temperatureAtLeast(Double)
  /// T ended at the upper end of its range.
  case temperatureAtMost(Double)
  /// The higher a class's probability before, the lower it is after.
  case turnsRanking(classes: [String])
  /// A class has the same probability after, whatever it was before.
  case losesRanking(classes: [String])

  /// The mean calibrated probability of a class is not its part of validation.
  case departsFromShare(className: String, mean: Double, share: Double)

  /// Whether the order of the examples by a class's probability is turned round or lost.
  public var isOfRanking: Bool {
    switch self {
    case .temperatureAtLeast, .temperatureAtMost, .departsFromShare: false
    case .turnsRanking, .losesRanking: true
    }
  }

  /// The warning in English.
  public var description: String {
    switch self {
    case .temperatureAtLeast(let temperature):
      "the temperature is \(shown(temperature)), the least that is sought: validation does not determine it;"
        + " nearly every image is decided rightly there, and probabilities become 0 and 1"
    case .temperatureAtMost(let temperature):
      "the temperature is \(shown(temperature)), the greatest that is sought: validation does not determine"
        + " it; the scores say nothing there, or the wrong class, and probabilities become nearly equal"
    case .turnsRanking(let classes):
      "the fit turns the ranking round for \(listed(classes)): on validation a higher probability of it meant"
        + " fewer of its images; are labels or columns exchanged?"
    case .losesRanking(let classes):
      "the fit gives every image the same probability of \(listed(classes)): validation shows no use in"
        + " what the model says of it, or has too few of its images"
    case .departsFromShare(let name, let mean, let share):
      "the calibrated probability of '\(name)' is \(shown(mean)) in the mean of validation, of which it is"
        + " \(shown(share)): costs, priors and an estimated prevalence suppose that both are the same;"
        + " a calibration by class (vector) makes them so"
    }
  }

  private func shown(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }

  private func listed(_ names: [String]) -> String {
    names.prefix(6).map { "'\($0)'" }.joined(separator: ", ")
      + (names.count > 6 ? " and \(names.count - 6) more" : "")
  }
}

extension Calibration {
  /// What the fit does that should not pass without a word, from its numbers alone.
  ///
  /// A class's ranking is turned round where its own logarithm lowers its logit against the others: a
  /// negative slope w_c of vector scaling; W_cc below the mean of the other W_ic of Dirichlet calibration, as
  /// softmax leaves a constant of a column out. It is lost where the curve of isotonic regression is
  /// level over scores that differ.
  ///
  /// - Parameter classes: Names in the order of the model, `[C]`.
  public func warnings(classes: [String]) -> [CalibrationWarning] {
    switch self {
    case .none: return []
    case .temperature(let scaling):
      guard scaling.isAtBound else { return [] }
      return scaling.temperature < 1
        ? [.temperatureAtLeast(scaling.temperature)] : [.temperatureAtMost(scaling.temperature)]
    case .vector(let scaling):
      return turned(scaling.slopes.map { $0 < 0 }, scaling.occurring, classes)
    case .dirichlet(let map):
      let width = map.occurring.count
      let isTurned = (0..<width).map { c in
        let column = (0..<width).filter { $0 != c }.map { map.weights[$0 * width + c] }
        return map.weights[c * width + c] < column.reduce(0, +) / Double(max(column.count, 1))
      }
      return turned(isTurned, map.occurring, classes)
    case .isotonic(let regression):
      let lost = zip(regression.occurring.indices, regression.curves).filter { $0.1.isLevel }
      return lost.isEmpty ? [] : [.losesRanking(classes: lost.map { classes[$0.0] })]
    }
  }

  private func turned(
    _ isTurned: [Bool], _ occurring: OccurringClasses, _ classes: [String]
  ) -> [CalibrationWarning] {
    let names = zip(occurring.indices, isTurned).filter(\.1).map { classes[$0.0] }
    return names.isEmpty ? [] : [.turnsRanking(classes: names)]
  }
}

extension DecisionRule {
  /// The class whose mean probability departs most from its part of the examples: by more than three standard errors,
  /// over whole groups where there are any, and by more than .02.
  ///
  /// What the target correction does is left out: it moves the mean on purpose.
  ///
  /// - Parameter validation: What the rule was chosen on, with the model's own probabilities.
  public func departure(on validation: LabelledProbabilities) -> CalibrationWarning? {
    var natural = self
    natural.targetCorrection = nil
    let sample = natural.applied(to: validation)
    let members = Dictionary(
      grouping: sample.truths.indices,
      by: { row in
        let name = sample.groups?[row] ?? ""
        return name.isEmpty ? "\u{0}\(row)" : name
      }
    ).values
    let count = Double(max(1, sample.count))
    var found: (CalibrationWarning, Double)?
    for (index, name) in sample.classes.enumerated() {
      let column = sample.column(index)
      let mean = column.reduce(0, +) / count
      let excess = mean - sample.prior[index]
      let squares = members.reduce(0.0) { sum, rows in
        let own = rows.reduce(0.0) {
          $0 + column[$1] - (sample.truths[$1] == index ? 1 : 0) - excess
        }
        return sum + own * own
      }
      guard abs(excess) > max(0.02, 3 * squares.squareRoot() / count), abs(excess) > found?.1 ?? 0
      else { continue }
      found = (
        .departsFromShare(className: name, mean: mean, share: sample.prior[index]), abs(excess)
      )
    }
    return found?.0
  }
}

/// Which calibration is best, and which were not taken for what they do to the ranking.
public struct CalibrationChoice: Sendable, Equatable {
  /// The method of least cross-fitted log loss among those that keep the ranking.
  public let method: CalibrationMethod
  /// Names of methods that were not taken, with the reason, though their log loss is less.
  public let refused: [(method: String, reason: CalibrationWarning)]

  /// Whether both say the same.
  public static func == (left: CalibrationChoice, right: CalibrationChoice) -> Bool {
    left.method == right.method
      && left.refused.elementsEqual(right.refused) {
        $0.method == $1.method && $0.reason == $1.reason
      }
  }
}
