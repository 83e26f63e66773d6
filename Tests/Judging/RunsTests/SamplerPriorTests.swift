import Decisions
import Files
import Runs
import TestSupport
import Testing

/// The class frequencies that a decision rule takes back are those of the weights that were kept.
@Suite struct SamplerPriorTests {
  private func drawn(_ records: [EpochRecord]) -> [Double]? {
    DecisionPlan.Sampler(Samples.data, Samples.log(records))?.drawn
  }

  /// From the data as they come to balanced classes, as `progressive` does it, kept in the middle.
  @Test func ofAChangingSamplerTheKeptEpoch() throws {
    let epochs = (0...4).map {
      Samples.epoch($0 + 1, mass: 0.9 - 0.1 * Double($0), isBest: $0 == 0 || $0 == 3)
    }
    let mass = try #require(drawn(epochs))
    #expect(close(mass[0], 0.6) && close(mass[1], 0.4))
    let sampler = DecisionPlan.Sampler(Samples.data, Samples.log(epochs))
    #expect(sampler?.natural == [0.9, 0.1])
  }

  /// The second stage balances the classes; what the first drew says nothing of its weights.
  @Test func ofSeveralStagesTheStageOfTheKeptEpoch() {
    let stages = [0.9, 0.9, 0.9, 0.5, 0.5].enumerated().map { Samples.epoch($0 + 1, mass: $1) }
    let second = stages.map { record in
      var record = record
      record.isBest = [1, 4].contains(record.epoch)
      return record
    }
    #expect(drawn(second) == [0.5, 0.5])
    let first = stages.map { record in
      var record = record
      record.isBest = record.epoch == 2
      return record
    }
    #expect(drawn(first) == nil, "the first stage drew what there is: nothing to take back")
  }

  /// A training part that was thinned out says nothing of the others, whatever its sampler drew of it.
  @Test func ofAThinnedTrainingPartValidationSaysWhatThereIs() throws {
    var data = Samples.data
    data.counts["val"] = ["a": 69, "b": 30]
    let log = Samples.log([Samples.epoch(1, mass: 0.9, isBest: true)])
    let thinned = ConfigRecord([.init("long-tail", yaml: "9")])
    let sampler = try #require(DecisionPlan.Sampler(data, log, thinned))
    #expect(close(sampler.natural[0], 0.695) && close(sampler.natural[1], 0.305))
    #expect(close(sampler.drawn[0], 0.9))
    for config in [nil, ConfigRecord([.init("long-tail", yaml: "null")])] {
      #expect(DecisionPlan.Sampler(data, log, config) == nil)
    }
    data.counts["val"] = nil
    #expect(DecisionPlan.Sampler(data, log, thinned) == nil)
  }

  @Test func epochsAfterTheKeptOneDoNotCount() {
    let epochs = [
      Samples.epoch(1, mass: 0.7, isBest: true), Samples.epoch(2, mass: 0.1),
      Samples.epoch(3, mass: 0.1),
    ]
    #expect(drawn(epochs).map { close($0[0], 0.7) } == true)
  }

  @Test func whatIsExpectedGoesBeforeWhatChanceDrew() {
    #expect(drawn([Samples.epoch(1, mass: 0.7, expected: 0.75)]).map { close($0[0], 0.75) } == true)
    #expect(drawn([Samples.epoch(1, mass: 0.7, expected: 0.9)]) == nil)
  }

  /// A class of one image may fall into the rest of an epoch that fills no batch.
  @Test func aClassThatTheKeptEpochDidNotDrawIsLookedForBefore() throws {
    let epochs = [
      Samples.epoch(1, mass: 0.1), Samples.epoch(2, mass: 0.6),
      Samples.epoch(3, mass: 1, isBest: true),
    ]
    let mass = try #require(drawn(epochs))
    #expect(close(mass[0], 0.8) && close(mass[1], 0.2), "the mean of the last two")
    #expect(drawn([Samples.epoch(1, mass: 1, isBest: true)]) == nil, "never drawn: not known")
  }

  @Test func whatDoesNotFitTogetherIsNotKnown() {
    var other = Samples.epoch(1, mass: 0.5)
    other.drawn[0].name = "z"
    #expect(drawn([other]) == nil)
    other.drawn.removeLast()
    #expect(drawn([other]) == nil)
    #expect(drawn([]) == nil)
    var data = Samples.data
    data.counts = ["test": ["a": 3, "b": 4]]
    #expect(DecisionPlan.Sampler(data, Samples.log([Samples.epoch(1, mass: 0.5)])) == nil)
  }

  @Test func aRunOfVersion01() throws {
    try withTemporaryFolder { folder in
      try OldRun.copy(into: folder)
      let run = try RunDirectory(existing: folder + "/run")
      let sampler = try #require(try run.sampler())
      let kept = [0.32972522547202165, 0.5400740852168485, 0.13020068931112985]
      #expect(difference(sampler.drawn, kept) == nil)
      #expect(difference(sampler.natural, [0.3, 0.6, 0.1]) == nil)
      try AtomicFile.write("{", to: run.data)
      #expect(throws: RunFileError.self) { try run.sampler() }
      try OldRun.remove(run.data)
      #expect(try run.sampler() == nil)
    }
  }
}
