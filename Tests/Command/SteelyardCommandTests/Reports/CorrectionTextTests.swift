import Losses
import Methods
import Plans
import Sampling
import SteelyardCommand
import Testing

/// What `train` says where the sizes of classes are corrected more than once.
@Suite struct CorrectionTextTests {
  private let counts = [900, 60, 10]

  private func lines(_ method: any Method, weights: Bool = false) throws -> [String] {
    let classes = try ClassCounts(counts)
    let stages = method.stages(for: classes)
    guard weights else { return CorrectionText.lines(stages, ["a", "b", "c"], classes) }
    let values = ClassWeights.inverse(classes).values
    return CorrectionText.lines(
      try stages.map { try #require($0.weighted(by: values)) }, ["a", "b", "c"], classes,
      given: values)
  }

  /// Nothing to say of plain training, of one sampler, or of a stage that does not say what it does.
  @Test(
    arguments: [
      ERM(), ClassBalanced(), Progressive(), OverSampling(), TwoPhase(), BalancedMixupTraining(),
      BilateralBranch(), ClassifierRetraining(), FocalTraining(),
    ] as [any Method])
  func nothing(method: any Method) throws { #expect(try lines(method) == []) }

  @Test(
    arguments: [
      BalancedSoftmax(), LogitAdjustment(), LADE(), PostHocAdjustment(), Thresholding(),
      WeightedCrossEntropy(),
    ] as [any Method])
  func answersForOtherShares(method: any Method) throws {
    let found = try lines(method)
    #expect(
      found == [
        "the model's probabilities are those of other class frequencies than the data's: 'c' (10) as if"
          + " 0.333 of all, where it is 0.010. That is not undone by steelyard decide, unless the training"
          + " part was thinned out or drawn otherwise and validation shows it: choose --calibration vector with"
          + " --target-prior or --costs, or the prior is corrected twice"
      ])
  }

  @Test func weightsOnBalancedSampling() throws {
    let found = try lines(ClassBalanced(), weights: true)
    #expect(
      found.first
        == "corrected twice: next to 'a' (900), 'c' (10) is drawn 90 times as often as it comes, and weighs"
        + " 90 times as much; the model will answer as if it were 90 times as common, where one of these alone"
        + " aims at equal: leave one out"
    )
  }

  @Test func weightsOnACorrectingLoss() throws {
    let found = try lines(LogitAdjustment(), weights: true)
    let words = "weighs 90 times as much, and is favoured 90 times by the loss"
    #expect(found.first?.contains(words) == true, "\(found)")
  }

  /// Weights of the method and weights that were given are two ways. Effective numbers of β = .9999 are the counts but for
  /// a part in 22: (1 − β⁹⁰⁰) / (1 − β¹⁰) = 86.1.
  @Test func weightsOnWeights() throws {
    let found = try lines(WeightedCrossEntropy(), weights: true)
    #expect(
      found.first
        == "corrected twice: next to 'a' (900), 'c' (10) weighs 90 times as much, and weighs 90 times as much again"
        + " by --class-weights; the model will answer as if it were 90 times as common, where one of these alone"
        + " aims at equal: leave one out")
    for method: any Method in [ClassBalancedLoss(), DeferredReweighting(), LDAMDRW()] {
      let words = "weighs 86 times as much, and weighs 90 times as much again by --class-weights"
      #expect(try lines(method, weights: true).first?.contains(words) == true)
    }
  }

  /// Experts whose losses agree say what they do; those that are made for several shares say nothing.
  @Test func weightsOnExperts() throws {
    let words = "weighs 90 times as much again by --class-weights"
    for method: any Method in [RIDE(), TLC()] {
      let (plain, found) = (try lines(method), try lines(method, weights: true))
      #expect(plain.count == 1 && plain[0].contains("other class frequencies"), "\(plain)")
      #expect(found.first?.contains(words) == true, "\(type(of: method).name): \(found)")
    }
    #expect(try lines(SADE(), weights: true) == [])
  }

  /// Weights beside unlabelled images are said to be what they are.
  @Test func weightsBesideUnlabelledImages() throws {
    for method: any Method in [FixMatch(), MeanTeacher()] {
      let plain = try lines(method)
      #expect(plain == [])
      let found = try lines(method, weights: true)
      #expect(found.last?.hasPrefix("the model's probabilities are those of other") == true)
    }
  }

  @Test func weightsWithBlends() throws {
    let found = try lines(MixupTraining(), weights: true)
    #expect(
      found.first
        == "class weights and blended rows: each part of a blend weighs by its own class, and a step's mean"
        + " is over these weights")
  }

  /// Two halves of a correction are one.
  @Test func halves() throws {
    let classes = try ClassCounts(counts)
    var loss = AdjustedCrossEntropy()
    loss.weights = .inverse(classes, power: 0.5)
    let stage = Stage(Supervised(loss), samplers: [SquareRootSampler()])
    let found = CorrectionText.lines([stage], ["a", "b", "c"], classes)
    #expect(!found.contains { $0.hasPrefix("corrected") })
  }

  /// Equal classes leave nothing to correct.
  @Test func equalClasses() throws {
    let classes = try ClassCounts([5, 5])
    let stages = BalancedSoftmax().stages(for: classes)
    #expect(CorrectionText.lines(stages, ["a", "b"], classes) == [])
  }
}
