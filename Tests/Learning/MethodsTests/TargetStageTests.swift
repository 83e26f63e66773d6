import Batches
import Foundation
import Losses
import Methods
import Networks
import Plans
import Sampling
import TestSupport
import Testing
import Torch

/// What methods do where a row has several labels, or a number: who can, who is drawn, and what it is without its settings.
@Suite("Plans for labels and numbers")
struct TargetStageTests {
  static let names = catalogue.map { $0.name }
  static let ofLabels: Set = [
    "erm", "class-balanced", "mixup", "balanced-mixup", "ldam-drw", "cb-loss", "sigmoid-bce",
    "weighted-ce", "focal", "cb-focal", "ldam", "repeat-factor", "asymmetric",
    "distribution-balanced", "haco",
  ]
  static let ofNumbers: Set = [
    "erm", "class-balanced", "mixup", "balanced-mixup", "squared-error", "density-weighted",
    "balanced-mse",
  ]

  /// Eight rows of three labels, of which some are not known; the last is rare.
  private static let rows: [[Bool?]] = [
    [true, false, false], [true, true, nil], [true, false, false], [false, nil, true],
    [true, false, false], [true, false, nil], [false, true, false], [true, nil, false],
  ]
  private let table = LabelTable(Self.rows.flatMap(\.self), width: 3)
  private let numbers = NumberTable([0, 0.6, 0.8, 1.1, 1.6, 1.8, 2.1, 3.2, 9.2, 10])

  /// How often each row is drawn, by each label drawn alike and then a row that has it.
  private var balanced: [Double] {
    let counts = (0..<3).map { label in Self.rows.count { $0[label] == true } }
    return Self.rows.map { row in
      (0..<3).reduce(0) { $0 + (row[$1] == true ? 1 / Double(3 * counts[$1]) : 0) }
    }
  }

  /// By the largest √(t / f) of a row's labels.
  private func repeated(_ threshold: Double) -> [Double] {
    let counts = (0..<3).map { label in Self.rows.count { $0[label] == true } }
    let raw = Self.rows.map { row in
      (0..<3).reduce(1.0) { most, label in
        row[label] == true
          ? max(most, (threshold * 8 / Double(counts[label])).squareRoot()) : most
      }
    }
    return raw.map { $0 / raw.reduce(0, +) }
  }

  /// Of draws of rows: how likely each label is there, and known.
  private func shares(_ drawn: [Double]) -> (present: [Double], known: [Double]) {
    func sum(_ holds: (Bool?) -> Bool) -> [Double] {
      (0..<3).map { label in
        zip(Self.rows, drawn).reduce(0) { $0 + (holds($1.0[label]) ? $1.1 : 0) }
      }
    }
    return (sum { $0 == true }, sum { $0 != nil })
  }

  private func stage(_ name: String, _ settings: [String: String] = [:]) throws -> Stage {
    let stages = try #require(try method(named: name).with(settings).stages(for: table))
    try #require(stages.count == 1)
    return stages[0]
  }

  @Test(arguments: names)
  func whoCan(name: String) throws {
    let made = try method(named: name).init()
    #expect((made.stages(for: table) != nil) == Self.ofLabels.contains(name))
    #expect((made.stages(for: numbers) != nil) == Self.ofNumbers.contains(name))
    for stage in (made.stages(for: table) ?? []) + (made.stages(for: numbers) ?? []) {
      #expect(stage.objective.partsThatNeedClasses.isEmpty)
      #expect(close(stage.fraction, 1) && stage.trains == .everything && stage.drawsLabels)
    }
  }

  @Test(arguments: ofLabels.sorted())
  func whoIsDrawnOfLabels(name: String) throws {
    let even = [Double](repeating: 1.0 / 8, count: 8)
    let drawn: [Double] =
      switch name {
      case "class-balanced", "distribution-balanced": balanced
      case "balanced-mixup": zip(even, balanced).map { (5 * $0 + $1) / 6 }  // α = .2
      case "repeat-factor": repeated(0.001)
      default: even
      }
    let stage = try stage(name)
    for progress in [0, 0.5, 1] {
      let (found, expected) = (
        stage.expectedShares(of: table, progress: progress), shares(drawn)
      )
      #expect(difference(found.present, expected.present, relative: 1e-9) == nil)
      #expect(difference(found.known, expected.known, relative: 1e-9) == nil)
      let mass = stage.expectedLabelMass(of: table, progress: progress)
      let total = expected.present.reduce(0, +)
      #expect(difference(mass, expected.present.map { $0 / total }, relative: 1e-9) == nil)
    }
  }

  @Test(arguments: [0.01, 0.3, 1])
  func repeatsOfLabels(threshold: Double) throws {
    let stage = try stage("repeat-factor", ["threshold": "\(threshold)"])
    let found = stage.expectedShares(of: table, progress: 0)
    #expect(
      difference(found.present, shares(repeated(threshold)).present, relative: 1e-9) == nil)
  }

  /// α = 1 takes half of each stream, a large α nearly all of the balanced one, 0 one stream alone.
  @Test(arguments: ["sigmoid-bce", "asymmetric", "balanced-mixup"])
  func blendsOfLabels(name: String) throws {
    let even = [Double](repeating: 1.0 / 8, count: 8)
    for alpha in [0.25, 1, 3, 1e6] {
      let part = alpha / (1 + alpha)
      let drawn = zip(even, balanced).map { (1 - part) * $0 + part * $1 }
      let found = try stage(name, ["alpha": "\(alpha)"]).expectedShares(of: table, progress: 0)
      #expect(difference(found.present, shares(drawn).present, relative: 1e-9) == nil)
    }
    if name != "balanced-mixup" { #expect(try stage(name, ["alpha": "0"]).streams.count == 1) }
  }

  /// Heads begin at the shares of known entries in which the loss will see each label.
  @Test func theBeginningOfLabels() throws {
    for alpha in [0.0, 1] {
      let drawn = zip([Double](repeating: 1.0 / 8, count: 8), balanced).map {
        alpha == 0 ? $0 : ($0 + $1) / 2
      }
      let (present, known) = shares(drawn)
      let bias = try #require(
        try stage("sigmoid-bce", ["alpha": "\(alpha)"]).opening.first as? PriorBias)
      let expected = zip(present, known).map { $0 / $1 }
      #expect(difference(bias.shares, expected, relative: 1e-9) == nil)
    }
    #expect(try stage("sigmoid-bce", ["prior": "false"]).opening.isEmpty)
    #expect(try stage("asymmetric").opening.isEmpty)
    #expect(try stage("asymmetric", ["prior": "true"]).opening.first is PriorBias)
  }

  /// What rows lose at logits that say something, labels as they are.
  private func labelLosses(_ name: String, _ settings: [String: String]) throws -> [Double] {
    let stage = try stage(name, settings)
    let values = Self.rows.flatMap { row in
      row.map { entry -> Float? in entry.map { $0 ? 1 : 0 } }
    }
    let logits = (0..<24).map { 0.5 * sin(Double(3 * $0)) }
    let batch = Batch(
      inputs: Tensor(logits, shape: [8, 3]),
      target: Target(Target.Entries(values, width: 3)),
      examples: Array(0..<8))
    var memory = stage.objective.memory(for: try ClassCounts([6, 2, 1]))
    return stage.objective.terms(
      TinyRun.batches(of: stage, stage.streams.map { _ in batch }), through: LinearPass(),
      at: Moment(progress: 0.5, elapsed: 0.9), remembering: &memory
    ).terms.flatMap { $0.rows.values.scalars(as: Double.self) }
  }

  /// Settings at which methods of labels are plain ones, in what each row loses.
  @Test(
    arguments: [
      ("focal", ["gamma": "0"]), ("cb-loss", ["beta": "0"]), ("weighted-ce", ["power": "0"]),
      ("cb-focal", ["gamma": "0", "beta": "0"]), ("sigmoid-bce", ["alpha": "0"]),
      ("asymmetric", ["positive": "0", "negative": "0", "margin": "0"]),
      ("haco", ["absent": "0", "beta": "0", "map": "0"]), ("class-balanced", [:]),
      ("repeat-factor", [:]),
    ] as [(String, [String: String])])
  func plainLabels(name: String, settings: [String: String]) throws {
    let (found, plain) = (try labelLosses(name, settings), try labelLosses("erm", [:]))
    let padded = plain + [Double](repeating: 0, count: max(0, found.count - plain.count))
    #expect(plain.contains { $0 > 0.1 })
    #expect(difference(found, padded, relative: 1e-5, absolute: 1e-6) == nil)
  }

  /// Each known entry is a question of its own: the plain loss of a row by hand.
  @Test func binaryCrossEntropyByHand() throws {
    let logits = (0..<24).map { 0.5 * sin(Double(3 * $0)) }
    let expected = Self.rows.enumerated().map { row, entries in
      entries.enumerated().reduce(0.0) { sum, entry in
        let z = logits[3 * row + entry.offset]
        switch entry.element {
        case true?: return sum + log(1 + exp(-z))
        case false?: return sum + log(1 + exp(z))
        case nil: return sum
        }
      }
    }
    let found = try labelLosses("erm", [:])
    #expect(difference(found, expected, relative: 1e-5, absolute: 1e-6) == nil)
  }

  /// What rows lose of numbers: predictions against targets in units of the mean and deviation.
  private func numberLosses(
    _ name: String, _ settings: [String: String] = [:], off: Double = 0.3
  ) throws -> [Double] {
    let stages = try #require(try method(named: name).with(settings).stages(for: numbers))
    let values = numbers.standardized
    let batch = Batch(
      inputs: Tensor(values.map { $0 + off }, shape: [values.count, 1]),
      target: Target(Target.Entries(values.map { Float($0) }, width: 1)),
      examples: Array(values.indices))
    var memory = Memory()
    return stages[0].objective.terms(
      TinyRun.batches(of: stages[0], stages[0].streams.map { _ in batch }),
      through: LinearPass(), at: Moment(progress: 0.5), remembering: &memory
    ).terms[0].rows.values.scalars(as: Double.self)
  }

  @Test func squaredErrorsByHand() throws {
    for name in ["erm", "class-balanced", "squared-error"] {
      let found = try numberLosses(name)
      #expect(difference(found, found.map { _ in 0.09 }, absolute: 1e-5) == nil, "\(name)")
    }
  }

  /// Without a power of the density, or a mixture to correct for, numbers are learnt by the squared error.
  @Test func plainNumbers() throws {
    let density = try numberLosses("density-weighted", ["power": "0", "width": "0", "bins": "3"])
    #expect(difference(density, density.map { _ in 0.09 }, absolute: 1e-5) == nil)
    let balanced = try numberLosses("balanced-mse", ["noise": "0.0001", "components": "1"])
    #expect(difference(balanced, balanced.map { _ in 0.09 }, absolute: 1e-4) == nil)
  }

  /// Weights of the density have a mean of 1 over the training rows, and the lonely numbers weigh more.
  @Test(arguments: ["1", "3", "20"])
  func densityKeepsTheMean(bins: String) throws {
    for power in ["0.5", "1"] {
      let found = try numberLosses("density-weighted", ["bins": bins, "power": power])
      #expect(close(found.reduce(0, +) / 10, 0.09, absolute: 1e-5), "\(power)")
      if bins != "1" { #expect(found[9] > found[0]) }
    }
  }

  /// Rates of numbers are a tenth of the run's; that of the squared error may be set.
  @Test(arguments: ofNumbers.sorted())
  func ratesOfNumbers(name: String) throws {
    let stages = try #require(try method(named: name).init().stages(for: numbers))
    #expect(stages.map(\.rate) == [.restarts(factor: 0.1)])
    #expect(stages[0].chooses == .best && stages[0].opening.isEmpty && stages[0].closing.isEmpty)
    guard name == "squared-error" else { return }
    let set = try #require(try SquaredErrorTraining.with(["rate": "0.5"]).stages(for: numbers))
    #expect(set[0].rate == .restarts(factor: 0.5))
  }

  /// Ranges of numbers are drawn as classes are: all ranges alike, or blended with what comes.
  @Test func whoIsDrawnOfNumbers() throws {
    let classes = try ClassCounts(numbers.counts)
    let even = classes.counts.map { _ in 1 / Double(classes.count) }
    func mass(_ name: String, _ settings: [String: String] = [:]) throws -> [Double] {
      let stages = try #require(try method(named: name).with(settings).stages(for: numbers))
      return stages[0].expectedLabelMass(for: classes, progress: 0.5)
    }
    for name in ["erm", "mixup", "squared-error", "density-weighted", "balanced-mse"] {
      #expect(difference(try mass(name), classes.priors, relative: 1e-9) == nil, "\(name)")
    }
    #expect(difference(try mass("class-balanced"), even, relative: 1e-9) == nil)
    for name in ["balanced-mixup", "squared-error"] {
      let blended = zip(classes.priors, even).map { 0.25 * $0 + 0.75 * $1 }
      #expect(difference(try mass(name, ["alpha": "3"]), blended, relative: 1e-9) == nil)
    }
  }
}
