import Networks
import Plans
import Sampling
import TestSupport
import Testing
import Torch

/// Changes of the last layer against an independent programme, `Goldens/Plans/edits.py`.
@Suite struct EditGoldenTests {
  struct File: Decodable {
    struct AtTau: Decodable { var tau: Double, weight: [Double]?, logits: [Double] }
    struct Search: Decodable { var tau: Double, score: Double }
    var width: Int, counts: [Int]
    var features: [Float], labels: [Int], validation: [Float], truths: [Int], queries: [Float]
    var weight: [Float], bias: [Float], scale: [Float]
    var tauNorm: [AtTau], tauNormSearch: Search, priorShift: [AtTau], priorShiftSearch: Search
    var shifted: [Double], means: [Double], unitMeans: [Double], nearestMean: [Double]
    var scaled: [Double], foldedWeight: [Double], foldedBias: [Double]
  }

  /// Tools that take down what was chosen.
  private final class Tools: EditTools {
    let classes: ClassCounts
    let training: LabelledFeatures
    let validation: LabelledFeatures
    var choices: [EditChoice] = []
    var generator: Generator { Generator(seed: 1) }

    init(_ file: File) throws {
      func rows(_ values: [Float], _ labels: [Int]) -> LabelledFeatures {
        LabelledFeatures(
          features: Tensor(values, shape: [labels.count, file.width]), labels: labels)
      }
      classes = try ClassCounts(file.counts)
      training = rows(file.features, file.labels)
      validation = rows(file.validation, file.truths)
    }

    func trainingFeatures() -> LabelledFeatures { training }
    func validationFeatures() -> LabelledFeatures? { validation }
    func chose(_ choice: EditChoice) { choices.append(choice) }
  }

  /// The features themselves.
  private struct Bare: Backbone {
    let featureCount: Int
    let scale: Tensor
    func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor { x * scale }
    func visit(_ visitor: inout TensorVisitor) { visitor.parameter("scale", scale) }
  }

  private let file: File
  private let tools: Tools
  private let network: Network
  private var classes: Int { file.counts.count }

  init() throws {
    let file = try Golden.load("Plans/edits.json", as: File.self)
    self.file = file
    tools = try Tools(file)
    network = Network(
      name: "bare",
      branches: [
        Bare(featureCount: file.width, scale: Tensor.ones([file.width]).requiringGrad())
      ],
      heads: [
        LinearHead(
          weight: Tensor(file.weight, shape: [file.counts.count, file.width]).requiringGrad(),
          bias: Tensor(file.bias, shape: [file.counts.count]).requiringGrad())
      ])
  }

  private func logits(_ network: Network) -> [Double] {
    let queries = Tensor(file.queries, shape: [file.queries.count / file.width, file.width])
    return network(queries, Context()).scalars(as: Double.self)
  }

  private func agree(_ found: [Double], _ expected: [Double]) -> Bool {
    difference(found, expected, relative: 1e-5, absolute: 1e-6) == nil
  }

  /// w / ‖w‖^τ without biases, at given τ and at the first of the best on validation.
  @Test func tauNorm() throws {
    for one in file.tauNorm {
      let edited = try TauNormalization(tau: one.tau, searches: false).edited(network, with: tools)
      let head = try #require(edited.heads[0] as? LinearHead)
      #expect(agree(head.weight.scalars(as: Double.self), try #require(one.weight)))
      #expect(agree(logits(edited), one.logits), "τ = \(one.tau)")
    }
    _ = try TauNormalization().edited(network, with: tools)
    try isChosen(file.tauNormSearch)
  }

  /// b − τ ln π, likewise.
  @Test func priorShift() throws {
    let priors = tools.classes.priors
    for one in file.priorShift {
      let edited = try PriorShift(priors, tau: one.tau).edited(network, with: tools)
      #expect(agree(logits(edited), one.logits), "τ = \(one.tau)")
    }
    _ = try PriorShift(priors, searches: true).edited(network, with: tools)
    try isChosen(file.priorShiftSearch)
  }

  private func isChosen(_ expected: File.Search) throws {
    let choice = try #require(tools.choices.last)
    #expect(tools.choices.count == 1 && close(choice.value, expected.tau, absolute: 1e-12))
    #expect(close(choice.score, expected.score, absolute: 1e-12))
  }

  @Test func shiftedLogits() {
    let edited = ShiftedLogits([0.5, -1, 2, 0.25]).edited(network, with: tools)
    #expect(agree(logits(edited), file.shifted))
  }

  /// Cosines to the means of the training rows, times 16; of length 1 on request, which changes no cosine.
  @Test func nearestMean() throws {
    for (isUnit, expected) in [(false, file.means), (true, file.unitMeans)] {
      let edited = try NearestClassMean(scale: 16, hasUnitLength: isUnit)
        .edited(network, with: tools)
      let head = try #require(edited.heads[0] as? CosineHead)
      #expect(agree(head.weight.scalars(as: Double.self), expected))
      #expect(agree(logits(edited), file.nearestMean))
    }
  }

  /// Scales over weights and biases, and the linear layer that they are folded into.
  @Test func scales() throws {
    let scaled = ScaleHead().edited(network, with: tools)
    let head = try #require(scaled.heads[0] as? ScaledHead)
    withoutGradients { head.scale.copy(from: Tensor(file.scale, shape: [classes])) }
    #expect(agree(logits(scaled), file.scaled))
    let folded = FoldScales().edited(scaled, with: tools)
    let linear = try #require(folded.heads[0] as? LinearHead)
    #expect(agree(linear.weight.scalars(as: Double.self), file.foldedWeight))
    #expect(agree(linear.bias.scalars(as: Double.self), file.foldedBias))
    #expect(agree(logits(folded), file.scaled))
  }
}
