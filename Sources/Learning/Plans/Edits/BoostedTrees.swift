public import Boosting
import Foundation
public import Networks
import Randomness
import Requirements
import Sampling
import Torch

/// A head of boosted trees, grown by LightGBM on the features of the training examples; see ``Networks/TreesHead`` and
/// ``Networks/BoostersHead``.
///
/// | decoding | what is grown |
/// |---|---|
/// | `softmax` | classes: a tree for each class a round |
/// | `labels` | a booster for each label, of the rows that know it |
/// | `cumulative` | a booster for each grade but the last, of being beyond it |
/// | `corn` | the same, each of the rows that are of that grade or beyond, so that probabilities are products and never cross |
/// | `value` | one booster of the number |
///
/// A row of a class weighs w_y = (N / (C n_y))^γ in training and in validation alike, so that validation ends what training does.
/// Of a label or grade C is 2, yes and no. A number weighs 1, or as ``Sampling/SmoothedDensity`` has it.
public struct BoostedTrees: NetworkEdit, Equatable {
  /// How trees are grown.
  public var settings: BoostingSettings
  /// γ, at least 0; 0 weighs rows alike, 1 classes alike.
  public var balance: Double
  /// Whether numbers of which few lie near weigh more.
  public var weighsDensity: Bool
  /// What of validation ends the growing where the target is a number.
  public var numberError: BoostingObjective.NumberError
  /// Whether a grade's booster is to ask the rows alone that have come so far. The network's decoding decides; this tells where
  /// it was asked for and the target has no grades.
  public var asksOnward: Bool

  /// - Parameters:
  ///   - settings: how trees are grown.
  ///   - balance: γ, at least 0.
  ///   - weighsDensity: whether numbers of which few lie near weigh more.
  ///   - numberError: what of validation ends the growing where the target is a number.
  ///   - asksOnward: whether a grade's booster is to ask the rows alone that have come so far.
  public init(
    _ settings: BoostingSettings = BoostingSettings(), balance: Double = 0,
    weighsDensity: Bool = false, numberError: BoostingObjective.NumberError = .rmse,
    asksOnward: Bool = false
  ) {
    (self.settings, self.balance) = (settings, balance)
    (self.weighsDensity, self.numberError) = (weighsDensity, numberError)
    self.asksOnward = asksOnward
  }

  /// The same features under the trees.
  ///
  /// - Throws: `BoostingError` where LightGBM is not installed or refuses, what reading an example throws, and what the tools throw
  ///   where they are asked to stop.
  /// - Precondition: a network of one head, of a decoding in the table; its targets.
  public func edited(_ network: Network, with tools: any EditTools) throws -> Network {
    require(
      network.heads.count == 1, "BoostedTrees: expected one head, got \(network.heads.count)")
    let decoding = network.form.decoding
    for words in unused(decoding) { tools.say(words) }
    let growing = TreeGrowing(
      library: try LightGBM.library(), edit: self, tools: tools,
      training: try tools.trainingFeatures(), validation: try tools.validationFeatures(),
      key: tools.drawnKey)
    let head: any Head =
      switch decoding {
      case .softmax: try growing.classes()
      case .labels: try growing.labels()
      case .cumulative, .corn: try growing.grades(decoding)
      case .value: try growing.number()
      case .sigmoid, .number:
        requirementFailed(
          "BoostedTrees: expected the decoding softmax, labels, cumulative, corn or value, got \(decoding)"
        )
      }
    return network.with(heads: [head])
  }

  /// What is set and has no meaning for the target, a sentence each.
  private func unused(_ decoding: Decoding) -> [String] {
    var found: [String] = []
    if decoding == .value, balance > 0 {
      found.append(
        "lightgbm: balance weighs classes, labels and grades, and the target is a number, so it is not used; weighting=density"
          + " weighs numbers")
    }
    if decoding != .value, weighsDensity {
      found.append(
        "lightgbm: weighting=density weighs numbers, and the target is none, so it is not used; balance weighs classes, labels and"
          + " grades")
    }
    if decoding != .value, numberError != .rmse {
      found.append(
        "lightgbm: error=\(numberError.rawValue) is of numbers, and the target is none, so it is not used; the log loss of"
          + " validation ends the growing")
    }
    if asksOnward, decoding != .corn {
      found.append(
        "lightgbm: grades=onward is of grades that are said to be grades (--task grades), and the target is none, so it is not used"
      )
    }
    return found
  }

  /// w_c of each class, `[C]`.
  ///
  /// - Parameters:
  ///   - counts: n_c, `[C]`.
  ///   - balance: γ.
  package static func weights(_ counts: [Int], balance: Double) -> [Float] {
    let all = Double(counts.reduce(0, +))
    return counts.map { count in
      Float(pow(all / (Double(counts.count) * Double(max(count, 1))), balance))
    }
  }
}
