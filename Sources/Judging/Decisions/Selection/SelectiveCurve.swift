import Requirements

/// Risk against coverage: how often the model errs where it answers, if it leaves the rest to a
/// human.
///
/// Examples are answered from the most confident down. Equal confidences are answered together;
/// within such a block the errors are taken as spread evenly, so the order of rows changes nothing.
///
/// Source: El-Yaniv and Wiener, "On the foundations of noise-free selective classification", JMLR 11,
/// 2010; the area: Geifman et al., "Bias-reduced uncertainty estimation for deep neural classifiers",
/// ICLR 2019.
public struct SelectiveCurve: Sendable, Equatable, Codable {
  /// What answering from one confidence on amounts to.
  public struct Point: Sendable, Equatable, Codable {
    /// Answered from this confidence on.
    public let threshold: Double
    /// Examples answered.
    public let answered: Int
    /// Those of them answered wrongly.
    public let errors: Int
    /// Part of the examples answered.
    public let coverage: Double
    /// Part of the answered that is wrong.
    public let risk: Double
  }

  /// From the smallest coverage to all; thinned to about 100 points where there are more confidences.
  public let points: [Point]
  /// Mean risk over all coverages 1/N … 1; `nil` without examples.
  public let area: Double?

  /// The curve of decisions.
  ///
  /// - Parameters:
  ///   - confidences: `[N]`.
  ///   - isRight: Whether each decision is right, `[N]`.
  /// - Precondition: both have the same length.
  public init(_ confidences: [Double], _ isRight: [Bool]) {
    let blocks = Self.blocks(confidences, isRight)
    area = Self.area(blocks)
    let step = max(blocks.count / 100, 1)
    points = blocks.enumerated().filter { $0.offset % step == 0 || $0.offset == blocks.count - 1 }
      .map(\.element)
  }

  /// A point for every different confidence, from the highest down.
  static func blocks(_ confidences: [Double], _ isRight: [Bool]) -> [Point] {
    require(
      confidences.count == isRight.count,
      "SelectiveCurve: expected \(confidences.count) answers, got \(isRight.count)")
    let order = confidences.indices.sorted { confidences[$0] > confidences[$1] }
    let total = Double(confidences.count)
    var (points, errors): ([Point], Int) = ([], 0)
    for (place, row) in order.enumerated() {
      errors += isRight[row] ? 0 : 1
      if place + 1 < order.count, confidences[order[place + 1]] == confidences[row] { continue }
      points.append(
        Point(
          threshold: confidences[row], answered: place + 1, errors: errors,
          coverage: Double(place + 1) / total, risk: Double(errors) / Double(place + 1)))
    }
    return points
  }

  private static func area(_ blocks: [Point]) -> Double? {
    var (sum, answered, errors) = (0.0, 0, 0)
    for block in blocks {
      let slope = Double(block.errors - errors) / Double(block.answered - answered)
      for place in answered + 1...block.answered {
        sum += (Double(errors) + slope * Double(place - answered)) / Double(place)
      }
      (answered, errors) = (block.answered, block.errors)
    }
    return answered == 0 ? nil : sum / Double(answered)
  }
}

/// Risk against coverage overall and for the examples of each class.
public struct SelectivePrediction: Sendable, Equatable, Codable {
  /// One class's row.
  public struct ClassCurve: Sendable, Equatable, Codable {
    /// Name of the class.
    public let name: String
    /// Examples of the class.
    public let support: Int
    /// Its curve: coverage and risk among the examples of the class; `nil` without any.
    public let curve: SelectiveCurve?

    enum CodingKeys: String, CodingKey {
      case name = "class"
      case support, curve
    }
  }

  /// All examples.
  public let overall: SelectiveCurve
  /// The examples of each class, `[C]`. A good average can hide a rare class that is answered
  /// seldom or wrongly.
  public let classes: [ClassCurve]

  /// The curves of `sample`; the confidence is the probability of the decided class.
  ///
  /// - Parameters:
  ///   - sample: Labelled examples.
  ///   - decisions: Decided classes, `[N]`; the most probable where `nil`.
  /// - Precondition: `decisions` has one entry a row.
  public init(_ sample: LabelledProbabilities, decisions: [Int]? = nil) {
    let decided = decisions ?? (0..<sample.count).map { largestIndex(sample[$0]) }
    require(
      decided.count == sample.count,
      "SelectivePrediction: expected \(sample.count) decisions, got \(decided.count)")
    let confidences = decided.enumerated().map {
      sample.probabilities[$0 * sample.classes.count + $1]
    }
    let right = zip(decided, sample.truths).map { $0 == $1 }
    overall = SelectiveCurve(confidences, right)
    classes = sample.classes.indices.map { index in
      let rows = sample.truths.indices.filter { sample.truths[$0] == index }
      return ClassCurve(
        name: sample.classes[index], support: rows.count,
        curve: rows.isEmpty
          ? nil : SelectiveCurve(rows.map { confidences[$0] }, rows.map { right[$0] }))
    }
  }
}
