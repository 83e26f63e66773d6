import Foundation
import Networks
import Plans
import Sampling
import TestSupport
import Testing
import Torch

/// Errors of a decoder as probabilities.
@Suite struct CalibratedErrorsTests {
  struct GoldenCase: Decodable {
    var name: String, errors: [Double], normals: Int, probabilities: [Double]
  }

  private struct Tools: EditTools {
    var classes: ClassCounts
    var generator = Generator(seed: 4)
    var training: LabelledFeatures
    var validation: LabelledFeatures?
    func trainingFeatures() -> LabelledFeatures { training }
    func validationFeatures() -> LabelledFeatures? { nil }
    func trainingErrors() -> LabelledFeatures { training }
    func validationErrors() -> LabelledFeatures? { validation }
  }

  private func errors(_ values: [Double], _ labels: [Int]) -> LabelledFeatures {
    LabelledFeatures(features: Tensor(values, shape: [values.count, 1]), labels: labels)
  }

  private func lines(_ network: Network) throws -> (slopes: [Double], offsets: [Double]) {
    let head = try #require(network.heads[0] as? DecoderHead)
    return (head.slopes.scalars(), head.offsets.scalars())
  }

  private func network(classes: Int) throws -> Network {
    try Architectures.named("resnet20").build(
      classes: classes, form: NetworkForm(head: .decoder(side: 16)), using: Generator(seed: 1))
  }

  /// P(not normal) of every row as SciPy's minimiser finds it; the other classes share it by their counts.
  @Test func platt() throws {
    let network = try network(classes: 3)
    for golden in try Golden.load("Plans/platt.json", as: [GoldenCase].self) {
      // The normal class is the second.
      let labels = golden.errors.indices.map { $0 < golden.normals ? 1 : $0 % 2 * 2 }
      let tools = Tools(
        classes: try ClassCounts([30, 500, 10]), training: errors(golden.errors, labels))
      let edited = try CalibratedErrors(normal: 1).edited(network, with: tools)
      let (slopes, offsets) = try lines(edited)
      #expect(slopes[1] == 0 && offsets[1] == 0 && slopes[0] == slopes[2])
      let p = golden.errors.map { (e: Double) -> Double in
        let odds = [0, 2].map { exp(slopes[$0] * e + offsets[$0]) }
        #expect(close(odds[0], 3 * odds[1], relative: 1e-4))
        let sum = odds[0] + odds[1]
        return sum / (1 + sum)
      }
      #expect(difference(p, golden.probabilities, absolute: 1e-4) == nil, "\(golden.name)")
    }
  }

  /// The validation part where it has both kinds, else the training part.
  @Test func whichPart() throws {
    let network = try network(classes: 2)
    func slope(_ validation: LabelledFeatures?) throws -> Double {
      let tools = Tools(
        classes: try ClassCounts([3, 2]),
        training: errors([0.1, 0.2, 0.15, 0.5, 0.6], [0, 0, 0, 1, 1]), validation: validation)
      return try lines(CalibratedErrors(normal: 0).edited(network, with: tools)).slopes[1]
    }
    let ofTraining = try slope(nil)
    #expect(ofTraining > 0)
    #expect(try slope(errors([0.9, 0.2], [0, 1])) < 0)
    #expect(try slope(errors([0.9, 0.2], [0, 0])) == ofTraining)
  }
}
