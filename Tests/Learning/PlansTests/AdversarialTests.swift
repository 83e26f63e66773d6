import Batches
import Losses
import Networks
import Plans
import Randomness
import TestSupport
import Testing
import Torch

/// Projected gradient descent against NumPy, and what must hold of any attack.
@Suite struct AdversarialTests {
  struct GoldenFile: Decodable {
    struct Case: Decodable {
      var radius: Double, step: Double, steps: Int, bounded: Bool, best: Bool, inputs: [Double]
    }
    var x: [Double], network: [Double], labels: [Int], noise: [Double]
    var unit: [Double], low: [Double], high: [Double], cases: [Case]
  }

  /// A pass through one matrix, `[F, C]`.
  private struct Linear: Pass {
    let matrix: Tensor
    func features(_ inputs: Inputs, branches: [Int]?, _ mode: Mode) -> [Tensor] { [inputs.values] }
    func logits(of features: [Tensor], _ mode: Mode) -> [Tensor] {
      features.map { $0.matmul(matrix) }
    }
    func answer(_ heads: [Tensor]) -> Tensor { heads[0] }
    func gradient(of value: Tensor, at inputs: Tensor) -> Tensor { value.gradient(at: inputs) }
  }

  private func golden() throws -> (
    file: GoldenFile, batch: Batch, bounds: InputBounds, model: Linear
  ) {
    let file = try Golden.load("Plans/attack.json", as: GoldenFile.self)
    func row(_ values: [Double]) -> Tensor { Tensor(values, shape: [1, 4]) }
    return (
      file, Batch(inputs: Tensor(file.x, shape: [6, 4]), target: Target(file.labels)),
      InputBounds(unit: row(file.unit), low: row(file.low), high: row(file.high)),
      Linear(matrix: Tensor(file.network, shape: [4, 3]))
    )
  }

  @Test func stepByStep() throws {
    let (file, batch, bounds, model) = try golden()
    for golden in file.cases {
      var batch = batch
      batch.bounds = golden.bounded ? bounds : nil
      let attack = ProjectedGradient(radius: golden.radius, step: golden.step, steps: golden.steps)
      let found = attack(
        batch, through: model, .evaluating, keepsBest: golden.best,
        noise: Tensor(file.noise, shape: [6, 4]))
      #expect(
        difference(found.scalars(as: Double.self), golden.inputs, relative: 1e-12, absolute: 1e-12)
          == nil, "\(golden)")
      #expect(!found.requiresGrad)
    }
  }

  private func losses(_ inputs: Tensor, _ batch: Batch, _ model: Linear) -> [Double] {
    CrossEntropy()(model(inputs, .evaluating).logits, batch.target).values.scalars()
  }

  /// The best place, the unmoved one included, loses no less; without keeping it a step too long may.
  @Test(arguments: [0.01, 0.3, 5.0])
  func theBestPlaceLosesNoLess(step: Double) throws {
    let (_, batch, _, model) = try golden()
    var source = RandomKey(seed: 1).source
    let attack = ProjectedGradient(radius: 0.3, step: step, steps: 4)
    let found = attack(
      batch, through: model, .evaluating, keepsBest: true,
      noise: attack.noise(like: batch.inputs.values, using: &source))
    let (before, after) = (losses(batch.inputs.values, batch, model), losses(found, batch, model))
    #expect(zip(before, after).allSatisfy { $0 <= $1 })
    let moved = (found - batch.inputs.values).scalars(as: Double.self).map(abs)
    #expect(moved.allSatisfy { $0 <= 0.3 + 1e-12 })
  }

  /// One step of length ε from the inputs is the fast gradient sign method.
  @Test func oneStepIsFastGradientSign() throws {
    let (_, batch, _, model) = try golden()
    let attack = ProjectedGradient(radius: 0.1, step: 0.1, steps: 1, startsAtRandom: false)
    let found = attack(batch, through: model, .evaluating).scalars(as: Double.self)
    let p = batch.inputs.values.matmul(model.matrix).softmax(dim: 1)
    let labels = Tensor(batch.target.terms[0].labels.map(Int64.init), shape: [6]).oneHot(classes: 3)
    let gradient = (p - labels.to(.float64)).matmul(model.matrix.transposed(0, 1))
    let expected = zip(
      batch.inputs.values.scalars(as: Double.self), gradient.scalars(as: Double.self)
    ).map {
      $0 + ($1 > 0 ? 0.1 : -0.1)
    }
    #expect(difference(found, expected, relative: 1e-12) == nil)
  }

  @Test func nothingMovesWithoutARadius() throws {
    let (_, batch, _, model) = try golden()
    var source = RandomKey(seed: 1).source
    let attack = ProjectedGradient(radius: 0, step: 0.1, steps: 3)
    let found = attack(
      batch, through: model, .frozenStatistics,
      noise: attack.noise(like: batch.inputs.values, using: &source))
    #expect(found.scalars(as: Double.self) == batch.inputs.values.scalars(as: Double.self))
  }

  /// Bounds are in the scale of pixels: of images of any normalisation, ε is the same in 0…1, and no pixel leaves it.
  @Test func boundsAreInPixels() throws {
    let normalization = Normalization(mean: [0.5, 0.3, 0.1], std: [0.2, 0.5, 0.25])
    let pixels = Tensor((0..<24).map { UInt8($0 * 11) }, shape: [2, 2, 2, 3])
    let images = normalization(pixels)
    let batch = Batch(
      inputs: images, target: Target([0, 1]), bounds: normalization.bounds(on: .cpu))
    struct Flat: Pass {
      let matrix: Tensor
      func features(_ inputs: Inputs, branches: [Int]?, _ mode: Mode) -> [Tensor] {
        [inputs.values.reshaped([2, 12])]
      }
      func logits(of features: [Tensor], _ mode: Mode) -> [Tensor] { [features[0].matmul(matrix)] }
      func answer(_ heads: [Tensor]) -> Tensor { heads[0] }
      func gradient(of value: Tensor, at inputs: Tensor) -> Tensor { value.gradient(at: inputs) }
    }
    let model = Flat(matrix: Tensor.normal([12, 2], using: Generator(seed: 4)))
    let attack = ProjectedGradient(radius: 0.1, step: 0.1, steps: 3, startsAtRandom: false)
    let found = attack(batch, through: model, .evaluating)
    func inPixels(_ x: Tensor) -> [Double] {
      let std = Tensor([0.2, 0.5, 0.25] as [Float], shape: [1, 3, 1, 1])
      let mean = Tensor([0.5, 0.3, 0.1] as [Float], shape: [1, 3, 1, 1])
      return (x * std + mean).scalars(as: Double.self)
    }
    let (before, after) = (inPixels(images), inPixels(found))
    for (a, b) in zip(before, after) {
      #expect(abs(a - b) <= 0.1 + 1e-5 && b >= -1e-5 && b <= 1 + 1e-5)
      // The loss is linear in sign: every pixel goes to the edge of what is allowed.
      #expect(abs(abs(a - b) - 0.1) < 1e-5 || b < 1e-5 || b > 1 - 1e-5)
    }
  }

  /// The parameters' gradients are those of the attacked batch alone.
  @Test func theAttackLeavesNoGradient() throws {
    let (_, batch, _, model) = try golden()
    let matrix = model.matrix.cloned().requiringGrad()
    let attack = ProjectedGradient(radius: 0.2, step: 0.1, steps: 2)
    _ = attack(batch, through: Linear(matrix: matrix), .frozenStatistics)
    #expect(matrix.grad == nil)
    var memory = Memory()
    let terms = Adversarial(attack: attack, separation: (SupervisedContrast(), 2)).terms(
      [batch], through: Linear(matrix: matrix), at: Moment(), remembering: &memory)
    #expect(terms.terms.map(\.name) == ["loss", "separation"])
    terms.total.backward()
    #expect(matrix.grad != nil)
  }

  /// The same moment attacks the same way; another step, another.
  @Test func drawsFollowTheMoment() throws {
    let (_, batch, _, model) = try golden()
    var memory = Memory()
    func inputs(_ moment: Moment) -> [Double] {
      Adversarial(attack: ProjectedGradient(radius: 0.5, step: 0.01, steps: 1)).terms(
        [batch], through: model, at: moment, remembering: &memory
      ).batch.inputs.values.scalars()
    }
    #expect(inputs(Moment(step: 3)) == inputs(Moment(step: 3)))
    #expect(inputs(Moment(step: 3)) != inputs(Moment(step: 4)))
  }
}
