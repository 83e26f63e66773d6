import Boosting
import Foundation
import Networks
import Plans
import Sampling
import TestSupport
import Testing
import Torch

/// The head of boosted trees of labels, grades and numbers, against Python's lightgbm (`Goldens/Boosting/targets.py`).
@Suite struct BoostedTargetsTests {
  static let isInstalled = (try? LightGBM.library()) != nil

  private struct Golden: Decodable {
    struct Settings: Decodable {
      var rounds: Int, patience: Int, leaves: Int, leastRows: Int
      var rate: Double, featurePart: Double, rowPart: Double

      var boosting: BoostingSettings {
        var made = BoostingSettings()
        (made.rounds, made.patience, made.rate) = (rounds, patience, rate)
        (made.leaves, made.leastRows) = (leaves, leastRows)
        (made.featurePart, made.rowPart) = (featurePart, rowPart)
        return made
      }
    }
    struct Answer: Decodable {
      var rounds: Int?
      var raw: [Double]
    }
    struct Labels: Decodable {
      var balance: Double, settings: Settings, width: Int
      var training: [Float?], validation: [Float?], test: [Float?]
      var labels: [Int], validationLabels: [Int]
      var answers: [Answer]
    }
    struct Grades: Decodable {
      var balance: Double, settings: Settings, classes: Int
      var training: [Float?], validation: [Float?], test: [Float?]
      var labels: [Int], validationLabels: [Int]
      var answers: [Answer], differences: [Double], crossed: Int
    }
    struct Numbers: Decodable {
      var weighting: String, error: String, settings: Settings
      var training: [Float?], validation: [Float?], test: [Float?]
      var numbers: [Double], validationNumbers: [Double]
      var rounds: Int, loss: Double, raw: [Double]
    }
    var labels: [Labels]
    var grades: [Grades]
    var numbers: [Numbers]
  }

  private final class Tools: EditTools {
    let classes: ClassCounts
    let names: [String]
    let training: LabelledFeatures
    let validation: LabelledFeatures?
    var generator: Generator { Generator(seed: 4) }
    var words: [String] = []
    var progress: [(done: Int, count: Int)] = []

    init(
      _ counts: [Int], _ names: [String], _ training: LabelledFeatures,
      _ validation: LabelledFeatures?
    ) throws {
      classes = try ClassCounts(counts)
      (self.names, self.training, self.validation) = (names, training, validation)
    }

    func trainingFeatures() -> LabelledFeatures { training }
    func validationFeatures() -> LabelledFeatures? { validation }
    func say(_ words: String) { self.words.append(words) }
    func fitting(_ done: Int, of count: Int) { progress.append((done, count)) }
  }

  private let golden: Golden

  init() throws {
    golden = try TestSupport.Golden.load("Boosting/targets.json", as: Golden.self)
  }

  private func features(_ values: [Float?]) -> Tensor {
    Tensor(values.map { $0 ?? .nan }, shape: [values.count / 4, 4])
  }

  private func network(_ classes: Int, _ form: NetworkForm) throws -> Network {
    try Architectures.named("linear").build(
      classes: classes, inputs: 4, form: form, using: Generator(seed: 6))
  }

  private func table(_ entries: [Int], _ width: Int) -> LabelTable {
    LabelTable(entries.map { $0 < 0 ? nil : $0 == 1 }, width: width)
  }

  /// A network that is built from the form and reads the tensors gives the same bytes.
  private func checkKept(_ edited: Network, classes: Int, _ inputs: Tensor) throws {
    let form = edited.form
    let again = try network(classes, form)
    _ = try again.load(edited.stateDict)
    try again.checkTrees()
    #expect(
      again(inputs, Context()).scalars(as: Float.self)
        == edited(inputs, Context()).scalars(as: Float.self))
    let read = try JSONDecoder().decode(NetworkForm.self, from: JSONEncoder().encode(form))
    #expect(read == form && form.problem == nil)
  }

  /// A booster a label: rows that do not know a label are in no booster of it, and a label that all have has its prior.
  @Test(
    .enabled(if: isInstalled, "LightGBM is not installed; see STEELYARD_LIGHTGBM"),
    arguments: 0..<2)
  func labelsAreThoseOfPython(number: Int) throws {
    let one = golden.labels[number]
    let known = table(one.labels, one.width)
    let tools = try Tools(
      known.present, ["a", "b", "c"],
      LabelledFeatures(features: features(one.training), labels: [], labelTable: known),
      LabelledFeatures(
        features: features(one.validation), labels: [],
        labelTable: table(one.validationLabels, one.width)))
    let edited = try BoostedTrees(one.settings.boosting, balance: one.balance)
      .edited(network(3, NetworkForm(decoding: .labels)), with: tools)
    let inputs = features(one.test)
    let logits = edited(inputs, Context()).scalars(as: Double.self)
    for (label, answer) in one.answers.enumerated() {
      let own = stride(from: label, to: logits.count, by: 3).map { logits[$0] }
      #expect(
        difference(own, answer.raw, relative: 1e-5, absolute: 1e-5) == nil, "label \(label)")
    }
    #expect(known.absent[2] == 0 && known.entries.contains { $0 == nil })
    let count = known.count
    #expect(
      tools.words.first
        == "lightgbm: 'c' is there in all of the \(count) training rows that know it, so it is answered by its share,"
        + " 0.999999, for each row")
    let rounds = one.answers.compactMap(\.rounds)
    let (least, most) = (rounds.min() ?? 0, rounds.max() ?? 0)
    #expect(
      tools.words.last
        == "lightgbm: 2 boosters of 3 labels, \(least == most ? "\(least)" : "\(least) to \(most)") rounds each, those of the"
        + " smallest binary_logloss of validation")
    #expect(tools.progress.allSatisfy { $0.done < $0.count && $0.count == 600 })
    // The second booster goes on where the first was to end.
    #expect(tools.progress.contains { $0.done == 200 })
    try checkKept(edited, classes: 3, inputs)
    let head = try #require(edited.heads[0] as? BoostersHead)
    #expect(try head.texts().map { $0 == nil } == [false, false, true])
  }

  /// A booster a threshold; where answers cross, the decoding straightens them, and how often is counted.
  @Test(
    .enabled(if: isInstalled, "LightGBM is not installed; see STEELYARD_LIGHTGBM"),
    arguments: 0..<2)
  func gradesAreThoseOfPython(number: Int) throws {
    let one = golden.grades[number]
    let counts = (0..<one.classes).map { grade in one.labels.count { $0 == grade } }
    let tools = try Tools(
      counts, [], LabelledFeatures(features: features(one.training), labels: one.labels),
      LabelledFeatures(features: features(one.validation), labels: one.validationLabels))
    let edited = try BoostedTrees(one.settings.boosting, balance: one.balance)
      .edited(network(one.classes, NetworkForm(decoding: .cumulative)), with: tools)
    let inputs = features(one.test)
    let logits = edited(inputs, Context())
    for (threshold, answer) in one.answers.enumerated() {
      let all = logits.scalars(as: Double.self)
      let own = stride(from: threshold, to: all.count, by: one.classes - 1).map { all[$0] }
      #expect(difference(own, answer.raw, relative: 1e-5, absolute: 1e-5) == nil)
    }
    let p = edited.form.decoding.probabilities(of: edited.scores(of: logits))
      .scalars(as: Double.self)
    let crossed = edited.form.decoding.straightens(logits)
    for row in 0..<inputs.shape[0] {
      let own = Array(p[row * one.classes..<(row + 1) * one.classes])
      let differences = Array(one.differences[row * one.classes..<(row + 1) * one.classes])
      #expect(close(own.reduce(0, +), 1, relative: 1e-5) && own.allSatisfy { $0 >= 0 })
      #expect(crossed[row] == differences.contains { $0 < 0 }, "row \(row)")
      if !crossed[row] {
        #expect(difference(own, differences, relative: 1e-3, absolute: 1e-5) == nil, "row \(row)")
      }
    }
    #expect(crossed.contains(true) && crossed.contains(false))
    #expect(tools.words.count == 2)
    #expect(tools.words[0].hasPrefix("lightgbm: 3 boosters of 3 thresholds of grades, "))
    #expect(
      tools.words[1]
        == "lightgbm: P(y > k) rises somewhere with k in \(one.crossed) of \(one.labels.count) training rows, whose probabilities"
        + " are straightened")
    try checkKept(edited, classes: one.classes, inputs)
  }

  /// One booster, ended by either error, weighted by density as `density-weighted` weighs.
  @Test(
    .enabled(if: isInstalled, "LightGBM is not installed; see STEELYARD_LIGHTGBM"),
    arguments: 0..<3)
  func numbersAreThoseOfPython(number: Int) throws {
    let one = golden.numbers[number]
    let tools = try Tools(
      [one.numbers.count], ["age"],
      LabelledFeatures(features: features(one.training), labels: [], numbers: one.numbers),
      LabelledFeatures(
        features: features(one.validation), labels: [], numbers: one.validationNumbers))
    let edited = try BoostedTrees(
      one.settings.boosting, weighsDensity: one.weighting == "density",
      numberError: try #require(BoostingObjective.NumberError(rawValue: one.error))
    ).edited(network(1, NetworkForm(decoding: .value)), with: tools)
    let inputs = features(one.test)
    let found = edited(inputs, Context())
    #expect(found.shape == [inputs.shape[0], 1])
    // Weights come of other arithmetic, to the last digit of single precision.
    #expect(
      difference(found.scalars(as: Double.self), one.raw, relative: 1e-4, absolute: 1e-5) == nil)
    let digits = (one.loss * 10_000).rounded() / 10_000
    #expect(
      tools.words == [
        "lightgbm: \(one.rounds) of \(one.rounds + one.settings.patience) rounds are kept, those of the smallest \(one.error) of"
          + " validation (in standard deviations of the training numbers, \(digits))"
      ])
    try checkKept(edited, classes: 1, inputs)
  }

  /// What is set for another target is said, and changes nothing.
  @Test(.enabled(if: isInstalled, "LightGBM is not installed; see STEELYARD_LIGHTGBM"))
  func settingsOfOtherTargetsAreSaid() throws {
    let one = golden.numbers[0]
    func edited(_ edit: BoostedTrees) throws -> ([Float], [String]) {
      let tools = try Tools(
        [one.numbers.count], [],
        LabelledFeatures(features: features(one.training), labels: [], numbers: one.numbers), nil)
      let edited = try edit.edited(network(1, NetworkForm(decoding: .value)), with: tools)
      return (edited(features(one.test), Context()).scalars(as: Float.self), tools.words)
    }
    var settings = one.settings.boosting
    settings.rounds = 5
    let (plain, words) = try edited(BoostedTrees(settings))
    #expect(
      words == [
        "lightgbm: there is no validation part to end it, so all 5 rounds are kept"
      ])
    let (balanced, said) = try edited(BoostedTrees(settings, balance: 1))
    #expect(balanced == plain)
    #expect(
      said.first
        == "lightgbm: balance weighs classes, labels and grades, and the target is a number, so it is not used;"
        + " weighting=density weighs numbers")
    let (dense, _) = try edited(BoostedTrees(settings, weighsDensity: true))
    #expect(dense != plain)

    let grades = golden.grades[0]
    let counts = (0..<4).map { grade in grades.labels.count { $0 == grade } }
    let tools = try Tools(
      counts, [], LabelledFeatures(features: features(grades.training), labels: grades.labels), nil)
    _ = try BoostedTrees(settings, weighsDensity: true, numberError: .mae)
      .edited(network(4, NetworkForm()), with: tools)
    #expect(
      tools.words.first
        == "lightgbm: weighting=density weighs numbers, and the target is none, so it is not used; balance weighs classes,"
        + " labels and grades")
    #expect(
      tools.words.dropFirst().first
        == "lightgbm: error=mae is of numbers, and the target is none, so it is not used; the log loss of validation ends the"
        + " growing")
  }

  /// Labels that training does not tell apart, and labels that no validation row knows.
  @Test(.enabled(if: isInstalled, "LightGBM is not installed; see STEELYARD_LIGHTGBM"))
  func labelsThatCannotBeLearnedAreSaid() throws {
    let one = golden.labels[0]
    let first = table(one.labels, 3)
    let count = first.count
    // What is known of the first label; one that nobody has; one of which nothing is known.
    let entries = (0..<count).flatMap { row -> [Bool?] in [first[row, 0], false, nil] }
    let seen = [Bool?](repeating: nil, count: one.validationLabels.count)
    let tools = try Tools(
      [first.present[0], 1, 1], [],
      LabelledFeatures(
        features: features(one.training), labels: [],
        labelTable: LabelTable(entries, width: 3)),
      LabelledFeatures(
        features: features(one.validation), labels: [], labelTable: LabelTable(seen, width: 3)))
    var settings = one.settings.boosting
    settings.rounds = 4
    let edited = try BoostedTrees(settings)
      .edited(network(3, NetworkForm(decoding: .labels)), with: tools)
    #expect(
      tools.words == [
        "lightgbm: label 2 of 3 is there in none of the \(count) training rows that know it, so it is answered by its share,"
          + " 1e-06, for each row",
        "lightgbm: label 3 of 3 is known of no training row, so it is answered by ½ for each row",
        "lightgbm: 1 booster of 3 labels, 4 rounds each; no validation row ends them, so all rounds are kept",
      ])
    let p = edited.form.decoding.probabilities(of: edited(features(one.test), Context()))
      .scalars(as: Double.self)
    for row in 0..<p.count / 3 {
      #expect(close(p[3 * row + 1], 1e-6, relative: 1e-4) && close(p[3 * row + 2], 0.5))
    }
  }

  /// More rounds are recommended where validation asks for them, and not where there is none to ask.
  @Test(.enabled(if: isInstalled, "LightGBM is not installed; see STEELYARD_LIGHTGBM"))
  func onlyWhatValidationEndsIsSaidToBeCut() throws {
    let one = golden.labels[0]
    let (first, seen) = (table(one.labels, 3), table(one.validationLabels, 3))
    let entries = (0..<first.count).flatMap { row -> [Bool?] in [first[row, 0], first[row, 1]] }
    let known = (0..<seen.count).flatMap { row -> [Bool?] in [seen[row, 0], nil] }
    func words(_ rounds: Int) throws -> String {
      let tools = try Tools(
        [first.present[0], first.present[1]], ["a", "b"],
        LabelledFeatures(
          features: features(one.training), labels: [],
          labelTable: LabelTable(entries, width: 2)),
        LabelledFeatures(
          features: features(one.validation), labels: [], labelTable: LabelTable(known, width: 2)))
      var settings = one.settings.boosting
      settings.rounds = rounds
      _ = try BoostedTrees(settings)
        .edited(network(2, NetworkForm(decoding: .labels)), with: tools)
      return try #require(tools.words.last)
    }
    // Validation ends the first within 37 and 12 rounds; the other has all, for nobody ends it.
    let ended = try words(60)
    #expect(
      ended.hasSuffix("no validation row knows 'b', of which all rounds are kept"), "\(ended)")
    let cut = try words(10)
    #expect(cut.contains("; 1 of them went through all 10, and more may be better"), "\(cut)")
  }

  @Test(.enabled(if: isInstalled, "LightGBM is not installed; see STEELYARD_LIGHTGBM"))
  func boostersOfOtherRowsOrOutputsAreRefused() throws {
    let one = golden.numbers[0]
    let tools = try Tools(
      [one.numbers.count], [],
      LabelledFeatures(features: features(one.training), labels: [], numbers: one.numbers), nil)
    var settings = one.settings.boosting
    settings.rounds = 2
    let edited = try BoostedTrees(settings)
      .edited(network(1, NetworkForm(decoding: .value)), with: tools)
    let head = try #require(edited.heads[0] as? BoostersHead)
    try head.check(features: 4)
    let error = #expect(throws: BoostingError.self) { try head.check(features: 5) }
    #expect(
      error?.description
        == "lightgbm: the stored trees are of 4 features and 1 scores, expected 5 and 1")
    // A file that counts other outputs than its boosters.
    let other = try network(
      2, NetworkForm(head: head.form, decoding: .labels))
    for buffer in other.buffers where buffer.name.hasSuffix("boosters") {
      withoutGradients { buffer.tensor.copy(from: head.text) }
    }
    let wrong = #expect(throws: BoostingError.self) { try other.checkTrees() }
    #expect(
      wrong?.description
        == "lightgbm: the stored trees are of 4 features and 1 scores, expected 4 and 2")
  }

  @Test func aFormOfBoostersIsChecked() {
    for decoding in [Decoding.labels, .cumulative, .corn, .value] {
      #expect(NetworkForm(head: .boosters(bytes: 100), decoding: decoding).problem == nil)
    }
    #expect(
      NetworkForm(head: .boosters(bytes: 0), decoding: .value).problem
        == "expected boosters of 1 to 2000000000 bytes, got 0")
    #expect(
      NetworkForm(head: .boosters(bytes: 100)).problem
        == "expected the decoding labels, cumulative, corn or value of boosters, got softmax")
  }
}
