import Batches
import Foundation
import Losses
import Methods
import Mixing
import Networks
import Plans
import Sampling
import TestSupport
import Testing

/// When what a method does about the sizes of classes begins, and what it then is.
@Suite("Schedules of methods")
struct ScheduleTests {
  static let counts = [900, 90, 10]
  /// Methods that weigh by effective numbers from a part of the run on.
  static let deferred = ["drw", "ldam-drw", "mamix", "remix", "srat", "ride", "tlc"]

  private func emphasis(
    _ name: String, _ settings: [String: String], elapsed: Double, progress: Double = 0.5
  ) throws -> ClassEmphasis {
    let stage = try method(named: name).with(settings)
      .stages(for: try ClassCounts(Self.counts))[0]
    return try #require(
      stage.objective.emphasis(at: Moment(progress: progress, elapsed: elapsed)))
  }

  /// w_c = (1 − β) / (1 − β^n_c), scaled to sum to C.
  private func effective(_ beta: Double) -> [Double] {
    let raw = Self.counts.map { (1 - beta) / (1 - pow(beta, Double($0))) }
    let sum = raw.reduce(0, +)
    return raw.map { 3 * $0 / sum }
  }

  /// Before `start` every row counts alike; from it on the weights hold, to the end.
  @Test(arguments: deferred)
  func weightsBeginAtStart(name: String) throws {
    for (start, beta) in [(0.25, 0.9), (0.8, 0.999), (0.5, 0.9999)] {
      let settings = ["start": "\(start)", "beta": "\(beta)"]
      for elapsed in [0, start / 2, start - 1e-6] {
        #expect(try emphasis(name, settings, elapsed: elapsed).weights == nil, "\(elapsed)")
      }
      for elapsed in [start, start + 1e-6, 0.999] {
        let weights = try #require(try emphasis(name, settings, elapsed: elapsed).weights)
        #expect(difference(weights, effective(beta), relative: 1e-9) == nil, "\(elapsed)")
      }
    }
  }

  /// It is the part of the steps that is over that counts, not the progress that reaches 1 in the last epoch.
  @Test(arguments: deferred)
  func stepsCountAndNotEpochs(name: String) throws {
    let settings = ["start": "0.8", "beta": "0.99"]
    for progress in [0.0, 0.5, 1] {
      #expect(try emphasis(name, settings, elapsed: 0.7, progress: progress).weights == nil)
      #expect(try emphasis(name, settings, elapsed: 0.9, progress: progress).weights != nil)
    }
  }

  /// At `start` 1 they never come, at 0 they are there from the first step on.
  @Test(arguments: deferred)
  func neverAndAlways(name: String) throws {
    #expect(try emphasis(name, ["start": "1"], elapsed: 0.9999).weights == nil)
    #expect(try emphasis(name, ["start": "0", "beta": "0.9"], elapsed: 0).weights != nil)
  }

  /// β = 0 weighs all rows alike though weights hold.
  @Test(arguments: deferred + ["cb-loss"])
  func withoutBetaAllWeighAlike(name: String) throws {
    var settings = ["beta": "0"]
    if name != "cb-loss" { settings["start"] = "0" }
    let weights = try emphasis(name, settings, elapsed: 0.5).weights ?? [1, 1, 1]
    #expect(difference(weights, [1, 1, 1]) == nil)
  }

  /// Methods without a start weigh from the first step: by effective numbers, by n^−p.
  @Test func weightsFromTheStart() throws {
    for beta in [0.5, 0.99, 0.9999] {
      for name in ["cb-loss", "cb-focal"] {
        let settings =
          name == "cb-focal" ? ["beta": "\(beta)", "sigmoid": "false"] : ["beta": "\(beta)"]
        let weights = try #require(try emphasis(name, settings, elapsed: 0).weights)
        #expect(difference(weights, effective(beta), relative: 1e-9) == nil, "\(name)")
      }
    }
    for power in [0.5, 1, 2] {
      let weights = try #require(
        try emphasis("weighted-ce", ["power": "\(power)"], elapsed: 0).weights)
      let raw = Self.counts.map { pow(Double($0), -power) }
      let sum = raw.reduce(0, +)
      #expect(difference(weights, raw.map { 3 * $0 / sum }, relative: 1e-9) == nil)
    }
  }

  /// What is added to the logits: τ ln π, whoever asks for it.
  @Test(arguments: ["balanced-softmax", "logit-adjustment", "vs", "lift"])
  func offsets(name: String) throws {
    for tau in [0.0, 0.5, 1, 3] {
      let offsets = try emphasis(name, ["tau": "\(tau)"], elapsed: 0).offsets ?? [0, 0, 0]
      let expected = Self.counts.map { tau * log(Double($0) / 1000) }
      #expect(difference(offsets, expected, relative: 1e-9, absolute: 1e-12) == nil, "\(tau)")
    }
  }

  /// UniMix takes the shares out by ln π + ln C, LADE and BCL by ln π.
  @Test func offsetsThatCannotBeSet() throws {
    let logs = Self.counts.map { log(Double($0) / 1000) }
    for (name, constant) in [("unimix", log(3.0)), ("lade", 0.0), ("bcl", 0.0), ("proco", 0.0)] {
      let offsets = try #require(try emphasis(name, [:], elapsed: 0).offsets, "\(name)")
      #expect(difference(offsets, logs.map { $0 + constant }, relative: 1e-9) == nil, "\(name)")
    }
  }

  /// The second stages that weigh: DisAlign by n^−ρ, weight balancing by effective numbers.
  @Test func weightsOfSecondStages() throws {
    let classes = try ClassCounts(Self.counts)
    func second(_ name: String, _ settings: [String: String]) throws -> [Double] {
      let stage = try method(named: name).with(settings).stages(for: classes)[1]
      let emphasis = try #require(stage.objective.emphasis(at: Moment(progress: 0, elapsed: 0)))
      return try #require(emphasis.weights)
    }
    for rho in [0.5, 1.2] {
      let raw = Self.counts.map { pow(Double($0), -rho) }
      let sum = raw.reduce(0, +)
      #expect(
        difference(
          try second("disalign", ["rho": "\(rho)"]), raw.map { 3 * $0 / sum }, relative: 1e-9)
          == nil)
    }
    for beta in [0.9, 0.9999] {
      #expect(
        difference(
          try second("weight-balancing", ["beta": "\(beta)"]), effective(beta), relative: 1e-9)
          == nil)
    }
  }

  /// What is taken off when training is over: τ ln π of each class.
  @Test func shiftsAfterTraining() throws {
    let classes = try ClassCounts(Self.counts)
    for tau in [0.0, 0.5, 1, 2] {
      let stage = try method(named: "logit-adjustment-posthoc").with(["tau": "\(tau)"])
        .stages(for: classes)[0]
      let shift = try #require(stage.closing.first?.logitShift)
      let expected = Self.counts.map { -tau * log(Double($0) / 1000) }
      #expect(difference(shift, expected, relative: 1e-9, absolute: 1e-12) == nil)
    }
    let thresholding = try #require(Thresholding().stages(for: classes)[0].closing.first)
    #expect(
      difference(
        try #require(thresholding.logitShift), Self.counts.map { -log(Double($0) / 1000) },
        relative: 1e-9) == nil)
  }

  /// CMO pastes in the middle of the run alone, and draws what is behind as the data come; without a margin it pastes always.
  @Test func contextRichWindow() throws {
    let classes = try ClassCounts(Self.counts)
    for (margin, turns) in [("0", []), ("0.25", [0.25, 0.75])] as [(String, [Double])] {
      let stage = try method(named: "cmo").with(["margin": margin]).stages(for: classes)[0]
      #expect(stage.objective.turns == turns)
      let outside = stage.expectedLabelMass(for: classes, progress: 0.1)
      #expect(
        (difference(outside, classes.priors, relative: 1e-9) == nil) == !turns.isEmpty)
      let inside = stage.expectedLabelMass(for: classes, progress: 0.5)
      // A box of side r = √(1 − λ), cut off at the borders, covers r − r²/4 of each axis in the mean, so that with λ even
      // a mixed image has ½ − ½ · 2/5 + 1/16 · 1/3 of foreground; half of the batches are mixed.
      let part = 0.5 * (0.5 - 0.2 + 1.0 / 48)
      let expected = classes.priors.map { (1 - part) * $0 + part / 3 }
      #expect(difference(inside, expected, relative: 1e-6) == nil)
    }
  }

  /// BBN's α = 1 − t²: all of the first stream at first, of the reversed one at last, 2/3 of a run.
  @Test func cumulativeLearning() throws {
    let classes = try ClassCounts(Self.counts)
    let stage = BilateralBranch().stages(for: classes)[0]
    let inverse = [1 / 900.0, 1 / 90.0, 1 / 10.0]
    let sum = inverse.reduce(0, +)
    let reversed = inverse.map { $0 / sum }
    for t in [0.0, 0.25, 0.5, 1] {
      let expected = zip(classes.priors, reversed).map { (1 - t * t) * $0 + t * t * $1 }
      let found = stage.expectedLabelMass(for: classes, progress: t)
      #expect(difference(found, expected, relative: 1e-9) == nil)
    }
    let run = zip(classes.priors, reversed).map { (2 * $0 + $1) / 3 }
    #expect(
      difference(BilateralBranch().expectedLabelMass(for: classes), run, relative: 1e-9) == nil)
  }

  /// Progressive sampling comes to half of each over a run.
  @Test func progressiveOverARun() throws {
    let classes = try ClassCounts(Self.counts)
    let expected = classes.priors.map { 0.5 * $0 + 0.5 / 3 }
    #expect(
      difference(Progressive().expectedLabelMass(for: classes), expected, relative: 1e-9) == nil)
  }
}
