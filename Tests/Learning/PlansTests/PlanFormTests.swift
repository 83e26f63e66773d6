import Batches
import Foundation
import Losses
import Mixing
import Plans
import Sampling
import TestSupport
import Testing

/// Values of methods, and what a plan says of itself.
@Suite("Values and forms of plans")
struct PlanFormTests {
  private func decoded(_ text: String) throws -> [String: Hyperparameter] {
    try JSONDecoder().decode([String: Hyperparameter].self, from: Data(text.utf8))
  }

  /// Flags, numbers and words are told apart by what JSON has for them, not by how they look.
  @Test func threeKinds() throws {
    let found = try decoded(
      #"{"a": true, "b": 1, "c": 0, "d": "true", "e": "1", "f": 1e-7, "g": "", "h": false, "i": -2.5}"#
    )
    #expect(
      found == [
        "a": .flag(true), "b": .number(1), "c": .number(0), "d": .text("true"), "e": .text("1"),
        "f": .number(1e-7), "g": .text(""), "h": .flag(false), "i": .number(-2.5),
      ])
  }

  @Test(arguments: ["null", "[1]", "{}", "[true]", #"{"x": 1}"#])
  func otherKindsAreNone(value: String) {
    #expect(throws: DecodingError.self) { try decoded("{\"a\": \(value)}") }
  }

  /// Bare values that come back to the bit, whole numbers without a point.
  @Test(
    arguments: [
      (0.1, "0.1"), (1, "1"), (-3, "-3"), (1e15, "1000000000000000"), (0x1p53, "9007199254740992"),
      (1e300, "1e+300"), (5e-324, "5e-324"), (1.0 / 3, "0.3333333333333333"), (2.5, "2.5"),
      (0.30000000000000004, "0.30000000000000004"), (-0.5, "-0.5"), (0, "0"),
    ] as [(Double, String)])
  func numbersShown(value: Double, text: String) throws {
    let number = Hyperparameter.number(value)
    #expect(number.description == text && Double(text) == value)
    let again = try JSONDecoder().decode(
      [Hyperparameter].self, from: try JSONEncoder().encode([number]))
    #expect(again == [number])
  }

  @Test(arguments: ["", "none", "a \"b\" \\ c", "ζ", "日本", "🙂\n\t", "true", "1"])
  func wordsComeBack(word: String) throws {
    let text = Hyperparameter.text(word)
    #expect(text.description == word)
    let again = try JSONDecoder().decode(
      [Hyperparameter].self, from: try JSONEncoder().encode([text]))
    #expect(again == [text])
  }

  /// The survey's taxonomy: what belongs to which of its three parts, and what it has no place for.
  @Test func theSurveysParts() {
    let parts: [Guide.Group: Set<Guide.Family>] = [
      .rebalancing: [.resampling, .classSensitive, .logitAdjustment],
      .augmentation: [.transfer, .augmentation],
      .modules: [.representation, .classifier, .decoupled, .ensemble],
      .beside: [.plain, .otherTargets, .robustness],
    ]
    for family in Guide.Family.allCases {
      #expect(parts[family.group]?.contains(family) == true, "\(family)")
    }
    #expect(parts.values.reduce(0) { $0 + $1.count } == Guide.Family.allCases.count)
    #expect(Set(parts.keys) == Set(Guide.Group.allCases))
  }

  /// Batches come in the order of streams, each with its views, and the unlabelled ones last.
  @Test func theOrderOfViews() {
    let stage = Stage(
      Supervised(CrossEntropy(), mixing: BalancedMixup(alpha: 1)),
      samplers: [UniformSampler(), ClassBalancedSampler()], views: [.strong, .standard],
      unlabelled: UnlabelledStream(views: [.standard, .strong], ratio: 3))
    #expect(stage.views == [.strong, .standard, .strong, .standard, .standard, .strong])
    #expect(stage.streams.map(\.isAsItComes) == [true, false])
    #expect(!stage.takesClassMass)
  }

  /// Whether somebody may say who is drawn: all streams as they come, and something learns.
  @Test func whoMayBeToldWhatToDraw() {
    var stage = Stage(Supervised())
    #expect(stage.takesClassMass && !stage.needsLinearHeads)
    stage.trains = .nothing
    #expect(!stage.takesClassMass)
    #expect(stage.weighted(by: [1, 2]) == nil)
    stage.trains = .heads
    #expect(stage.takesClassMass && stage.weighted(by: [1, 2]) != nil)
    stage.maxNorm = MaxNorm(share: 1)
    #expect(stage.needsLinearHeads)
    stage.maxNorm = nil
    stage.closing = [PriorShift([0.5, 0.5])]
    #expect(stage.needsLinearHeads)
    (stage.closing, stage.opening) = ([], [PriorBias([0.5, 0.5])])
    #expect(stage.needsLinearHeads)
    stage.opening = [NewHead()]
    #expect(!stage.needsLinearHeads)
  }

  /// A method with stages of such parts, of which each draws by a power.
  private struct Powers: Method {
    static let name = "powers"
    static let summary = "for tests"
    static let citation = Citation(authors: "", title: "", venue: "", link: "")
    static let guide = Guide(.plain, use: "Never.", avoid: "Always.", claim: "None.")
    var first = 0.25
    func stages(for classes: ClassCounts) -> [Stage] {
      [
        Stage(Supervised(), samplers: [PowerSampler(q: 1)], fraction: first),
        Stage(Supervised(), samplers: [ProgressiveSampler()], fraction: (1 - first) / 2),
        Stage(
          Bilateral(), samplers: [UniformSampler(), PowerSampler(q: 2)], fraction: (1 - first) / 2),
      ]
    }
  }

  /// The mass of a run is that of its stages by their parts; of each the integral over time, here by a fine sum.
  @Test(arguments: [0.0, 0.25, 0.9])
  func massByAFineSum(first: Double) throws {
    let classes = try ClassCounts([70, 20, 10])
    var method = Powers()
    method.first = first
    var mass = [0.0, 0, 0]
    let steps = 5000
    for stage in method.stages(for: classes) {
      for step in 0..<steps {
        let t = (Double(step) + 0.5) / Double(steps)
        for (c, part) in stage.expectedLabelMass(for: classes, progress: t).enumerated() {
          mass[c] += stage.fraction * part / Double(steps)
        }
      }
    }
    #expect(difference(method.expectedLabelMass(for: classes), mass, absolute: 1e-7) == nil)
  }

  /// Windows of mixing, wherever they lie, count by their length: nothing is lost at their ends.
  @Test(
    arguments: [0...1, 0...0.3, 0.3...1, 0.2...0.2, 0.45...0.55, 0.999...1] as [ClosedRange<Double>]
  )
  func windows(window: ClosedRange<Double>) throws {
    struct Windowed: Method {
      static let name = "windowed"
      static let summary = "a test"
      static let citation = Citation(authors: "", title: "", venue: "", link: "")
      static let guide = Guide(.plain, use: "Never.", avoid: "Always.", claim: "None.")
      var (low, high) = (0.0, 1.0)
      func stages(for classes: ClassCounts) -> [Stage] {
        let mixing = Supervised(
          CrossEntropy(), mixing: BalancedMixup(alpha: 3), window: low...high)
        return [Stage(mixing, samplers: [UniformSampler(), ClassBalancedSampler()])]
      }
    }
    var method = Windowed()
    (method.low, method.high) = (window.lowerBound, window.upperBound)
    let part = 0.75 * (window.upperBound - window.lowerBound)
    let mass = method.expectedLabelMass(for: try ClassCounts([9, 1]))
    #expect(
      difference(mass, [0.9 - 0.4 * part, 0.1 + 0.4 * part], relative: 1e-9, absolute: 1e-12)
        == nil,
      "\(mass)")
    let objective = method.stages(for: try ClassCounts([9, 1]))[0].objective
    #expect(difference(objective.expectedWeights, [1 - part, part], absolute: 1e-12) == nil)
  }

  /// What a correction comes to is a product: shares, draws, weights, offsets and shifts in any order and number.
  @Test func correctionsMultiply() throws {
    let classes = try ClassCounts([60, 30, 10])
    var loss = AdjustedCrossEntropy()
    loss.weights = ClassWeights([1, 2, 3])
    let added = [0.5, -0.25, 0]
    loss.offsets = added
    var stage = Stage(Supervised(loss), samplers: [PowerSampler(q: 0.5)])
    let (one, two) = ([0.1, 0.2, 0.3], [-0.4, 0, 0.7])
    stage.closing = [ShiftedLogits(one), NewHead(), ShiftedLogits(two)]
    let found = try #require(stage.correction(for: classes))
    let roots = [60.0, 30, 10].map { $0.squareRoot() }
    let raw = (0..<3).map { c -> Double in
      let weighed = roots[c] * Double(c + 1)
      return weighed * exp(one[c] + two[c] - added[c])
    }
    let total = raw.reduce(0, +)
    #expect(difference(found.answered, raw.map { $0 / total }, relative: 1e-9) == nil)
    #expect(difference(found.weights, [0.5, 1, 1.5], relative: 1e-9) == nil)
    // The order of the edits is of no matter.
    stage.closing.reverse()
    let turned = try #require(stage.correction(for: classes))
    #expect(difference(turned.answered, found.answered, relative: 1e-12) == nil)
  }

  /// BBN's α leaves 1 and reaches 0 with the run; outside of it nothing more happens.
  @Test func cumulativeWeights() {
    for (t, alpha) in [
      (0.0, 1.0), (0.5, 0.75), (1, 0), (-3, 1), (7, 0), (-Double.infinity, 1), (Double.infinity, 0),
    ] {
      #expect(Bilateral.alpha(at: t) == alpha)
      #expect(Bilateral().expectedWeights(at: t) == [alpha, 1 - alpha])
    }
  }

  /// The agreement of mean teachers comes in along exp(−5 (1 − t/T)²), and is whole from T on.
  @Test(arguments: [0.1, 0.25, 1])
  func rampsRise(rampUp: Double) {
    let objective = Consistency(rampUp: rampUp)
    var before = 0.0
    for step in 0...40 {
      let t = Double(step) / 40
      let value = objective.ramp(at: t)
      #expect(value >= before && value <= 1)
      if t >= rampUp { #expect(value == 1) }
      before = value
    }
    #expect(close(objective.ramp(at: rampUp / 2), exp(-1.25), relative: 1e-12))
  }

  /// Class temperatures of experts: (π_c C f + 1 − f) by hand, the largest 1.
  @Test func temperaturesOfExperts() throws {
    let classes = try ClassCounts([80, 15, 5])
    for factor in [0.0, 0.05, 0.5, 0.95] {
      let found = ExpertDiversity.temperatures(for: classes, factor: factor)
      let raw = [0.8, 0.15, 0.05].map { factor * 3 * $0 + 1 - factor }
      #expect(difference(found, raw.map { $0 / raw[0] }, relative: 1e-12) == nil)
    }
    let even = ExpertDiversity.temperatures(for: try ClassCounts([4, 4]), factor: 0.7)
    #expect(difference(even, [1, 1]) == nil)
  }
}
