import Boosting
import Networks
import Plans
import Sampling
import TestSupport
import Testing
import Torch

/// The head of boosted trees, against Python's lightgbm (`Goldens/Boosting/lightgbm.py`).
@Suite struct BoostedTreesTests {
  static let isInstalled = (try? LightGBM.library()) != nil

  private struct Golden: Decodable {
    struct Settings: Decodable {
      var rounds: Int, patience: Int, leaves: Int, leastRows: Int
      var rate: Double
    }
    struct Case: Decodable {
      var classes: Int, balance: Double, settings: Settings
      var training: [Float], validation: [Float], test: [Float], classWeights: [Float]
      var labels: [Int], validationLabels: [Int]
      var raw: [Double], probabilities: [Double], text: String
      var counts: [Int] { (0..<classes).map { label in labels.count { $0 == label } } }

      func features(_ values: [Float], _ labels: [Int]) -> LabelledFeatures {
        LabelledFeatures(
          features: Tensor(values, shape: [labels.count, 4]), labels: labels)
      }
      var inputs: Tensor { Tensor(test, shape: [test.count / 4, 4]) }
      /// Logits of all classes.
      var logits: [Double] { classes == 2 ? raw.flatMap { [0, $0] } : raw }
    }
    var cases: [Case]
  }

  private final class Tools: EditTools {
    let one: Golden.Case
    let classes: ClassCounts
    var generator: Generator { Generator(seed: 4) }
    var words: [String] = []
    init(_ one: Golden.Case) throws { (self.one, classes) = (one, try ClassCounts(one.counts)) }
    func trainingFeatures() -> LabelledFeatures { one.features(one.training, one.labels) }
    func validationFeatures() -> LabelledFeatures? {
      one.features(one.validation, one.validationLabels)
    }
    func say(_ words: String) { self.words.append(words) }
  }

  private let golden: [Golden.Case]

  init() throws {
    golden = try TestSupport.Golden.load("Boosting/lightgbm.json", as: Golden.self).cases
  }

  private func network(_ classes: Int, _ form: NetworkForm = NetworkForm()) throws -> Network {
    try Architectures.named("linear").build(
      classes: classes, inputs: 4, form: form, using: Generator(seed: 6))
  }

  @Test func classesAreWeighedByAPower() {
    for one in golden {
      #expect(
        difference(
          BoostedTrees.weights(one.counts, balance: one.balance), one.classWeights, relative: 1e-6)
          == nil)
    }
  }

  /// Nothing is drawn in the first three cases, so that the run's own seed grows the same trees.
  @Test(
    .enabled(if: isInstalled, "LightGBM is not installed; see STEELYARD_LIGHTGBM"),
    arguments: 0..<3)
  func logitsAreThoseOfPython(number: Int) throws {
    let one = golden[number]
    var settings = BoostingSettings()
    (settings.rounds, settings.patience) = (one.settings.rounds, one.settings.patience)
    (settings.leaves, settings.leastRows) = (one.settings.leaves, one.settings.leastRows)
    settings.rate = one.settings.rate
    let tools = try Tools(one)
    let edited = try BoostedTrees(settings, balance: one.balance)
      .edited(network(one.classes), with: tools)
    let logits = edited(one.inputs, Context())
    #expect(
      difference(logits.scalars(as: Double.self), one.logits, relative: 1e-5, absolute: 1e-6)
        == nil)
    let p = logits.softmax(dim: 1).scalars(as: Double.self)
    let second = one.classes == 2 ? p.indices.filter { $0 % 2 == 1 }.map { p[$0] } : p
    #expect(difference(second, one.probabilities, relative: 1e-4, absolute: 1e-6) == nil)
    #expect(tools.words.count == 1 && tools.words[0].contains("rounds are kept"))

    // A network that is built from the form and reads the tensors says the same.
    let head = try #require(edited.heads[0] as? TreesHead)
    let again = try network(one.classes, NetworkForm(head: head.form))
    _ = try again.load(edited.stateDict)
    try again.checkTrees()
    #expect(again(one.inputs, Context()).scalars(as: Float.self) == logits.scalars(as: Float.self))
  }

  @Test(.enabled(if: isInstalled, "LightGBM is not installed; see STEELYARD_LIGHTGBM"))
  func treesOfOtherRowsOrClassesAreRefused() throws {
    let one = golden[0]
    let head = TreesHead(text: Array(one.text.utf8), counts: one.counts)
    try head.check(features: 4)
    for (head, features) in [
      (head, 5), (TreesHead(text: Array(one.text.utf8), counts: [3, 4]), 4),
    ] {
      let error = #expect(throws: BoostingError.self) { try head.check(features: features) }
      #expect(
        error?.description.hasPrefix(
          "lightgbm: the stored trees are of 4 features and 3 scores, expected ") == true)
    }
  }

  @Test func aFormOfTreesIsChecked() {
    #expect(NetworkForm(head: .trees(bytes: 100)).problem == nil)
    #expect(
      NetworkForm(head: .trees(bytes: 0)).problem
        == "expected trees of 1 to 2000000000 bytes, got 0")
  }
}
