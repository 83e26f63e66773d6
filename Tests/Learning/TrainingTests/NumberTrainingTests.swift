import Batches
import Datasets
import Evaluation
import Files
import Foundation
import Inference
import Methods
import Networks
import Plans
import Randomness
import Runs
import Sampling
import Targets
import TestSupport
import Testing
import Torch
import Training

/// Runs whose target is a number.
@Suite struct NumberTrainingTests {
  /// Every method that knows numbers, blended squared error among them.
  static let methods: [any Method] = {
    var blended = SquaredErrorTraining()
    blended.alpha = 0.3
    return catalogue.map { $0.init() }.filter { $0.stages(for: NumberTable([0, 1])) != nil }
      + [blended]
  }()

  /// Eight features of which one direction is the number, y = z + 3 max(z − 1.645, 0) with noise of .3, in hundreds: its rarest
  /// twentieth lies far out, where a network of one layer says too little.
  private static func set(_ count: Int, seed: UInt64) -> ExampleSet {
    let width = 8
    var plan = RandomSource(seed: 11)
    let axis = (0..<width).map { _ in plan.normal() }
    let length = axis.reduce(0) { $0 + $1 * $1 }.squareRoot()
    var source = RandomSource(seed: seed)
    var (features, numbers) = ([Float](), [Double]())
    for _ in 0..<count {
      let x = (0..<width).map { _ in source.normal() }
      features += x.map { Float($0) }
      let z = zip(axis, x).reduce(0) { $0 + $1.0 * $1.1 } / length
      numbers.append(500 + 100 * (z + 3 * max(z - 1.645, 0) + 0.3 * source.normal()))
    }
    return ExampleSet(
      paths: (0..<count).map { "set\(seed)/\($0)" }, truths: .numbers(numbers),
      groups: (0..<count).map { "g\($0 / 2)" },
      content: .rows(RowStore(features: features, width: width), members: Array(0..<count)))
  }

  private func tiny(
    _ method: any Method, counts: (Int, Int, Int) = (80, 30, 30), epochs: Int = 2,
    world: UInt64 = 0, folder: String
  ) throws -> TinyRun {
    var tiny = try TinyRun(method, epochs: epochs, folder: folder)
    tiny.take(
      rows: try TrainingData(
        classes: ["age"], train: Self.set(counts.0, seed: 10 * world + 1),
        val: Self.set(counts.1, seed: 10 * world + 2),
        test: Self.set(counts.2, seed: 10 * world + 3)
      ), target: .number, by: .mae)
    return tiny
  }

  @Test func theseMethodsKnowNumbers() {
    #expect(
      Set(Self.methods.map { type(of: $0).name }) == [
        "erm", "mixup", "balanced-mixup", "class-balanced", "squared-error", "density-weighted",
        "balanced-mse",
      ])
  }

  /// To the end, with a finite loss, tables that the judging commands read, and a model that answers alike.
  @Test(arguments: methods.indices) func everyMethodRuns(place: Int) throws {
    try withTemporaryFolder { folder in
      let tiny = try tiny(Self.methods[place], folder: folder)
      let directory = try tiny.directory("run")
      let outcome = try tiny.trainer(in: directory).run()
      #expect(outcome.history.allSatisfy { $0.trainLoss.isFinite })
      #expect(outcome.reports.isEmpty && outcome.labelReports.isEmpty)
      #expect(outcome.numberReports.keys.sorted() == ["test", "val"])
      #expect(outcome.history.allSatisfy { ($0.validation["mae"] ?? -1) > 0 })
      let table = try NumberPredictions.read(directory.predictions("test"))
      #expect(table.count == 30 && table.truths == tiny.data.test?.numbers?.map { $0 })
      #expect(table.carried.names == ["group"])
      let (network, description) = try ModelFile.read(directory.model, on: .cpu)
      #expect(description.isOfNumbers && description.classes == ["age"])
      #expect(description.decision == "number" && description.trainingCounts == [80])
      let scale = try #require(description.number)
      let numbers = try #require(tiny.data.train.numbers)
      #expect(close(scale.mean, numbers.reduce(0, +) / 80, relative: 1e-9))
      let again = try Predictor(batchSize: 7, workers: 1, autocast: nil, device: .cpu)
        .numberPredictions(
          on: try #require(tiny.data.test), by: network, scale, description.preprocessing)
      #expect(difference(again.predicted, table.predicted, absolute: 1e-2) == nil)
      // Intervals are validation's, and stand in the table of the test part alone.
      let val = try NumberPredictions.read(directory.predictions("val"))
      let band = try #require(try ModelFile.band(of: directory.model))
      #expect(val.intervals == nil && band == ConformalBand(on: val))
      let intervals = try #require(table.intervals)
      let width = intervals[0].upperBound - intervals[0].lowerBound
      #expect(close(width, 2 * band.halfWidth, relative: 1e-9))
    }
  }

  /// Units are those of the training part alone: other validation and test numbers change no weight.
  @Test func noTestRowChangesATrainingNumber() throws {
    try withTemporaryFolder { folder in
      func weights(_ name: String, _ val: UInt64, _ count: Int) throws -> [UInt8] {
        var tiny = try tiny(BalancedMixupTraining(), folder: folder)
        tiny.data = try TrainingData(
          classes: ["age"], train: tiny.data.train, val: tiny.data.val,
          test: Self.set(count, seed: val))
        let directory = try tiny.directory(name)
        _ = try tiny.trainer(in: directory).run()
        return try FileBytes.read(directory.model)
      }
      let (one, two) = (try weights("one", 3, 30), try weights("two", 77, 12))
      #expect(one == two)
    }
  }

  /// What an epoch drew is counted range by range, and follows what was expected.
  @Test func drawsAreCounted() throws {
    try withTemporaryFolder { folder in
      var method = BalancedMixupTraining()
      method.alpha = 1
      let tiny = try tiny(method, counts: (600, 30, 30), epochs: 3, folder: folder)
      let outcome = try tiny.trainer(in: nil).run()
      let table = try #require(tiny.data.numberTable)
      #expect(tiny.data.classes == table.bins.names && tiny.data.answers == ["age"])
      for epoch in outcome.history {
        #expect(abs(epoch.drawn.reduce(0) { $0 + $1.mass } - 1) < 1e-9)
        for (range, drawn) in epoch.drawn.enumerated() {
          #expect(abs(drawn.mass - (drawn.expectedMass ?? 0)) < 0.06, "\(drawn)")
          #expect(drawn.distinct <= table.counts[range])
        }
      }
    }
  }

  /// By hand (ARCHITECTURE.md): 10, 12, 14 and 40; α = .2.
  @Test func theSharesByHand() throws {
    let table = NumberTable([10, 12, 14, 40])
    #expect(table.mean == 19 && close(table.scale, 149.0.squareRoot()))
    #expect(table.bins.names == ["10 to 13", "13 to 16", "37 to 40"])
    #expect(table.places == [0, 0, 1, 2] && table.counts == [2, 1, 1])
    let stage = try #require(BalancedMixupTraining().stages(for: table)?.first)
    let mass = stage.expectedLabelMass(for: try ClassCounts(table.counts), progress: 0)
    #expect(close(mass[2], 5.0 / 6 / 4 + 1.0 / 6 / 3, relative: 1e-12))
    #expect(close(mass[2], 0.26389, relative: 1e-4))
  }

  /// Stopped anywhere and resumed, the bytes are those of a run that was not; a run of other numbers is another run.
  @Test func stoppedAndResumedToTheSameBytes() throws {
    try withTemporaryFolder { folder in
      var tiny = try tiny(BalancedMixupTraining(), folder: folder)
      try tiny.expectSameBytes(stoppedEvery: 7)
      let directory = try tiny.directory("other")
      try tiny.runUntilStopped(in: directory, at: 12)
      tiny.data = try TrainingData(
        classes: ["age"], train: Self.set(80, seed: 4), val: tiny.data.val, test: tiny.data.test)
      #expect(throws: RunError.self) { try tiny.trainer(in: directory, resuming: true) }
    }
  }

  /// Ranges of the numbers of a training part and four clusters of its rows, by the signs of their first two features.
  private func cells(_ data: TrainingData, cap: Double = 5) throws -> CellSampler {
    let table = try #require(data.numberTable)
    guard case .rows(let rows, let members) = data.train.content else {
      throw CocoaError(.featureUnsupported)
    }
    let clusters = members.map { member in
      rows.values(member).prefix(2).reduce(0) { 2 * $0 + ($1 > 0 ? 1 : 0) }
    }
    return CellSampler(JointCells(ranges: table.places, clusters: clusters), cap: cap)
  }

  /// Mean absolute error of the top twentieth of the truth, Pearson's r of all, and how many truths the intervals hold: means of
  /// three worlds.
  private func judged(
    _ method: any Method, drawsCells: Bool = false
  ) throws -> (extremes: Double, r: Double, coverage: Double) {
    var sums = (extremes: 0.0, r: 0.0, coverage: 0.0)
    for world: UInt64 in 1...3 {
      try withTemporaryFolder { folder in
        var tiny = try tiny(
          method, counts: (1000, 400, 2000), epochs: 30, world: world, folder: folder)
        (tiny.plan.batchSize, tiny.plan.learningRate) = (32, 0.02)
        if drawsCells { tiny.plan.cells = try cells(tiny.data) }
        let directory = try tiny.directory("run")
        let outcome = try tiny.trainer(in: directory).run()
        let table = try NumberPredictions.read(directory.predictions("test"))
        let truths = table.truths.compactMap { $0 }
        let cut = truths.sorted()[1900]
        let errors = zip(truths, table.predicted).filter { $0.0 >= cut }.map { abs($0.0 - $0.1) }
        let found = try #require(outcome.numberReports["test"])
        sums.extremes += errors.reduce(0, +) / Double(errors.count) / 3
        sums.r += try #require(found["pearson"]) / 3
        sums.coverage += try #require(found["interval_coverage"]) / 3
      }
    }
    return sums
  }

  /// Planted: 5 % of extremes. What rebalances errs on them by at least 15 % less, and r falls by no more than .02; intervals hold
  /// the truth about as often as is stated, whatever the method.
  @Test func rareNumbersAreFound() throws {
    let plain = try judged(ERM())
    for method: any Method in [DensityWeighted(), BalancedMSE()] {
      let found = try judged(method)
      #expect(found.extremes < 0.85 * plain.extremes, "\(found) \(plain)")
      #expect(found.r > plain.r - 0.02, "\(found) \(plain)")
      #expect(abs(found.coverage - 0.9) < 0.04, "\(found)")
    }
    #expect(abs(plain.coverage - 0.9) < 0.04, "\(plain)")
    let drawn = try judged(ERM(), drawsCells: true)
    #expect(drawn.extremes < 0.85 * plain.extremes, "\(drawn) \(plain)")
    #expect(drawn.r > plain.r - 0.02, "\(drawn) \(plain)")
  }

  /// An epoch draws exactly what is expected of each range; a run that was stopped draws on as if it had not been, and a run of other
  /// cells is another run.
  @Test func cellsAreDrawnExactlyAndBelongToTheRun() throws {
    try withTemporaryFolder { folder in
      var tiny = try tiny(ERM(), counts: (300, 30, 30), folder: folder)
      tiny.plan.cells = try cells(tiny.data)
      let outcome = try tiny.trainer(in: nil).run()
      for epoch in outcome.history {
        for drawn in epoch.drawn {
          #expect(close(drawn.mass, drawn.expectedMass ?? -1, absolute: 1e-9), "\(drawn)")
        }
      }
      let stopped = try tiny.directory("stopped")
      try tiny.runUntilStopped(in: stopped, at: 12)
      _ = try tiny.trainer(in: stopped, resuming: true).run()
      let whole = try tiny.directory("whole")
      _ = try tiny.trainer(in: whole).run()
      #expect(try FileBytes.read(stopped.model) == FileBytes.read(whole.model))
      let other = try tiny.directory("other")
      try tiny.runUntilStopped(in: other, at: 12)
      tiny.plan.cells = try cells(tiny.data, cap: 4)
      #expect(throws: RunError.self) { try tiny.trainer(in: other, resuming: true) }
    }
  }

  /// With the numbers of every part dealt out anew, drawing by cells finds nothing either: r is that of chance.
  @Test func shuffledNumbersGiveNoCorrelationByCells() throws {
    try withTemporaryFolder { folder in
      var tiny = try tiny(ERM(), counts: (400, 100, 1000), epochs: 8, folder: folder)
      func dealt(_ set: ExampleSet, _ seed: UInt64) throws -> ExampleSet {
        let numbers = try #require(set.numbers)
        var source = RandomSource(seed: seed)
        return ExampleSet(
          paths: set.paths, truths: .numbers(source.shuffle(numbers.count).map { numbers[$0] }),
          groups: set.groups, content: set.content)
      }
      tiny.data = try TrainingData(
        classes: ["age"], train: dealt(tiny.data.train, 31),
        val: dealt(try #require(tiny.data.val), 32), test: dealt(try #require(tiny.data.test), 33))
      tiny.plan.cells = try cells(tiny.data)
      let r = try #require(try tiny.trainer(in: nil).run().numberReports["test"]?["pearson"])
      // The standard deviation of r by chance is .032 on 1,000 rows.
      #expect(abs(r) < 0.13, "\(r)")
    }
  }

  /// With the numbers dealt out anew there is nothing to find.
  @Test func shuffledNumbersAreNotLearnt() throws {
    try withTemporaryFolder { folder in
      var tiny = try tiny(ERM(), counts: (400, 100, 1000), epochs: 8, folder: folder)
      let numbers = try #require(tiny.data.train.numbers)
      var source = RandomSource(seed: 21)
      let dealt = source.shuffle(numbers.count).map { numbers[$0] }
      let train = tiny.data.train
      tiny.data = try TrainingData(
        classes: ["age"],
        train: ExampleSet(
          paths: train.paths, truths: .numbers(dealt), groups: train.groups,
          content: train.content), val: tiny.data.val, test: tiny.data.test)
      let outcome = try tiny.trainer(in: nil).run()
      let shuffled = try #require(outcome.numberReports["test"]?["r2"])
      tiny.data = try TrainingData(
        classes: ["age"], train: train, val: tiny.data.val, test: tiny.data.test)
      let known = try #require(try tiny.trainer(in: nil).run().numberReports["test"]?["r2"])
      #expect(shuffled < 0.2 && known > 0.6, "\(shuffled) \(known)")
    }
  }

  /// A description that says no scale, or that of several names, makes no model.
  @Test func aModelOfANumberHasItsUnits() throws {
    var description = ModelDescription(
      architecture: "linear", classes: ["age"], trainingCounts: [9],
      preprocessing: .rows(
        Standardization(of: RowStore(features: [0, 1, 2, 3], width: 2), members: [0, 1])),
      method: "erm", epoch: 1, form: NetworkForm(decoding: .value))
    #expect(throws: ModelError.self) {
      try ModelDescription(metadata: description.metadata(), path: "m")
    }
    description.number = NumberScale(mean: 3, scale: 0)
    #expect(throws: ModelError.self) {
      try ModelDescription(metadata: description.metadata(), path: "m")
    }
    description.number = NumberScale(mean: 3, scale: 2)
    let again = try ModelDescription(metadata: description.metadata(), path: "m")
    #expect(again == description && again.isOfNumbers)
  }
}
