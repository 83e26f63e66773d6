import Batches
import Losses
import Methods
import Networks
import Plans
import Sampling
import TestSupport
import Testing
import Torch

/// On classes of equal size what goes by the sizes of classes does nothing: methods are what they add to.
@Suite("Classes of equal size")
struct EqualCountsTests {
  static let counts = [6, 6, 6]
  static let names = catalogue.map { $0.name }

  /// What the first stage loses on rows drawn by nobody, all streams alike.
  private func losses(
    _ method: any Method, stage number: Int = 0, elapsed: Double = 0.9
  ) throws -> [Double] {
    let classes = try ClassCounts(Self.counts)
    let stages = method.stages(for: classes)
    try #require(number < stages.count)
    let labels = [0, 0, 1, 1, 2, 2]
    let batch = Batch(
      inputs: TinyRun.logits([0, 1, 1, 2, 2, 0]).to(.float64), target: Target(labels),
      examples: Array(labels.indices))
    var memory = stages[number].objective.memory(for: classes)
    return stages[number].objective.terms(
      TinyRun.batches(of: stages[number], stages[number].streams.map { _ in batch }),
      through: LinearPass(form: method.network), at: Moment(progress: 0.5, elapsed: elapsed),
      remembering: &memory
    ).terms.flatMap { $0.rows.values.scalars(as: Double.self) }
  }

  /// Every draw is even, over the run and at each moment of each stage, but where one class alone is learnt.
  @Test(arguments: names)
  func drawsAreEven(name: String) throws {
    guard name != "ssim-autoencoder" else { return }
    for counts in [[6, 6, 6], [1, 1], [40, 40, 40, 40, 40]] {
      let classes = try ClassCounts(counts)
      let method = try method(named: name).init()
      let even = counts.map { _ in 1 / Double(counts.count) }
      #expect(difference(method.expectedLabelMass(for: classes), even, relative: 1e-9) == nil)
      for stage in method.stages(for: classes) {
        for progress in [0, 0.4, 1] {
          let mass = stage.expectedLabelMass(for: classes, progress: progress)
          #expect(difference(mass, even, relative: 1e-9) == nil, "\(counts) at \(progress)")
        }
      }
    }
  }

  /// The network answers for even classes, whatever corrects: weights, offsets, draws or shifts.
  @Test(arguments: names)
  func answersAreEven(name: String) throws {
    guard name != "ssim-autoencoder" else { return }
    let classes = try ClassCounts(Self.counts)
    for stage in try method(named: name).init().stages(for: classes) {
      guard let found = stage.correction(for: classes) else { continue }
      #expect(difference(found.answered, [1.0 / 3, 1.0 / 3, 1.0 / 3], relative: 1e-9) == nil)
      #expect(difference(found.weights, [1, 1, 1], relative: 1e-9) == nil)
      #expect(difference(found.drawn, [1, 1, 1], relative: 1e-9) == nil)
    }
  }

  /// Losses that differ from cross-entropy by the sizes of classes alone.
  @Test(arguments: [
    "balanced-softmax", "logit-adjustment", "vs", "cdt", "weighted-ce", "cb-loss", "drw",
    "logit-adjustment-posthoc", "thresholding", "tau-norm", "ncm", "square-root", "progressive",
    "over-sampling", "under-sampling", "class-aware", "effective-number-sampling",
    "repeat-factor", "class-balanced",
  ])
  func theyAreCrossEntropy(name: String) throws {
    let found = try losses(try method(named: name).init())
    #expect(difference(found, try losses(ERM()), relative: 1e-9, absolute: 1e-12) == nil)
  }

  /// Strong settings change nothing either: all factors are those of equal sizes.
  @Test(arguments: [
    ("vs", ["gamma": "3", "tau": "5"]), ("cdt", ["gamma": "4"]), ("weighted-ce", ["power": "9"]),
    ("logit-adjustment", ["tau": "20"]), ("cb-loss", ["beta": "0.99999"]),
    ("drw", ["beta": "0.5", "start": "0"]),
    ("effective-number-sampling", ["beta": "0.1"]), ("repeat-factor", ["threshold": "0.3"]),
  ])
  func howeverStrong(name: String, settings: [String: String]) throws {
    let found = try losses(try method(named: name).with(settings))
    #expect(difference(found, try losses(ERM()), relative: 1e-9, absolute: 1e-9) == nil)
  }

  /// Equal margins are one margin for all classes: LDAM at each size of equal classes is the same.
  @Test func marginsFollowRatiosAndNotSizes() throws {
    func margin(_ count: Int) throws -> [Double] {
      let classes = try ClassCounts([count, count, count])
      let stage = try LDAMTraining.with(["scale": "1"]).stages(for: classes)[0]
      let batch = Batch(
        inputs: TinyRun.logits([0, 1, 2]).to(.float64), target: Target([0, 1, 2]),
        examples: [0, 1, 2])
      var memory = stage.objective.memory(for: classes)
      return stage.objective.terms(
        [batch], through: LinearPass(), at: Moment(), remembering: &memory
      ).terms[0].rows.values.scalars(as: Double.self)
    }
    let small = try margin(2)
    #expect(difference(small, try margin(2000), relative: 1e-12) == nil)
  }

  /// SADE's experts do not differ where classes do not: three times the same loss.
  @Test func expertsAgree() throws {
    let found = try losses(SADE())
    try #require(found.count == 18)
    let plain = try losses(ERM())
    for expert in 0..<3 {
      let own = Array(found[(6 * expert)..<(6 * expert + 6)])
      #expect(difference(own, plain, relative: 1e-9) == nil, "\(expert)")
    }
  }

  /// The clouds of GCL have no size, so that its draws do not matter.
  @Test func cloudsVanish() throws {
    let one = try losses(try method(named: "gcl").with(["scale": "1"]))
    #expect(difference(one, try losses(ERM()), relative: 1e-9, absolute: 1e-12) == nil)
    // And the stage of the last layer is the loss of the data.
    let second = try losses(GaussianCloudedLogits(), stage: 1)
    #expect(difference(second, try losses(ERM()), relative: 1e-9, absolute: 1e-12) == nil)
  }

  /// MixUps that lean by sizes are MixUp: the same seed mixes the same rows by the same weights.
  @Test(arguments: ["remix", "mamix"])
  func leaningMixupsAreMixup(name: String) throws {
    let found = try losses(try method(named: name).with(["start": "1"]))
    let plain = try losses(try MixupTraining.with(["alpha": "1"]))
    #expect(difference(found, plain, relative: 1e-5, absolute: 1e-6) == nil)
  }

  /// Whom no one is rarer than is never spared: a share of a third is above every λ up to it.
  @Test func nobodyIsSpared() throws {
    for lambda in ["0", "0.005", "0.33"] {
      let found = try losses(
        try method(named: "equalization").with(["lambda": lambda, "gamma": "1"]))
      #expect(difference(found, try losses(ERM()), relative: 1e-9, absolute: 1e-12) == nil)
    }
  }
}
