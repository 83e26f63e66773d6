import Boosting
import Networks
import Plans
import Sampling
import TestSupport
import Testing
import Torch

/// Boosters of grades that ask the rows of a grade or beyond, against Python's lightgbm (`Goldens/Boosting/onward.py`).
@Suite struct BoostedChainTests {
  private static let isInstalled = (try? LightGBM.library()) != nil

  private struct Case: Decodable {
    struct Settings: Decodable {
      var rounds: Int, patience: Int, leaves: Int, leastRows: Int
      var rate: Double
    }
    var balance: Double, settings: Settings, classes: Int
    var training: [Float], validation: [Float], test: [Float]
    var labels: [Int], validationLabels: [Int], rounds: [Int]
    var raw: [[Double]], probabilities: [Double]

    var boosting: BoostingSettings {
      var made = BoostingSettings()
      (made.rounds, made.patience, made.rate) = (settings.rounds, settings.patience, settings.rate)
      (made.leaves, made.leastRows) = (settings.leaves, settings.leastRows)
      return made
    }
    var counts: [Int] { (0..<classes).map { grade in labels.count { $0 == grade } } }
  }

  private final class Tools: EditTools {
    let classes: ClassCounts
    let training: LabelledFeatures
    let validation: LabelledFeatures?
    var generator: Generator { Generator(seed: 4) }
    var words: [String] = []

    init(_ counts: [Int], _ training: LabelledFeatures, _ validation: LabelledFeatures?) throws {
      classes = try ClassCounts(counts)
      (self.training, self.validation) = (training, validation)
    }

    func trainingFeatures() -> LabelledFeatures { training }
    func validationFeatures() -> LabelledFeatures? { validation }
    func say(_ words: String) { self.words.append(words) }
  }

  private func features(_ values: [Float]) -> Tensor {
    Tensor(values, shape: [values.count / 4, 4])
  }

  private func tools(_ one: Case) throws -> Tools {
    try Tools(
      one.counts, LabelledFeatures(features: features(one.training), labels: one.labels),
      LabelledFeatures(features: features(one.validation), labels: one.validationLabels))
  }

  private func edited(_ one: Case, _ decoding: Decoding, _ tools: Tools) throws -> Network {
    let network = try Architectures.named("linear").build(
      classes: one.classes, inputs: 4, form: NetworkForm(decoding: decoding),
      using: Generator(seed: 6))
    return try BoostedTrees(one.boosting, balance: one.balance, asksOnward: decoding == .corn)
      .edited(network, with: tools)
  }

  /// Every booster and every product of its answers; nothing is straightened.
  @Test(
    .enabled(if: isInstalled, "LightGBM is not installed; see STEELYARD_LIGHTGBM"),
    arguments: 0..<2)
  func chainsAreThoseOfPython(number: Int) throws {
    let one = try Golden.load("Boosting/onward.json", as: [Case].self)[number]
    let tools = try tools(one)
    let network = try edited(one, .corn, tools)
    let logits = network(features(one.test), Context())
    let all = logits.scalars(as: Double.self)
    for (threshold, raw) in one.raw.enumerated() {
      let own = stride(from: threshold, to: all.count, by: one.classes - 1).map { all[$0] }
      #expect(difference(own, raw, relative: 1e-5, absolute: 1e-5) == nil, "\(threshold)")
    }
    let p = network.form.decoding.probabilities(of: network.scores(of: logits))
      .scalars(as: Double.self)
    #expect(difference(p, one.probabilities, relative: 1e-4, absolute: 1e-6) == nil)
    #expect(!network.form.decoding.straightens(logits).contains(true))
    let (least, most) = (one.rounds.min() ?? 0, one.rounds.max() ?? 0)
    #expect(
      tools.words == [
        "lightgbm: 3 boosters of 3 thresholds of grades, \(least) to \(most) rounds each, those of the smallest binary_logloss of"
          + " validation",
        "lightgbm: each threshold's booster asks the rows of its grade or beyond, so that probabilities never cross",
      ])
    #expect(network.form.problem == nil)
  }

  /// The first question is asked of all rows, so that its booster is that of the thresholds that see all rows; the others are not.
  @Test(.enabled(if: isInstalled, "LightGBM is not installed; see STEELYARD_LIGHTGBM"))
  func theFirstQuestionIsThatOfAllRows() throws {
    let one = try Golden.load("Boosting/onward.json", as: [Case].self)[0]
    let texts = try [Decoding.corn, .cumulative].map { decoding in
      try #require(edited(one, decoding, tools(one)).heads[0] as? BoostersHead).texts()
    }
    #expect(texts[0][0] == texts[1][0] && texts[0][1] != texts[1][1])
  }

  /// Two grades are one question in both ways, and its probabilities are the same.
  @Test(.enabled(if: isInstalled, "LightGBM is not installed; see STEELYARD_LIGHTGBM"))
  func twoGradesAreOneQuestion() throws {
    var one = try Golden.load("Boosting/onward.json", as: [Case].self)[0]
    one.classes = 2
    one.labels = one.labels.map { min($0, 1) }
    one.validationLabels = one.validationLabels.map { min($0, 1) }
    let found = try [Decoding.corn, .cumulative].map { decoding in
      let network = try edited(one, decoding, tools(one))
      let scores = network.scores(of: network(features(one.test), Context()))
      return decoding.probabilities(of: scores).scalars(as: Double.self)
    }
    #expect(difference(found[0], found[1], relative: 1e-6, absolute: 1e-7) == nil)
  }

  /// Where the target has no grades the wish is said to be of no use.
  @Test(.enabled(if: isInstalled, "LightGBM is not installed; see STEELYARD_LIGHTGBM"))
  func aWishWithoutGradesIsSaid() throws {
    let one = try Golden.load("Boosting/onward.json", as: [Case].self)[0]
    let tools = try tools(one)
    let network = try Architectures.named("linear").build(
      classes: one.classes, inputs: 4, using: Generator(seed: 6))
    _ = try BoostedTrees(one.boosting, asksOnward: true).edited(network, with: tools)
    #expect(
      tools.words.first
        == "lightgbm: grades=onward is of grades that are said to be grades (--task grades), and the target is none, so it is not used"
    )
  }
}
