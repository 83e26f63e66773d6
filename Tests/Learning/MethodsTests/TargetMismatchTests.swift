import Batches
import Losses
import Methods
import Mixing
import Plans
import Sampling
import Testing

/// Several labels or numbers a row for what learns classes are refused in words, before a step would stop the program.
@Suite struct TargetMismatchTests {
  private let numbers = Target(Target.Entries([0.5, nil, -2, 7, 1, 3], width: 3))
  private let classes: ClassCounts
  init() throws { classes = try ClassCounts([20, 8, 3]) }

  private func refusal(_ stage: Stage, _ target: Target) -> TargetMismatch? {
    do throws(TargetMismatch) {
      try stage.check(target)
      return nil
    } catch {
      return error
    }
  }

  @Test func marginsOfNumbers() throws {
    let stage = LDAMTraining().stages(for: classes)[0]
    let error = try #require(refusal(stage, numbers))
    #expect(
      error.description
        == "AdjustedCrossEntropy needs one class for each row, and the rows have 3 numbers or labels each; learn"
        + " them by SquaredError, SigmoidCrossEntropy or AsymmetricLoss, mixed by nothing that goes by the sizes of"
        + " classes")
    #expect(refusal(stage, Target([0, 1, 2])) == nil)
    let one = Target(Target.Entries([0.5, 2], width: 1))
    #expect(refusal(stage, one)?.description.contains("have 1 number or label each") == true)
  }

  /// A loss of entries mixed by the sizes of classes has none either.
  @Test func mixingsThatGoByClasses() {
    for mixing: any Mixing in [
      Remix(classes), MAMix(classes), Sometimes(Remix(classes), probability: 0.5),
    ] {
      let stage = Stage(Supervised(SquaredError(), mixing: mixing))
      #expect(refusal(stage, numbers)?.parts == ["\(type(of: mixing))"])
    }
    for mixing: any Mixing in [UniMix(classes), AdpMix(classes)] {
      let stage = Stage(
        Supervised(CrossEntropy(), mixing: mixing), samplers: [UniformSampler(), UniformSampler()])
      #expect(refusal(stage, numbers)?.parts.last == "\(type(of: mixing))")
      #expect(refusal(stage, numbers)?.parts.count == 2)
    }
  }

  @Test func lossesOfEntriesAreTaken() {
    for loss: any Loss in [SquaredError(), SigmoidCrossEntropy(), AsymmetricLoss()] {
      #expect(refusal(Stage(Supervised(loss)), numbers) == nil)
      #expect(refusal(Stage(Supervised(loss, mixing: Mixup(alpha: 1))), numbers) == nil)
    }
  }

  /// Every stage of every method that takes classes alone says so; none that says it takes entries stops at them.
  @Test(arguments: catalogue.map { $0.init() as any Method })
  func everyMethod(method: any Method) {
    let takers: Set = [
      "sigmoid-bce", "squared-error", "asymmetric", "distribution-balanced", "density-weighted",
      "balanced-mse", "haco",
    ]
    let name = type(of: method).name
    for stage in method.stages(for: classes) where stage.trains != .nothing {
      #expect((refusal(stage, numbers) == nil) == takers.contains(name), "\(name)")
    }
    // Their stages for several labels, where they have some, take them.
    let table = LabelTable([true, false, true, false, true, false], width: 3)
    for stage in method.stages(for: table) ?? [] {
      #expect(refusal(stage, numbers) == nil, "\(name)")
    }
  }
}
