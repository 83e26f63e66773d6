public import Boosting
import Foundation
public import Networks
import Randomness
import Requirements
import Sampling
import Torch

/// A head of boosted trees, grown by LightGBM on the features of the training images; see ``Networks/TreesHead``.
///
/// A row weighs w_y = (N / (C n_y))^γ in training and in validation alike, so that validation ends what training does.
public struct BoostedTrees: NetworkEdit, Equatable {
  /// How trees are grown.
  public var settings: BoostingSettings
  /// γ, at least 0; 0 weighs rows alike, 1 classes alike.
  public var balance: Double

  /// - Parameters:
  ///   - settings: how trees are grown.
  ///   - balance: γ, at least 0.
  public init(_ settings: BoostingSettings = BoostingSettings(), balance: Double = 0) {
    (self.settings, self.balance) = (settings, balance)
  }

  /// The same features under the trees.
  ///
  /// - Throws: `BoostingError` where LightGBM is not installed or refuses, what reading an example throws, and what the tools throw
  ///   where they are asked to stop.
  /// - Precondition: a network of one head.
  public func edited(_ network: Network, with tools: any EditTools) throws -> Network {
    require(
      network.heads.count == 1, "BoostedTrees: expected one head, got \(network.heads.count)")
    let library = try LightGBM.library()
    let counts = tools.classes.counts
    let weights = Self.weights(counts, balance: balance)
    func rows(_ features: LabelledFeatures) -> BoostingRows {
      BoostingRows(
        values: features.features.to(.float32).contiguous().scalars(as: Float.self),
        columns: features.features.shape[1], labels: features.labels,
        weights: features.labels.map { weights[$0] })
    }
    let validation = try tools.validationFeatures().flatMap { $0.labels.isEmpty ? nil : $0 }
    var source = tools.drawnKey.source
    let grown = try library.grow(
      rows(try tools.trainingFeatures()), validation: validation.map(rows),
      classes: counts.count, settings, seed: Int32(source.below(Int(Int32.max))),
      threads: Engine.threads, progress: tools.fitting)
    tools.say(words(grown))
    return network.with(heads: [TreesHead(text: grown.text, counts: counts)])
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

  private func words(_ grown: GrownTrees) -> String {
    guard let loss = grown.loss else {
      return
        "lightgbm: there is no validation part to end it, so all \(grown.rounds) rounds are kept"
    }
    let isCut = grown.grown == settings.rounds && grown.rounds + settings.patience > settings.rounds
    let digits = (loss * 10_000).rounded() / 10_000
    return
      "lightgbm: \(grown.rounds) of \(grown.grown) rounds are kept, those of the smallest \(grown.metric) of"
      + " validation (\(digits))" + (isCut ? "; more may be better, with --set rounds" : "")
  }
}
