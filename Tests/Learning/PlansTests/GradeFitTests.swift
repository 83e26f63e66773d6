import Networks
import Ordinal
import Plans
import Randomness
import Sampling
import TestSupport
import Testing
import Torch

/// Heads of thresholds that are fitted to grades.
@Suite struct GradeFitTests {
  private final class Said { var words: [String] = [] }

  private struct Tools: EditTools {
    var rows: LabelledFeatures
    var said = Said()
    var classes: ClassCounts
    var generator: Generator { Generator(seed: 4) }
    func trainingFeatures() -> LabelledFeatures { rows }
    func validationFeatures() -> LabelledFeatures? { nil }
    func say(_ words: String) { said.words.append(words) }
  }

  private let tools: Tools
  private let network: Network
  private let graded: GradedRows

  init() throws {
    var source = RandomKey(seed: 3).source
    let features = (0..<400).map { _ in Float(source.normal()) }
    let labels = (0..<200).map { row -> Int in
      let u = Double(features[2 * row] - features[2 * row + 1]) + source.normal()
      return [-1.0, 0.5, 2].count { u > $0 }
    }
    tools = Tools(
      rows: LabelledFeatures(features: Tensor(features, shape: [200, 2]), labels: labels),
      classes: try ClassCounts(labels: labels, classes: 4))
    network = try Architectures.named("linear").build(
      classes: 4, inputs: 2, form: NetworkForm(decoding: .cumulative), using: Generator(seed: 1))
    graded = GradedRows(
      features: features.map(Double.init), width: 2, labels: labels, grades: 4)
  }

  /// The network says what the model says, by outputs −(α_k + xᵀβ_k), and its own tensors are left alone.
  @Test func theHeadIsTheModel() throws {
    let before = network.parameters.map { $0.tensor.scalars(as: Float.self) }
    let fits: [(FittedGrades.Fit, CumulativeModel)] = [
      (
        .proportional(ProportionalOdds(c: 1)),
        ProportionalOdds(c: 1)(graded, key: RandomKey(seed: 0)).model
      ),
      (
        .fused(FusedOdds(lambda: 0.002)),
        FusedOdds(lambda: 0.002)(graded, key: RandomKey(seed: 0)).model
      ),
    ]
    for (fit, model) in fits {
      let edited = try FittedGrades(fit).edited(network, with: tools)
      let outputs = edited(tools.rows.features, Context())
      #expect(outputs.shape == [200, 3])
      let p = edited.scores(of: outputs).softmax(dim: 1).scalars(as: Double.self)
      #expect(difference(p, model(graded.features).probabilities, absolute: 1e-5) == nil)
      #expect(edited.headNames == ["fc.weight", "fc.bias"])
    }
    #expect(network.parameters.map { $0.tensor.scalars(as: Float.self) } == before)
  }

  /// What was chosen, what was fused and what crosses is said.
  @Test func whatIsSaid() throws {
    _ = try FittedGrades(.proportional(ProportionalOdds())).edited(network, with: tools)
    _ = try FittedGrades(.fused(FusedOdds())).edited(network, with: tools)
    #expect(
      tools.said.words[0].wholeMatch(
        of: /fitted: C [\d.e-]+, of \d+ that were tried the best by held-out cross-entropy/) != nil,
      "\(tools.said.words[0])")
    #expect(
      tools.said.words[1].wholeMatch(
        of:
          /fitted: λ [\d.e-]+, of 20 that were tried the best by held-out Brier score; \d of 4 differences of thresholds are 0; probabilities of \d+ of 200 training rows cross and are straightened/
      ) != nil, "\(tools.said.words[1])")
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      let suite = try GradeFitTests()
      let plain = try Architectures.named("linear").build(
        classes: 4, inputs: 2, using: Generator(seed: 1))
      _ = try FittedGrades(.fused(FusedOdds())).edited(plain, with: suite.tools)
    }
  }
}
