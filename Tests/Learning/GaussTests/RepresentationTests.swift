import Gauss
import Methods
import Networks
import Plans
import Sessions
import TestSupport
import Testing
import Torch

/// What is known of experts, contrasts and pseudo-labels on LT-Gauss, by far enough to hold on three fresh seeds.
@Suite(.enabled(if: Proofs.areAsked, Proofs.comment)) struct RepresentationTests {
  private static func runs(_ method: any Method) throws -> [GaussTrial] {
    try (200..<203).map { try GaussTrial(method, seed: $0) }
  }

  private static func mean(_ runs: [GaussTrial]) -> GaussScore {
    GaussScore(meanOf: runs.map(\.score))
  }

  /// The mean of RIDE's experts is no worse for rare classes than one of them, and they differ more than without the
  /// reward.
  @Test func ridesExpertsDifferAndAddUp() throws {
    var alike = RIDE()
    alike.diversity = 0
    let (runs, plain) = (try Self.runs(RIDE()), try Self.runs(alike))
    let one = GaussScore(meanOf: runs.map { GaussScore(meanOf: $0.headScores) })
    #expect(Self.mean(runs).tail >= one.tail - 1, "\(Self.mean(runs)), one expert \(one)")
    let apart = (runs.map(\.disagreement).reduce(0, +), plain.map(\.disagreement).reduce(0, +))
    #expect(apart.0 > apart.1, "\(apart)")
  }

  /// What TLC says is left uncertain tells its mistakes from what it got right.
  @Test func evidenceKnowsItsMistakes() throws {
    let areas = try Self.runs(TLC()).compactMap { $0.failureAUC }
    let mean = areas.reduce(0, +) / 3
    // 0.63 on these seeds; 0.5 is chance.
    #expect(mean > 0.57, "\(areas)")
  }

  /// On numbers a contrast beside balanced softmax takes nothing from it.
  @Test func contrastsTakeNothingAway() throws {
    let balanced = Self.mean(try Self.runs(BalancedSoftmax()))
    for method: any Method in [BCL(), ProCo()] {
      let found = Self.mean(try Self.runs(method))
      #expect(found.all >= balanced.all - 2, "\(type(of: method).name): \(found), \(balanced)")
      #expect(found.tail >= balanced.tail - 4, "\(type(of: method).name): \(found), \(balanced)")
    }
  }

  /// Pseudo-labels that favour no class find more of the rare ones.
  @Test func debiasedLabelsReachRareClasses() throws {
    let (plain, fair) = (
      Self.mean(try Self.runs(FixMatch())), Self.mean(try Self.runs(DebiasPL()))
    )
    #expect(fair.tail > plain.tail, "\(fair), fixmatch \(plain)")
  }
}

extension GaussTrial {
  /// Mean over test rows and experts of KL(p̄ ‖ p_e).
  var disagreement: Double {
    withoutGradients {
      let network = session.network
      let heads = network.logits(of: network.features(data.test, Context()), Context())
      let answer = network.form.readout(heads)
      return heads.map {
        -ExpertDiversity(weight: 1).values($0, against: answer, elapsed: 0).mean().item()
      }.reduce(0, +) / Double(heads.count)
    }
  }

  /// The chance that a row of a class says more of it than another row does, its mean over the classes.
  var meanAUC: Double {
    let logits = withoutGradients {
      session.network.scores(of: session.network(data.test, Context()))
    }
    let p = logits.softmax(dim: 1).scalars(as: Double.self)
    let (rows, count) = (data.testLabels.count, LTGauss.counts.count)
    let areas = (0..<count).map { c in
      Self.area((0..<rows).map { p[$0 * count + c] }, data.testLabels.map { $0 == c }) ?? 0.5
    }
    return areas.reduce(0, +) / Double(count)
  }

  /// The chance that of a wrong and a right answer the wrong one is the more uncertain.
  var failureAUC: Double? {
    withoutGradients {
      let network = session.network
      let outputs = network.outputs(data.test, Context())
      let decided = outputs.logits.argmax(dim: 1).scalars(as: Int64.self)
      let unsure = Evidence(of: outputs.heads).uncertainty.scalars(as: Double.self)
      let wrong = zip(decided, data.testLabels).map { Int($0) != $1 }
      return Self.area(unsure, wrong)
    }
  }

  /// The area under the ROC curve of numbers of which no two are equal; `nil` where all or none are positive.
  private static func area(_ values: [Double], _ positive: [Bool]) -> Double? {
    var (below, sum, positives) = (0, 0, 0)
    for place in values.indices.sorted(by: { values[$0] < values[$1] }) {
      if positive[place] {
        sum += below
        positives += 1
      } else {
        below += 1
      }
    }
    return positives > 0 && below > 0 ? Double(sum) / Double(positives * below) : nil
  }
}
