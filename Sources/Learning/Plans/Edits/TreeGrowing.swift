import Boosting
import Networks
package import Randomness
import Requirements
import Sampling
import Torch

/// What ``BoostedTrees`` grows, target by target.
struct TreeGrowing {
  let library: LightGBM
  let edit: BoostedTrees
  let tools: any EditTools
  let training: LabelledFeatures
  let validation: LabelledFeatures?
  /// Of what is drawn.
  let key: RandomKey

  /// Trees of classes.
  func classes() throws -> TreesHead {
    let counts = tools.classes.counts
    let weights = BoostedTrees.weights(counts, balance: edit.balance)
    func rows(_ features: LabelledFeatures) -> BoostingRows {
      BoostingRows(
        values: features.values, columns: features.width, labels: features.labels,
        weights: features.labels.map { weights[$0] })
    }
    let grown = try grow(
      rows(training), validation.flatMap { $0.labels.isEmpty ? nil : rows($0) },
      .classes(counts.count))
    tools.say(words(grown))
    return TreesHead(text: grown.text, counts: counts)
  }

  /// A booster of the number.
  func number() throws -> BoostersHead {
    let numbers = known(training.numbers, "numbers")
    let density = edit.weighsDensity ? SmoothedDensity(of: numbers) : nil
    func rows(_ features: LabelledFeatures, _ numbers: [Double]) -> BoostingRows {
      BoostingRows(
        values: features.values, columns: features.width, targets: numbers.map { Float($0) },
        weights: density.map { density in numbers.map { Float(density.weight(of: $0)) } })
    }
    let seen = validation.map { rows($0, known($0.numbers, "numbers")) }
    let grown = try grow(
      rows(training, numbers), seen.flatMap { $0.count > 0 ? $0 : nil },
      .number(endedBy: edit.numberError))
    tools.say(words(grown, of: "in standard deviations of the training numbers, "))
    return BoostersHead(BoosterSections([.trees(grown.text)]), counts: [numbers.count])
  }

  /// Grows one booster.
  ///
  /// - Parameters:
  ///   - rows: what is learned from.
  ///   - seen: what ends it.
  ///   - objective: what it is grown for.
  ///   - place: which booster it is, from 0.
  ///   - count: how many there are.
  func grow(
    _ rows: BoostingRows, _ seen: BoostingRows?, _ objective: BoostingObjective, _ place: Int = 0,
    of count: Int = 1
  ) throws -> GrownTrees {
    try library.grow(
      rows, validation: seen, objective, edit.settings,
      seed: BoostedTrees.seed(ofBooster: place, key), threads: Engine.threads
    ) { try tools.fitting(place * $1 + $0, of: count * $1) }
  }

  /// Targets that the network's decoding promises.
  func known<Targets>(_ targets: Targets?, _ what: String) -> Targets {
    guard let targets else {
      requirementFailed("BoostedTrees: expected rows with \(what), got rows without")
    }
    return targets
  }

  /// How many rounds are kept, and why.
  private func words(_ grown: GrownTrees, of unit: String = "") -> String {
    let empty =
      grown.empty > 0 && edit.settings.draws
      ? "; the rows and features that \(grown.empty) more rounds drew held no split" : ""
    guard let loss = grown.loss else {
      return
        "lightgbm: there is no validation part to end it, so all \(grown.rounds) rounds are kept"
        + empty
    }
    let digits = (loss * 10_000).rounded() / 10_000
    return
      "lightgbm: \(grown.rounds) of \(grown.grown) rounds are kept, those of the smallest \(grown.metric) of"
      + " validation (\(unit)\(digits))" + empty
      + (grown.isCut ? "; more may be better, with --set rounds" : "")
  }
}

extension BoostedTrees {
  /// LightGBM's seed of a booster; each booster of a head has another, and the first that of a head of classes.
  ///
  /// - Parameters:
  ///   - place: which booster it is, from 0.
  ///   - key: of what the head draws.
  /// - Returns: at least 0.
  package static func seed(ofBooster place: Int, _ key: RandomKey) -> Int32 {
    var source = key.source
    var seed = Int32(0)
    for _ in 0...place { seed = Int32(source.below(Int(Int32.max))) }
    return seed
  }
}

extension LabelledFeatures {
  /// `[N, F]`, row by row.
  var values: [Float] { features.to(.float32).contiguous().scalars(as: Float.self) }
  /// F.
  var width: Int { features.shape[1] }
}
