import Batches
import Foundation
import Losses
import Methods
import Networks
import Plans
import Randomness
import Sampling
import TestSupport
import Testing
import Torch

/// The contract of every method, driven by the catalogue: a new method is tested by being listed.
@Suite struct EveryMethodTests {
  static let methods = catalogue.map { $0.init() as any Method }
  static var blended: [any Method] {
    var (sigmoid, corn, squared) = (SigmoidBCE(), CORN(), SquaredErrorTraining())
    var (asymmetric, coral) = (AsymmetricTraining(), CORAL())
    (sigmoid.alpha, corn.alpha, squared.alpha, asymmetric.alpha) = (0.3, 0.3, 0.3, 0.3)
    coral.alpha = 0.3
    return [sigmoid, corn, squared, asymmetric, coral]
  }
  /// Methods one of whose terms may be negative.
  static let unbounded: Set = ["lade", "balanced-mse"]
  /// Methods that draw by the place of a class in the list.
  static let drawing: Set = ["gcl", "equalization"]
  static let countings = [[90, 9, 1], [1, 1], [30, 2], [5, 5, 5, 5]]

  @Test(arguments: methods)
  func introducesItself(method: any Method) {
    let type = type(of: method)
    #expect(type.name.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil)
    #expect(!type.summary.isEmpty && !type.summary.hasSuffix("."))
    #expect(type.citation.link.hasPrefix("https://"))
    #expect(type.citation.venue.wholeMatch(of: /.+ (19|20)\d\d/) != nil)
  }

  @Test(arguments: methods)
  func saysWhenToUseIt(method: any Method) {
    let guide = type(of: method).guide
    for sentence in [guide.use, guide.avoid, guide.claim] + guide.settings.values {
      #expect(sentence.count > 8 && !sentence.contains("  "))
    }
    #expect([guide.use, guide.avoid, guide.claim].allSatisfy { $0.hasSuffix(".") })
    #expect(Set(guide.settings.keys) == Set(method.hyperparameters.keys))
    let ranges =
      /(above|at least|at most|from|below) -?\.?[0-9]|[0-9] (to|or) (below )?\.?[0-9]|[0-9] or more/
    for (name, value) in method.hyperparameters {
      let words = guide.settings[name] ?? ""
      switch value {
      case .number: #expect(words.contains(ranges), "\(name): \(words)")
      case .flag: #expect(words.contains(/whether|true/), "\(name): \(words)")
      case .text: #expect(words.contains(" or "), "\(name): \(words)")
      }
    }
  }

  @Test func namesAreUnique() {
    #expect(Set(catalogue.map { $0.name }).count == catalogue.count)
  }

  @Test(arguments: methods)
  func stagesMakeOneRun(method: any Method) throws {
    #expect(method.problems.isEmpty)
    for counts in Self.countings {
      let stages = method.stages(for: try ClassCounts(counts))
      #expect(close(stages.map(\.fraction).reduce(0, +), 1))
      for stage in stages {
        #expect(stage.streams.count == stage.objective.streams)
        #expect(close(stage.objective.expectedWeights.reduce(0, +), 1))
        for progress in [0, 0.3, 1] {
          #expect(close(stage.objective.expectedWeights(at: progress).reduce(0, +), 1))
        }
      }
    }
  }

  @Test(arguments: methods)
  func codes(method: any Method) throws {
    func again<M: Method>(_ method: M) throws -> any Method {
      try JSONDecoder().decode(M.self, from: JSONEncoder().encode(method))
    }
    let copy = try again(method)
    #expect(copy.hyperparameters == method.hyperparameters)
    for (name, value) in method.hyperparameters {
      _ = try type(of: method).with([name: value.description])
    }
  }

  @Test(arguments: methods)
  func sameSeedSameBytes(method: any Method) throws {
    for counts in Self.countings {
      let one = try TinyRun(method, counts: counts, seed: 3).steps(5)
      let two = try TinyRun(method, counts: counts, seed: 3).steps(5)
      #expect(one.losses == two.losses && one.rewards == two.rewards)
      #expect(one.losses.allSatisfy { isAllowed($0, of: method) })
    }
  }

  @Test(arguments: methods)
  func extremeLogitsStayFinite(method: any Method) throws {
    let run = try TinyRun(method, counts: [90, 9, 1], seed: 4, scale: 100).steps(5)
    #expect(run.losses.allSatisfy { isAllowed($0, of: method) })
    #expect(run.rewards.allSatisfy { $0.isFinite && $0 <= 0 })
  }

  private func isAllowed(_ loss: Float, of method: any Method) -> Bool {
    loss.isFinite && (loss >= 0 || Self.unbounded.contains(type(of: method).name))
  }

  /// What is drawn over many epochs is what was said to be expected: of a third of the methods, of all in the proofs.
  @Test(arguments: Proofs.some(30, of: methods))
  func drawsWhatItExpects(method: any Method) throws {
    let counts = [30, 8, 2]
    let expected = method.expectedLabelMass(for: try ClassCounts(counts))
    #expect(close(expected.reduce(0, +), 1))
    let mass = try TinyRun(method, counts: counts, seed: 5).steps(1500).mass
    #expect(difference(mass, expected, absolute: 0.02) == nil)
  }

  /// Methods that blend on request draw what Balanced-MixUp draws, and learn from it.
  @Test(arguments: blended)
  func blending(method: any Method) throws {
    let classes = try ClassCounts([30, 8, 2])
    let mass = try BalancedMixupTraining.with(["alpha": "0.3"]).expectedLabelMass(for: classes)
    #expect(difference(method.expectedLabelMass(for: classes), mass) == nil)
    #expect(method.stages(for: classes)[0].streams.count == 2)
    let run = try TinyRun(method, counts: [30, 8, 2], seed: 5).steps(1500)
    #expect(difference(run.mass, mass, absolute: 0.02) == nil)
    #expect(run.losses.allSatisfy { $0.isFinite && $0 >= 0 })
    for alpha in ["-0.1", "nan"] {
      #expect(throws: OverrideError.self) { try type(of: method).with(["alpha": alpha]) }
    }
  }

  /// Renaming the classes in labels, counts and logits alike changes no loss, but where they are grades; what gives images back
  /// looks at no label, and targets on the sphere stay where they are when logits, here the projection, are turned.
  @Test(
    arguments: methods.filter {
      !($0 is SSIMAutoencoder || $0 is TSC) && !drawing.contains(type(of: $0).name)
    })
  func classesHaveNoOrder(method: any Method) throws {
    let (order, counts) = ([2, 0, 1], [90, 9, 1])
    let renamedStages = method.stages(for: try ClassCounts(order.map { counts[$0] }))
    for (stage, renamedStage) in zip(method.stages(for: try ClassCounts(counts)), renamedStages) {
      let labels = (0..<stage.streams.count).map { stream in (0..<6).map { ($0 + stream) % 3 } }
      let plain = labels.map {
        Batch(inputs: TinyRun.logits($0), target: Target($0), examples: Array($0.indices))
      }
      let renamed = plain.map { batch in
        Batch(
          inputs: batch.inputs.values.indexSelect(
            dim: 1, Tensor(order.map(Int64.init), shape: [order.count])),
          target: Target(batch.target.terms[0].labels.compactMap { order.firstIndex(of: $0) }),
          examples: batch.examples)
      }
      let (before, after) = (
        try TinyRun.losses(stage, plain, form: method.network),
        try TinyRun.losses(
          renamedStage, renamed, form: method.network, counts: order.map { counts[$0] })
      )
      #expect((difference(before, after, relative: 1e-5) == nil) == !method.ordersClasses)
    }
  }
}
