import Console
package import Plans
package import Sampling

/// What a run does about the sizes of classes more than once, or in a way that later steps do not know of: said when
/// training starts.
///
/// It follows from what the stages draw, weigh and add, not from the names of methods.
package struct CorrectionText {
  private let classes: [String]
  private let counts: ClassCounts
  /// Weights of classes that the run was given beside those of its method, `[C]`.
  private var given: [Double]?

  /// Lines about the stages whose answers the model has; none where all is plain.
  ///
  /// - Parameters:
  ///   - stages: of the run, with its weights of classes.
  ///   - classes: names, `[C]`.
  ///   - counts: of the training set.
  ///   - given: the run's weights of classes, `[C]`, above 0: the part of the stages' weights that is not the method's; `nil`
  ///     where there are none.
  package static func lines(
    _ stages: [Stage], _ classes: [String], _ counts: ClassCounts, given: [Double]? = nil
  ) -> [String] {
    guard let found = last(stages, counts) else { return [] }
    let text = CorrectionText(classes: classes, counts: counts, given: given)
    return [text.twice(found), text.blended(found), text.answered(found)].compactMap(\.self)
  }

  /// That the model answers for other shares than the data have, in a way that `decide` does not see; `nil` where it does not.
  ///
  /// - Parameters:
  ///   - stages: of the run, with its weights of classes.
  ///   - classes: names, `[C]`.
  ///   - counts: of the training set.
  package static func otherShares(
    _ stages: [Stage], _ classes: [String], _ counts: ClassCounts
  ) -> String? {
    last(stages, counts).flatMap(CorrectionText(classes: classes, counts: counts).answered)
  }

  private static func last(_ stages: [Stage], _ counts: ClassCounts) -> ClassCorrection? {
    counts.count > 1 ? stages.last?.correction(for: counts) : nil
  }

  /// The rarest and the commonest class.
  private var ends: (rare: Int, common: Int) {
    let order = counts.counts.indices.sorted { counts.counts[$0] < counts.counts[$1] }
    return (order[0], order[order.count - 1])
  }

  /// How much more the rarest class has of something than the commonest.
  private func favour(_ values: [Double]) -> Double { values[ends.rare] / values[ends.common] }

  /// Two ways that together go beyond balance.
  private func twice(_ found: ClassCorrection) -> String? {
    let weighted = given.map(favour) ?? 1
    let own = favour(found.weights) / weighted
    let ways: [(factor: Double, words: (String) -> String)] = [
      (favour(found.drawn), { "is drawn \($0) as often as it comes" }),
      (own, { "weighs \($0) as much" }),
      (
        weighted,
        { own > 1.1 ? "weighs \($0) as much again by --class-weights" : "weighs \($0) as much" }
      ),
      (favour(found.offsets), { "is favoured \($0) by the loss" }),
      (favour(found.shift), { "is favoured \($0) after training" }),
    ].filter { $0.factor > 1.1 }
    let result = favour(found.answered)
    guard ways.count > 1, result > 1.1 else { return nil }
    let each = ways.map { $0.words(Self.times($0.factor)) }.joined(separator: ", and ")
    return
      "corrected \(ways.count == 2 ? "twice" : "\(ways.count) times"): next to \(described(ends.common)),"
      + " \(described(ends.rare)) \(each); the model will answer as if it were"
      + " \(Self.times(result)) as common,"
      + " where one of these alone aims at equal: leave one out"
  }

  /// Weights of rows that belong to two classes.
  private func blended(_ found: ClassCorrection) -> String? {
    guard found.blends, let least = found.weights.min(), let most = found.weights.max(),
      most > 1.1 * least
    else { return nil }
    return
      "class weights and blended rows: each part of a blend weighs by its own class,"
      + " and a step's mean is over these weights"
  }

  /// Answers for other shares than the data have, by a loss or a shift, which `decide` does not see.
  private func answered(_ found: ClassCorrection) -> String? {
    let unseen = found.priors.indices.map {
      found.weights[$0] * found.offsets[$0] * found.shift[$0]
    }
    guard favour(unseen) > 1.5 else { return nil }
    let (here, there) = (found.answered[ends.rare], found.priors[ends.rare])
    return
      "the model's probabilities are those of other class frequencies than the data's:"
      + " \(described(ends.rare)) as if"
      + " \(Format.decimal(here)) of all, where it is \(Format.decimal(there)). That is"
      + " not undone by steelyard decide, unless the training part was thinned out or drawn otherwise and"
      + " validation shows it: choose --calibration vector with --target-prior or --costs, or the prior"
      + " is corrected twice"
  }

  private func described(_ label: Int) -> String {
    "'\(classes[label])' (\(Format.count(counts.counts[label])))"
  }

  private static func times(_ value: Double) -> String {
    (value < 9.95 ? Format.decimal(value, places: 1) : Format.count(Int(value.rounded())))
      + " times"
  }
}
