import Losses
import Methods
import Networks
import Plans
import Sampling
import TestSupport
import Testing
import Torch

/// The stages of every method against the reference sheet: what part of a run each takes, who is drawn, what learns,
/// what is put on before it and taken off after it.
@Suite("Plans of methods")
struct StagePlanTests {
  static let counts = [90, 9, 1]
  /// Those that the sheet describes by one formula of class sizes.
  static let names = StagePlan.all.keys.sorted()

  private func stages(_ name: String, _ settings: [String: String] = [:]) throws -> [Stage] {
    try method(named: name).with(settings).stages(for: try ClassCounts(Self.counts))
  }

  /// Images drawn by how often a class must be repeated have a formula of their own, in its own test.
  @Test func noMethodIsLeftOut() {
    #expect(Set(catalogue.map { $0.name }).subtracting(Self.names) == ["repeat-factor"])
    #expect(Set(Self.names).isSubset(of: Set(catalogue.map { $0.name })))
  }

  @Test(arguments: names)
  func partsOfTheRun(name: String) throws {
    let (found, expected) = (try stages(name), try #require(StagePlan.all[name]))
    #expect(difference(found.map(\.fraction), expected.map(\.fraction)) == nil)
    #expect(found.map(\.trains) == expected.map(\.trains))
    #expect(found.map(\.rate) == expected.map(\.rate))
    #expect(found.map(\.chooses) == expected.map(\.chooses))
  }

  @Test(arguments: names)
  func whoIsDrawn(name: String) throws {
    let (found, expected) = (try stages(name), try #require(StagePlan.all[name]))
    let classes = try ClassCounts(Self.counts)
    try #require(found.count == expected.count)
    for (stage, plan) in zip(found, expected) {
      try #require(stage.streams.count == plan.draws.count)
      for (stream, draw) in zip(stage.streams, plan.draws) {
        for progress in [0, 0.25, 1] {
          let shares = stream.sampler.distribution(for: classes, progress: progress)
          #expect(
            difference(
              shares, draw.shares(of: Self.counts, progress: progress), relative: 1e-9,
              absolute: 1e-12) == nil, "\(progress)")
        }
      }
    }
  }

  @Test(arguments: names)
  func whatIsSeen(name: String) throws {
    let (found, expected) = (try stages(name), try #require(StagePlan.all[name]))
    // A view of each stream, unless the plan says more.
    #expect(
      found.map(\.views)
        == expected.map { plan in
          plan.views.count < plan.draws.count ? plan.draws.map { _ in plan.views[0] } : plan.views
        })
    for (stage, plan) in zip(found, expected) {
      #expect(stage.teacher?.decay == plan.teacher?.decay)
      #expect(stage.teacher?.isModel == plan.teacher?.isModel)
      #expect(stage.unlabelled?.ratio == plan.unlabelled)
    }
  }

  @Test(arguments: names)
  func whatIsPutOnAndTakenOff(name: String) throws {
    let (found, expected) = (try stages(name), try #require(StagePlan.all[name]))
    #expect(found.map { $0.opening.map { "\(type(of: $0))" } } == expected.map(\.opening))
    #expect(found.map { $0.closing.map { "\(type(of: $0))" } } == expected.map(\.closing))
  }

  /// What is made for training alone is gone when the run is over: a projection, scales beside a head.
  @Test(arguments: names)
  func nothingOfTrainingIsLeft(name: String) throws {
    let kind = try method(named: name)
    let made = kind.init()
    let edits = try stages(name).flatMap { $0.opening + $0.closing }.map { "\(type(of: $0))" }
    #expect((made.network.projection != nil) == edits.contains("DropProjection"))
    #expect(edits.contains("ScaleHead") == edits.contains("FoldScales"))
    if let put = edits.firstIndex(of: "ScaleHead"), let off = edits.firstIndex(of: "FoldScales") {
      #expect(put < off)
    }
  }

  /// r_c = max(1, √(t / f_c)) repeats of a row of class c, t = .001 unless said otherwise.
  @Test(arguments: [0.001, 0.05, 0.5, 1])
  func repeatFactors(threshold: Double) throws {
    let stage = try stages("repeat-factor", ["threshold": "\(threshold)"])[0]
    let total = Self.counts.reduce(0, +)
    let rows = Self.counts.map { n in
      Double(n) * max(1, (threshold * Double(total) / Double(n)).squareRoot())
    }
    let all = rows.reduce(0, +)
    let found = stage.streams[0].sampler.distribution(
      for: try ClassCounts(Self.counts), progress: 0.5)
    #expect(difference(found, rows.map { $0 / all }, relative: 1e-9) == nil)
  }

  /// Shares move the border between the stages, and nothing else of them.
  @Test(arguments: [
    "crt", "lws", "mislas", "disalign", "weight-balancing", "smote-features", "gcl", "balms",
    "two-phase", "supcon", "sbcl", "kcl", "tsc",
  ])
  func shares(name: String) throws {
    for share in [0.01, 0.25, 0.5, 0.99] {
      let found = try stages(name, ["share": "\(share)"])
      #expect(difference(found.map(\.fraction), [1 - share, share]) == nil)
      let plain = try stages(name)
      #expect(found.map(\.trains) == plain.map(\.trains))
      #expect(found.map(\.rate) == plain.map(\.rate))
    }
  }

  /// Where a method begins its second part says `start` for one that has two stages.
  @Test(arguments: ["drs", "ib"])
  func starts(name: String) throws {
    for start in [0.01, 0.25, 0.99] {
      let found = try stages(name, ["start": "\(start)"])
      #expect(difference(found.map(\.fraction), [start, 1 - start]) == nil)
    }
  }

  /// The rate of a last stage is a factor of the run's; that of the scales of MiSLAS stays the run's.
  @Test(arguments: [
    "crt", "lws", "mislas", "disalign", "weight-balancing", "smote-features", "gcl", "balms",
    "two-phase", "ib",
  ])
  func rates(name: String) throws {
    for factor in [0.125, 1, 4] {
      let found = try stages(name, ["rate": "\(factor)"])
      #expect(found[0].rate == .continues && found[1].rate == .restarts(factor: factor))
      let scales = found[1].headRates["scale"]
      #expect(scales.map { $0 * factor } == (name == "mislas" ? 1 : nil))
    }
  }

  /// The optimiser goes on where the same tensors learn the same loss from other draws, and nowhere else.
  @Test(arguments: names)
  func momentum(name: String) throws {
    let keeps = try stages(name).map(\.keepsOptimizer)
    #expect(keeps == (name == "drs" ? [false, true] : keeps.map { _ in false }))
  }

  /// Decays, bounds and shifted statistics are those of the two methods that have them.
  @Test(arguments: names)
  func whatHoldsTheWeights(name: String) throws {
    let found = try stages(name)
    #expect(
      found.map(\.weightDecay)
        == (name == "weight-balancing" ? [0.005, 0.1] : found.map { _ in nil }))
    #expect(
      found.map { $0.maxNorm?.share }
        == (name == "weight-balancing" ? [nil, 0.1] : found.map { _ in nil }))
    #expect(
      found.map(\.shiftsStatistics)
        == (name == "mislas" ? [false, true] : found.map { _ in false }))
  }

  @Test func theSettingsOfWeightBalancing() throws {
    let found = try stages(
      "weight-balancing", ["decay": "0.25", "last": "0", "bound": "2", "beta": "0"])
    #expect(found.map(\.weightDecay) == [0.25, 0])
    #expect(found[1].maxNorm?.share == 2)
    #expect(found[1].needsLinearHeads && !found[0].needsLinearHeads)
  }

  /// Two-phase balances by leaving out as well as by repeating; both are balanced, and the second stage is the same.
  @Test func twoWaysToBalanceFirst() throws {
    let (over, under) = (try stages("two-phase"), try stages("two-phase", ["under": "true"]))
    #expect(over[0].streams[0].sampler is OverSampler)
    #expect(under[0].streams[0].sampler is UnderSampler)
    #expect(under[1].streams[0].isAsItComes && over[1].streams[0].isAsItComes)
  }

  /// A router is a stage of its own at the end, on balanced classes, whose last epoch counts.
  @Test func theRouterOfRIDE() throws {
    let found = try stages("ride", ["router": "0.25"])
    #expect(difference(found.map(\.fraction), [0.75, 0.25]) == nil)
    #expect(found.map(\.trains) == [.everything, .router])
    #expect(found[1].opening.map { "\(type(of: $0))" } == ["NewRouter"])
    #expect(found[1].rate == .restarts(factor: 0.1) && found[1].chooses == .last)
    #expect(found[1].streams[0].sampler is ClassBalancedSampler)
  }

  /// The queue of supervised contrast brings its slow network along, with the momentum that was asked for.
  @Test func aQueueHasATeacher() throws {
    let found = try stages("supcon", ["queue": "16", "momentum": "0.5"])
    #expect(found[0].teacher == Teacher(decay: 0.5, warmup: false, isModel: false))
    #expect(found[1].teacher == nil)
    #expect(try stages("supcon", ["queue": "0", "momentum": "0.5"])[0].teacher == nil)
  }

  /// A queue is never longer than the images there are.
  @Test(arguments: ["kcl", "tsc", "paco"])
  func queuesAreNoLongerThanTheData(name: String) throws {
    let classes = try ClassCounts(Self.counts)
    for (asked, kept) in [(7, 7), (100, 100), (65_536, 100)] {
      let stage = try stages(name, ["queue": "\(asked)", "dimensions": "4"])[0]
      let memory = stage.objective.memory(for: classes)
      let keys = try #require(memory.names.first { $0.hasSuffix("queue.keys") })
      #expect(memory[keys].shape == [kept, 4], "\(asked)")
    }
  }
}
