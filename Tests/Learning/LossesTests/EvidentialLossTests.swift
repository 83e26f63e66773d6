import Batches
import Losses
import Sampling
import TestSupport
import Testing
import Torch
import TorchTestSupport

/// Evidence as a loss: PyTorch's Dirichlet, limits, and evidence of any strength.
@Suite struct EvidentialLossTests {
  struct GoldenFile: Decodable {
    var counts: [Int], labels: [Int], heads: [[Double]]
    var likelihood: [Double], dirichlet: [Double], evidential: [Double]
    var alphas: [Double], divergences: [Double]
  }

  private let golden: GoldenFile
  private let classes: ClassCounts

  init() throws {
    golden = try Golden.load("Losses/experts.json")
    classes = try ClassCounts(golden.counts)
  }

  private var logits: Tensor { Tensor(golden.heads[0], shape: [golden.labels.count, 4]) }

  private func values(_ divergence: Double, elapsed: Double) -> [Double] {
    EvidentialLoss(.ldam(classes), divergence: divergence)(
      logits, Target(golden.labels), LossState(at: Moment(elapsed: elapsed))
    ).values.scalars()
  }

  @Test func theValuesArePyTorchs() {
    #expect(difference(values(0, elapsed: 1), golden.likelihood, relative: 1e-12) == nil)
    #expect(difference(values(0.01, elapsed: 0), golden.likelihood, relative: 1e-12) == nil)
    #expect(difference(values(0.01, elapsed: 1), golden.evidential, relative: 1e-10) == nil)
    #expect(difference(values(0.02, elapsed: 0.5), golden.evidential, relative: 1e-10) == nil)
    let apart = EvidentialLoss.misplaced(logits, golden.labels).scalars(as: Double.self)
    #expect(difference(apart, golden.dirichlet, relative: 1e-10) == nil)
  }

  /// On both sides of where the series begins.
  @Test func theDivergenceIsPyTorchs() {
    let count = golden.divergences.count
    let found = DirichletDivergence.fromFlat(Tensor(golden.alphas, shape: [count, 2]))
    // PyTorch's own has lost digits where α is large.
    #expect(
      difference(found.scalars(as: Double.self), golden.divergences, relative: 1e-9, absolute: 1e-9)
        == nil)
  }

  /// 0 at α = 1 for any number of classes; it grows as ½ ln α of one, and no digit is lost at 10²⁰⁰.
  @Test func limits() {
    for classes in [1, 2, 3, 10, 1000] {
      let flat = DirichletDivergence.fromFlat(Tensor.ones([1, classes], dtype: .float64)).item()
      #expect(flat >= 0 && flat < 1e-10, "\(classes): \(flat)")
    }
    func apart(_ a: Double) -> Double {
      DirichletDivergence.fromFlat(Tensor([a, 1], shape: [1, 2])).item()
    }
    // KL(Beta(a, 1) ‖ uniform) = ln a − 1 + 1/a.
    #expect(close(apart(1e200), 200 * 2.302585092994046 - 1, relative: 1e-12))
    #expect(close(apart(5), 1.6094379124341003 - 0.8, relative: 1e-12))
    #expect(close(apart(1001), 6.90875477931522 - 1 + 1 / 1001.0, relative: 1e-11))
  }

  @Test func gradients() {
    let loss = EvidentialLoss(.ldam(classes, scale: 2), divergence: 0.3)
    #expect(
      gradientDifference(at: [logits]) {
        loss($0[0], Target(golden.labels), LossState(at: Moment(elapsed: 0.7))).values
      } == nil)
    #expect(
      gradientDifference(at: [Tensor([0.3, 2, 990, 1010, 4, 1], shape: [3, 2])], absolute: 1e-7) {
        DirichletDivergence.fromFlat($0[0])
      } == nil)
  }

  @Test(arguments: [0, 30, 100, 5000])
  func evidenceOfAnyStrengthIsFinite(scale: Double) {
    let z = Tensor([scale, -scale, -scale, -scale, scale, scale], shape: [2, 3]).requiringGrad()
    let loss = EvidentialLoss(AdjustedCrossEntropy(), divergence: 0.1)
    let values = loss(z, Target([1, 0]), LossState(at: Moment(elapsed: 1))).values
    #expect(values.scalars(as: Double.self).allSatisfy { $0.isFinite && $0 >= 0 })
    let slope = values.sum().gradient(at: z).scalars(as: Double.self)
    #expect(slope.allSatisfy { $0.isFinite })
  }
}
