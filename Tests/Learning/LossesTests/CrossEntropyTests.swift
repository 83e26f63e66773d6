import Batches
import Foundation
import Losses
import TestSupport
import Testing
import Torch

@Suite struct CrossEntropyTests {
  struct GoldenFile: Decodable {
    struct Case: Decodable {
      var name: String, kind: String, smoothing: Double, classes: Int
      var logits: [Double], loss: [Double], gradient: [Double]
    }
    var labels: [Int], partner: [Int], weights: [Float]
    var cases: [Case]

    func target(_ kind: String) -> Target {
      guard kind == "mixed" else { return Target(labels) }
      return Target(terms: [
        .init(labels: labels, weight: weights.map { 1 - $0 }),
        .init(labels: partner, weight: weights),
      ])
    }
  }

  /// Values to 1e-6, the weights of a mixture being single-precision.
  @Test func golden() throws {
    let file = try Golden.load("Losses/cross_entropy.json", as: GoldenFile.self)
    for golden in file.cases {
      let z = Tensor(golden.logits, shape: [6, golden.classes]).requiringGrad()
      let loss = CrossEntropy(smoothing: golden.smoothing)(z, file.target(golden.kind)).values
      #expect(
        difference(
          loss.scalars(as: Double.self), golden.loss, relative: 1e-7, absolute: 1e-7) == nil,
        "\(golden.name)")
      (loss * Tensor([1, 2, 3, 4, 5, 6] as [Double], shape: [6])).sum().backward()
      let gradient = try #require(z.grad).scalars(as: Double.self)
      #expect(
        difference(gradient, golden.gradient, relative: 1e-6, absolute: 1e-6) == nil,
        "\(golden.name)")
    }
  }

  /// A network that knows nothing, such as one with a zero head, pays ln C.
  @Test(arguments: [2, 5, 23])
  func ignoranceCostsTheLogarithmOfTheClasses(classes: Int) {
    for smoothing in [0, 0.2] {
      let loss = CrossEntropy(smoothing: smoothing)(Tensor.zeros([1, classes]), Target([1])).values
      #expect(close(loss.item(), log(Double(classes)), relative: 1e-6))
    }
  }

  @Test func oneClassCostsNothing() {
    #expect(CrossEntropy()(Tensor([3] as [Float], shape: [1, 1]), Target([0])).values.item() == 0)
  }

  @Test func smoothingOutOfRangeTraps() async {
    await #expect(processExitsWith: .failure) { _ = CrossEntropy(smoothing: 1) }
  }
}
