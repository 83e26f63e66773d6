import Foundation
import Networks
import Plans
import Sampling
import TestSupport
import Testing
import Torch

/// Changes of a network between stages, against formulas.
@Suite struct EditTests {
  struct Tools: EditTools {
    var classes: ClassCounts
    var generator = Generator(seed: 4)
    var training: LabelledFeatures
    var validation: LabelledFeatures?
    func trainingFeatures() -> LabelledFeatures { training }
    func validationFeatures() -> LabelledFeatures? { validation }
  }

  struct Plain: Backbone {
    let featureCount = 2
    let shift: Tensor
    func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor { x + shift }
    func visit(_ visitor: inout TensorVisitor) { visitor.parameter("shift", shift) }
  }

  private let weight = Tensor([3.0, 4, 0.6, 0.8, 0, 0.5], shape: [3, 2]).to(.float32)
  private let bias = Tensor([1, 2, 3] as [Float], shape: [3])
  private var network: Network {
    Network(
      name: "plain", branches: [Plain(shift: Tensor.zeros([2]).requiringGrad())],
      heads: [
        LinearHead(
          weight: weight.cloned().requiringGrad(), bias: bias.cloned().requiringGrad())
      ])
  }
  private func tools(_ validation: LabelledFeatures? = nil) throws -> Tools {
    Tools(
      classes: try ClassCounts([2, 1, 1]),
      training: LabelledFeatures(
        features: Tensor([1, 0, 0.5, 0.5, 0, 2, -1, 0] as [Float], shape: [4, 2]),
        labels: [0, 0, 1, 2]), validation: validation)
  }
  private let inputs = Tensor([0.3, -1, 2, 0.7, -1, -2] as [Float], shape: [3, 2])

  private func logits(_ network: Network) -> [Float] { network(inputs, Context()).scalars() }

  @Test func tauNormalization() throws {
    let before = network
    func weights(_ tau: Double) throws -> [Double] {
      let edited = try TauNormalization(tau: tau, searches: false).edited(before, with: tools())
      let head = try #require(edited.heads[0] as? LinearHead)
      #expect(head.bias.scalars(as: Double.self) == [0, 0, 0])
      return head.weight.scalars(as: Double.self)
    }
    #expect(difference(try weights(1), [0.6, 0.8, 0.6, 0.8, 0, 1], relative: 1e-6) == nil)
    #expect(difference(try weights(0), weight.scalars(as: Double.self), relative: 1e-6) == nil)
    let half = [3 / 5.0.squareRoot(), 4 / 5.0.squareRoot(), 0.6, 0.8, 0, 0.5.squareRoot()]
    #expect(difference(try weights(0.5), half, relative: 1e-6) == nil)
    // What went in is as it was.
    #expect(logits(before) == logits(network))
  }

  /// At τ = 0 the long first class takes every row; equally long classes share them.
  @Test func tauIsChosenOnValidation() throws {
    let validation = LabelledFeatures(
      features: Tensor([0.6, 0.8, 0, 1, 0.05, 1] as [Float], shape: [3, 2]), labels: [0, 2, 2])
    let edited = try TauNormalization().edited(network, with: tools(validation))
    let head = try #require(edited.heads[0] as? LinearHead)
    let lengths = head.weight.square().sum(dims: [1]).sqrt().scalars(as: Double.self)
    #expect(lengths[0] < 1.5, "\(lengths)")
    let decided = head.weight.matmul(validation.features.transposed(0, 1)).argmax(dim: 0)
    #expect(decided.scalars(as: Int64.self) == [0, 2, 2])
  }

  /// Takes down what edits choose.
  private final class Chosen: EditTools {
    let tools: Tools
    var choices: [EditChoice] = []
    init(_ tools: Tools) { self.tools = tools }
    var classes: ClassCounts { tools.classes }
    var generator: Generator { tools.generator }
    func trainingFeatures() -> LabelledFeatures { tools.training }
    func validationFeatures() -> LabelledFeatures? { tools.validation }
    func chose(_ choice: EditChoice) { choices.append(choice) }
  }

  /// Without a search it is the shift of a given τ; with one it is that of the smallest τ with the highest balanced accuracy on
  /// validation, found here by trying all; without a validation part the given one.
  @Test func priorsTakenOffAtATauOfValidation() throws {
    let priors = [0.9, 0.09, 0.01]
    func bias(_ edit: PriorShift, _ tools: any EditTools) throws -> [Double] {
      let head = try #require(try edit.edited(network, with: tools).heads[0] as? LinearHead)
      #expect(head.weight.scalars(as: Float.self) == weight.scalars(as: Float.self))
      return head.bias.scalars(as: Double.self)
    }
    func shifted(_ tau: Double) -> [Double] {
      zip([1, 2, 3], priors).map { $0 - tau * Foundation.log($1) }
    }
    let given = try bias(PriorShift(priors, tau: 0.5), try tools())
    #expect(difference(given, shifted(0.5), relative: 1e-6) == nil)
    #expect(
      difference(
        try bias(PriorShift(priors, tau: 0.5, searches: true), try tools()), shifted(0.5),
        relative: 1e-6) == nil)
    let x = [[0.6, 0.8], [0.1, 0.1], [1.0, 1.2], [-0.2, 0.9], [0.8, 0.7]]
    let labels = [0, 2, 1, 2, 1]
    let validation = LabelledFeatures(
      features: Tensor(x.flatMap { $0 }, shape: [5, 2]).to(.float32), labels: labels)
    let w = [[3.0, 4], [0.6, 0.8], [0, 0.5]]
    func accuracy(_ tau: Double) -> Double {
      let b = shifted(tau)
      let right = x.indices.map { row -> Bool in
        let z = (0..<3).map { w[$0][0] * x[row][0] + w[$0][1] * x[row][1] + b[$0] }
        return z.indices.max { z[$0] < z[$1] } == labels[row]
      }
      return (0..<3).map { c in
        let own = labels.indices.filter { labels[$0] == c }
        return Double(own.count { right[$0] }) / Double(own.count)
      }.reduce(0, +) / 3
    }
    let best = try #require(PriorShift.path.map(accuracy).max())
    let tau = try #require(PriorShift.path.first { accuracy($0) == best })
    #expect(tau > 0 && tau < 3, "\(tau)")
    let noting = Chosen(try tools(validation))
    let found = try bias(PriorShift(priors, tau: 0.5, searches: true), noting)
    #expect(difference(found, shifted(tau), relative: 1e-6) == nil)
    #expect(
      noting.choices == [
        EditChoice(name: "tau", value: tau, metric: "balanced accuracy", score: best)
      ])
    let normalizing = Chosen(try tools(validation))
    _ = try TauNormalization().edited(network, with: normalizing)
    #expect(normalizing.choices.map(\.name) == ["tau"])
  }

  /// Cosines to class means.
  @Test func nearestClassMean() throws {
    let edited = try NearestClassMean(scale: 10).edited(network, with: tools())
    #expect(edited.form.head == .cosine(scale: 10))
    let means = [[0.75, 0.25], [0.0, 2.0], [-1.0, 0.0]]
    let x = inputs.scalars(as: Double.self)
    let expected = (0..<3).flatMap { row in
      means.map { mean -> Double in
        let (a, b) = (x[2 * row], x[2 * row + 1])
        let lengths = ((a * a + b * b) * (mean[0] * mean[0] + mean[1] * mean[1])).squareRoot()
        return 10 * (a * mean[0] + b * mean[1]) / lengths
      }
    }
    #expect(difference(logits(edited).map(Double.init), expected, relative: 1e-5) == nil)
  }

  /// δ is added to every answer, whatever the image, and what went in is as it was; probabilities are divided by π.
  @Test func shiftedLogits() throws {
    let before = network
    let priors = [0.5, 0.3, 0.2]
    let edit = ShiftedLogits(priors.map { -Foundation.log($0) })
    let after = edit.edited(before, with: try tools())
    let expected = logits(before).enumerated().map {
      Double($1) - Foundation.log(priors[$0 % 3])
    }
    #expect(difference(logits(after).map(Double.init), expected, relative: 1e-5) == nil)
    #expect(logits(before) == logits(network))
    #expect(after.form == before.form && edit.logitShift?.count == 3)
    let p = before(inputs, Context()).softmax(dim: 1).scalars(as: Double.self)
    let q = after(inputs, Context()).softmax(dim: 1).scalars(as: Double.self)
    for row in 0..<3 {
      let divided = (0..<3).map { p[row * 3 + $0] / priors[$0] }
      let scaled = divided.map { $0 / divided.reduce(0, +) }
      #expect(difference(Array(q[row * 3..<row * 3 + 3]), scaled, relative: 1e-5) == nil)
    }
    let none = ShiftedLogits([0, 0, 0]).edited(before, with: try tools())
    #expect(logits(none) == logits(before))
  }

  @Test func shiftOfOtherHeadsTraps() async {
    await #expect(processExitsWith: .failure) { _ = ShiftedLogits([.nan]) }
    await #expect(processExitsWith: .failure) {
      let suite = EditTests()
      let cosine = NewHead(.cosine(scale: 3)).edited(suite.network, with: try suite.tools())
      _ = ShiftedLogits([0, 0, 0]).edited(cosine, with: try suite.tools())
    }
  }

  /// Scales begin as nothing changed; folded in, they leave the logits.
  @Test func scales() throws {
    let scaled = try ScaleHead().edited(network, with: tools())
    #expect(logits(scaled) == logits(network))
    #expect(scaled.headNames == ["fc.weight", "fc.bias", "fc.scale"])
    let head = try #require(scaled.heads[0] as? ScaledHead)
    withoutGradients { head.scale.copy(from: Tensor([2, 0.5, -1] as [Float], shape: [3])) }
    let folded = try FoldScales().edited(scaled, with: tools())
    #expect(folded.headNames == ["fc.weight", "fc.bias"])
    #expect(
      difference(
        logits(folded).map(Double.init), logits(scaled).map(Double.init), relative: 1e-5) == nil)
    #expect(logits(folded) != logits(network))
  }

  @Test func newHead() throws {
    let edited = NewHead(.cosine(scale: 30)).edited(network, with: try tools())
    #expect(edited.form.head == .cosine(scale: 30))
    #expect(edited.classes == 3)
    let again = NewHead(.cosine(scale: 30)).edited(network, with: try tools())
    #expect(logits(edited) == logits(again))
    #expect(logits(edited).allSatisfy { abs($0) <= 30.001 })
  }
}
