import Evaluation
import Foundation
import Randomness
import TestSupport
import Testing
import Uncertainty

/// Tables of methods over seeds whose truth is known.
@Suite struct GridComparisonTests {
  /// Test rows of four classes, how hard each is for every model, and models that differ by their training.
  private struct World {
    var random: RandomSource
    var rows = 120
    /// Whether each training has test rows of its own.
    var hasOwnRows = false
    /// Rows that share class and difficulty.
    var groupSize = 1
    /// How much a training's luck moves a model.
    var spread = 0.25
    private let priors = [0.5, 0.75, 0.9, 1]

    init(seed: Int, hasOwnRows: Bool = false) {
      random = RandomKey(seed: UInt64(seed)).folding("world").source
      self.hasOwnRows = hasOwnRows
    }

    /// `[M]` rows of `[S]` trainings; `skills` is what each method adds to the logit of the true class.
    mutating func trials(_ skills: [Double], trainings: Int) throws -> [MethodTrials] {
      var trials = skills.indices.map { MethodTrials("method \($0)", trials: []) }
      var (truths, noise): ([Int], [Double]) = ([], [])
      for training in 0..<trainings {
        if training == 0 || hasOwnRows { (truths, noise) = draw() }
        let first = hasOwnRows ? training * rows : 0
        let groups = (0..<rows).map { "g\((first + $0) / groupSize)" }
        for (method, skill) in skills.enumerated() {
          let lift = 1 + skill + spread * random.normal()
          let probabilities = (0..<rows).flatMap { row -> [Double] in
            let logits = (0..<4).map { index in
              noise[row * 4 + index] + 0.5 * random.normal()
                + (index == truths[row] ? lift : 0)
            }
            let sum = logits.reduce(0) { $0 + exp($1) }
            return logits.map { exp($0) / sum }
          }
          let predictions = try Predictions(
            classes: ["a", "b", "c", "d"], paths: (0..<rows).map { "r\(first + $0)" },
            truths: truths, probabilities: probabilities,
            columns: groupSize > 1 ? [.init("group", groups)] : [])
          trials[method].trials.append(.init(predictions, shots: nil))
        }
      }
      return trials
    }

    private mutating func draw() -> ([Int], [Double]) {
      var (truths, noise): ([Int], [Double]) = ([], [])
      for row in 0..<rows {
        if row % groupSize > 0 {
          truths.append(truths[row - 1])
          noise += noise.suffix(4)
          continue
        }
        let place = random.uniform()
        truths.append(priors.firstIndex { place < $0 } ?? 3)
        for _ in 0..<4 { noise.append(random.normal()) }
      }
      return (truths, noise)
    }
  }

  private static let settings = IntervalSettings(resamples: 100, threads: 2)

  private func compared(
    _ seed: Int, _ skills: [Double], trainings: Int = 3, hasOwnRows: Bool = false,
    settings: IntervalSettings = GridComparisonTests.settings
  ) throws -> GridComparison {
    var world = World(seed: seed, hasOwnRows: hasOwnRows)
    let found = try GridComparison(
      world.trials(skills, trainings: trainings), reference: 0, ratio: 0.2, settings: settings)
    return try #require([found].adjusted().first)
  }

  /// Equal methods in 200 tables of four methods and three seeds: in at most 5 % of them one is called different.
  @Test(arguments: [false, true])
  func equalMethodsAreSeldomToldApart(hasOwnRows: Bool) throws {
    var alarms = 0
    for seed in 0..<200 {
      let found = try compared(seed, [0, 0, 0, 0], hasOwnRows: hasOwnRows)
      let values = found.rows.compactMap { $0.differences["accuracy"]?.adjusted }
      #expect(values.count == 3)
      if values.contains(where: { $0 < 0.05 }) { alarms += 1 }
    }
    #expect(alarms <= 10, "\(alarms) of 200")
  }

  /// A better method among equal ones is found, and nothing else is.
  @Test func plantedMethodIsFound() throws {
    var (found, others) = (0, 0)
    for seed in 0..<40 {
      let table = try compared(1000 + seed, [0, 0, 1.5, 0], trainings: 5)
      for (number, row) in table.rows.enumerated() {
        guard let difference = row.differences["accuracy"], difference.adjusted ?? 1 < 0.05 else {
          continue
        }
        if number == 2 && difference.mean ?? 0 > 0 { found += 1 } else { others += 1 }
      }
      #expect(try #require(table.rank(2, by: "accuracy")) < 2)
    }
    #expect(found >= 38 && others <= 4, "\(found), \(others)")
  }

  /// Of one training the error is that of a paired mean, and more where rows come in groups.
  @Test func oneTrainingHasTheErrorOfItsRows() throws {
    var world = World(seed: 7)
    let settings = IntervalSettings(resamples: 2000, threads: 2)
    let trials = try world.trials([0, 0.5], trainings: 1)
    let found = try GridComparison(trials, reference: 0, ratio: 0, settings: settings)
    #expect(found.design == .single && found.units == 120 && found.groupColumn == nil)
    let predictions = trials.compactMap { $0.trials[0]?.predictions }
    let gains = (0..<120).map { row -> Double in
      let right = predictions.map { $0.predicted[row] == $0.truths[row] }
      return (right[1] ? 1 : 0) - (right[0] ? 1 : 0)
    }
    let mean = gains.reduce(0, +) / 120
    let variance = gains.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 120 / 120
    let difference = try #require(found.rows[1].differences["accuracy"])
    #expect(close(difference.mean ?? 0, mean, relative: 1e-12))
    let error = try #require(difference.standardError)
    #expect(abs(error / variance.squareRoot() - 1) < 0.06, "\(error), \(variance.squareRoot())")
    world.groupSize = 4
    let grouped = try GridComparison(
      world.trials([0, 0.5], trainings: 1), reference: 0, ratio: 0, settings: settings)
    #expect(grouped.units == 30 && grouped.groupColumn == "group")
  }

  /// Many seeds on the same rows: the luck of the rows stays, however many seeds there are.
  @Test func sharedRowsKeepTheirLuck() throws {
    var world = World(seed: 3)
    world.spread = 0
    let few = try GridComparison(
      world.trials([0, 1], trainings: 2), reference: 0, ratio: 0, settings: Self.settings)
    let many = try GridComparison(
      world.trials([0, 1], trainings: 16), reference: 0, ratio: 0, settings: Self.settings)
    #expect(few.design == .shared && many.design == .shared)
    let errors = [few, many].compactMap { $0.rows[1].differences["accuracy"]?.standardError }
    #expect(errors.count == 2 && errors[1] > 0.25 * errors[0])
    let own = try compared(3, [0, 1], trainings: 4, hasOwnRows: true)
    #expect(own.design == .own(ratio: 0.2) && own.rows[1].differences["mcc"]?.freedom == 3)
  }

  @Test func failedTrainingsAreLeftOutAndTheRestStaysPaired() throws {
    var world = World(seed: 5)
    var trials = try world.trials([0, 1, 0], trainings: 3)
    trials[1].trials[2] = nil
    trials[2].trials = [nil, nil, nil]
    trials[1].trials[0]?.values = ["seconds": 4]
    let found = try GridComparison(trials, reference: 0, ratio: 0, settings: Self.settings)
    #expect(found.rows.map(\.trainings) == [3, 2, 0])
    let differences = try #require(found.rows[1].differences["mcc"]?.differences)
    #expect(differences.map { $0 == nil } == [false, false, true])
    #expect(found.rows[2].differences.isEmpty && found.rows[2].values.isEmpty)
    #expect(found.rows[1].values["seconds"]?.values == [4, nil, nil])
    // The row that failed everywhere has no rank, and takes none from the others.
    let ranks = try #require(found.ranks["mcc"])
    #expect(ranks.blocks == 2 && ranks.ranks[2] == nil)
    let two = try GridComparison(
      Array(trials[..<2]), reference: 0, ratio: 0, settings: Self.settings)
    #expect(Array(ranks.ranks[..<2]) == two.ranks["mcc"]?.ranks)
    #expect(found.cost(of: 1) == nil && found.rank(2, by: "mcc") == nil)
  }

  @Test func otherRowsInOneSeedAreRefused() throws {
    var (world, other) = (World(seed: 5), World(seed: 6))
    var trials = try world.trials([0, 0], trainings: 1)
    trials[1] = try other.trials([0], trainings: 1)[0]
    #expect(throws: ComparisonError.self) {
      try GridComparison(trials, reference: 0, ratio: 0, settings: Self.settings)
    }
  }

  /// Holm over all methods and imbalances of a metric.
  @Test func adjustedOverTheWholeGrid() throws {
    let parts = try [1, 2].map { try compared($0, [0, 0.4, 0.8]) }
    let both = parts.adjusted()
    let raw = parts.flatMap { $0.rows.dropFirst().map { $0.differences["mcc"]?.pValue } }
    let own = both.flatMap { $0.rows.dropFirst().map { $0.differences["mcc"]?.adjusted } }
    #expect(raw.count == 4 && own == holmAdjusted(raw))
  }

  /// Same trials, same bytes, whatever the number of threads.
  @Test func isAFunctionOfItsInput() throws {
    let one = try compared(9, [0, 0.4], settings: IntervalSettings(resamples: 60, threads: 1))
    let two = try compared(9, [0, 0.4], settings: IntervalSettings(resamples: 60, threads: 4))
    #expect(one.rows == two.rows && one.ranks == two.ranks)
    let text = try JSONEncoder().encode(one)
    #expect(try JSONDecoder().decode(GridComparison.self, from: text) == one)
  }
}
