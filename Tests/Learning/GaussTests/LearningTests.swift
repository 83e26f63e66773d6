import Batches
import Gauss
import Methods
import Networks
import OrderedCollections
import Plans
import Sampling
import Sessions
import TestSupport
import Testing
import Torch
import Weights

/// Every method learns LT-Gauss in seconds: a third of them each time, all in the proofs.
@Suite struct LearningTests {
  @Test(
    arguments: Proofs.some(
      25, of: catalogue.map { $0.init() as any Method }.filter(GaussTrial.suits)))
  func everyMethodLearns(method: any Method) throws {
    let score = try GaussTrial(method, seed: 100).score
    // What is fitted sees the rows alone, and neighbours of a rare class are mostly of others.
    let isFitted = method.isFitted(for: try ClassCounts(LTGauss.counts))
    #expect(score.all > (isFitted ? 34 : 38), "\(type(of: method).name): \(score)")
    #expect(score.tail > (isFitted ? 1 : 5), "\(type(of: method).name): \(score)")
  }

  @Test func sameSeedSameBytes() throws {
    let one = try GaussTrial(ClassifierRetraining(), seed: 3, epochs: 4).session.network.stateDict
    let two = try GaussTrial(ClassifierRetraining(), seed: 3, epochs: 4).session.network.stateDict
    for (name, tensor) in one {
      #expect(tensor.scalars(as: Float.self) == two[name]?.scalars(as: Float.self), "\(name)")
    }
  }

  /// Orders that hold by far on three fresh seeds; on twenty, with intervals, in the proofs.
  @Test(.enabled(if: Proofs.areAsked, Proofs.comment)) func rareClassesGain() throws {
    func mean(_ method: any Method) throws -> (all: Double, tail: Double) {
      let scores = try (200..<203).map { try GaussTrial(method, seed: $0).score }
      return (
        scores.map(\.all).reduce(0, +) / 3, scores.map(\.tail).reduce(0, +) / 3
      )
    }
    let plain = try mean(ERM())
    for method: any Method in [
      BalancedSoftmax(), TauNorm(), NearestMean(), SeesawTraining(), VectorScalingTraining(),
      ClassDependentTemperatures(), PostHocAdjustment(), LADE(),
    ] {
      let found = try mean(method)
      #expect(found.tail > plain.tail + 3, "\(type(of: method).name): \(found), erm \(plain)")
    }
  }

  /// The experts of SADE: the second answers better for rare classes than the first, the third by far better
  /// than both.
  @Test(.enabled(if: Proofs.areAsked, Proofs.comment)) func expertsDiffer() throws {
    let runs = try (200..<203).map { try GaussTrial(SADE(), seed: $0).headScores.map(\.tail) }
    let tails = (0..<3).map { expert in runs.map { $0[expert] }.reduce(0, +) / 3 }
    #expect(tails[0] + 3 < tails[1] && tails[1] + 3 < tails[2], "\(tails)")
    #expect(tails[2] - tails[0] >= 20, "\(tails)")
  }

  /// Attacked training: right more often under attack, and the rarest classes pay for it with what they get right
  /// unattacked.
  @Test func adversarialTraining() throws {
    let attack = ProjectedGradient(radius: 0.3, step: 0.075, steps: 10, startsAtRandom: false)
    func means(_ method: any Method) throws -> (tail: Double, robust: Double) {
      let trials = try (400..<403).map { try GaussTrial(method, seed: $0, epochs: 30) }
      let robust = trials.map { trial in
        let batch = Batch(inputs: trial.data.test, target: Target(trial.data.testLabels))
        let inputs = attack(
          batch, through: NetworkPass(trial.session.network, seed: 0), .evaluating, keepsBest: true)
        let decided = withoutGradients {
          trial.session.network(inputs, Context()).argmax(dim: 1).scalars(as: Int64.self)
        }
        return GaussScore(decided: decided.map(Int.init), labels: trial.data.testLabels).all
      }
      return (trials.map(\.score.tail).reduce(0, +) / 3, robust.reduce(0, +) / 3)
    }
    var attacked = PGDTraining()
    (attacked.radius, attacked.step, attacked.steps) = (0.3, 0.1, 5)
    let (plain, hardened) = (try means(ERM()), try means(attacked))
    #expect(hardened.robust > plain.robust + 1.5, "\(hardened), erm \(plain)")
    #expect(hardened.tail < plain.tail - 2, "\(hardened), erm \(plain)")
  }
}
