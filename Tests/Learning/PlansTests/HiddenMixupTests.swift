import Batches
import Losses
import Mixing
import Networks
import Plans
import Randomness
import TestSupport
import Testing
import Torch
import TorchTestSupport

/// Mixing on the way through a network.
@Suite struct HiddenMixupTests {
  private func batch(_ shape: [Int]) -> Batch {
    Batch(
      inputs: Tensor.normal(shape, using: Generator(seed: 3)), target: Target([0, 0, 1, 2, 1, 0]),
      examples: [5, 4, 3, 2, 1, 0])
  }

  private func network(_ name: String, inputs: Int? = nil, _ form: NetworkForm = NetworkForm())
    throws -> Network
  {
    try Architectures.named(name).build(
      classes: 3, inputs: inputs, form: form, using: Generator(seed: 1))
  }

  private func terms(_ objective: any Objective, _ batch: Batch, _ network: Network, step: Int = 0)
    -> Terms
  {
    var memory = Memory()
    return objective.terms(
      [batch], through: NetworkPass(network, seed: 1),
      at: Moment(step: step, key: RandomKey(seed: 4)), remembering: &memory)
  }

  /// Mixing at the inputs is mixing of inputs, with the same draws.
  @Test func depthZeroIsMixupOfInputs() throws {
    for (name, shape) in [("resnet20", [6, 3, 8, 8]), ("mlp", [6, 4])] {
      let network = try network(name, inputs: shape[1])
      let batch = batch(shape)
      for step in 0..<4 {
        let hidden = terms(
          HiddenMixup(mixing: Mixup(alpha: 1), deepest: 0), batch, network, step: step)
        let plain = terms(
          Supervised(CrossEntropy(), mixing: Mixup(alpha: 1)), batch, network, step: step)
        #expect(
          difference(
            hidden.terms[0].rows.values.scalars(as: Double.self),
            plain.terms[0].rows.values.scalars(as: Double.self), relative: 1e-4) == nil)
        #expect(hidden.batch.target == plain.batch.target)
        #expect(hidden.batch.lambda == plain.batch.lambda)
        #expect(hidden.batch.examples == batch.examples)
      }
    }
  }

  /// All places are drawn, about equally often, and what they give differs.
  @Test func everyPlaceIsDrawn() throws {
    struct Places: Pass {
      final class Seen { var places: [Int] = [] }
      let seen = Seen()
      let hiddenPlaces: Int
      func features(_ inputs: Inputs, branches: [Int]?, _ mode: Mode) -> [Tensor] {
        [inputs.values]
      }
      func features(
        _ inputs: Inputs, changing place: Int, _ mode: Mode,
        by change: @escaping (Tensor) -> Tensor
      ) -> [Tensor] {
        seen.places.append(place)
        return [change(inputs.values)]
      }
      func logits(of features: [Tensor], _ mode: Mode) -> [Tensor] { features }
      func answer(_ heads: [Tensor]) -> Tensor { heads[0] }
      func gradient(of value: Tensor, at inputs: Tensor) -> Tensor { value }
    }
    for (deepest, expected) in [(nil as Int?, 0...3), (2, 0...2), (9, 0...3)] {
      let pass = Places(hiddenPlaces: 3)
      var memory = Memory()
      for step in 0..<400 {
        _ = HiddenMixup(mixing: Mixup(alpha: 1), deepest: deepest).terms(
          [batch([6, 3])], through: pass, at: Moment(step: step, key: RandomKey(seed: 4)),
          remembering: &memory)
      }
      #expect(Set(pass.seen.places) == Set(expected))
      for place in expected {
        let share = Double(pass.seen.places.count { $0 == place }) / 400
        #expect(close(share, 1 / Double(expected.count), absolute: 0.08))
      }
    }
  }

  /// Changed by nothing the features are those of a plain pass; a change is seen at the shape of its place.
  @Test(arguments: [
    ("resnet20", [2, 3, 8, 8], [[2, 16, 8, 8], [2, 32, 4, 4]]),
    ("resnet18", [2, 3, 32, 32], [[2, 64, 8, 8], [2, 128, 4, 4], [2, 256, 2, 2]]),
    ("mlp", [2, 4], [[2, 512], [2, 512]]),
  ])
  func places(name: String, shape: [Int], expected: [[Int]]) throws {
    let network = try network(name, inputs: shape[1])
    #expect(network.hiddenPlaces == expected.count)
    let inputs = Inputs(Tensor.normal(shape, using: Generator(seed: 2)))
    let plain = network.features(inputs, Context())[0].scalars(as: Float.self)
    for place in 0...expected.count {
      var seen: [Int] = []
      let same = network.features(inputs, changing: place, Context()) {
        seen = $0.shape
        return $0
      }
      #expect(same[0].scalars(as: Float.self) == plain)
      #expect(seen == (place == 0 ? shape : expected[place - 1]))
      let other = network.features(inputs, changing: place, Context()) { $0 * 0.5 }
      #expect(other[0].scalars(as: Float.self) != plain)
    }
  }

  /// Networks of other kinds have none; what branches share ends at one.
  @Test func otherNetworks() throws {
    #expect(try network("mobilenet_v2").hiddenPlaces == 0)
    let experts = try network("resnet20", NetworkForm(branches: 2))
    #expect(experts.hiddenPlaces == 1)
    let inputs = Inputs(Tensor.normal([2, 3, 8, 8], using: Generator(seed: 2)))
    var seen: [Int] = []
    let features = experts.features(inputs, changing: 1, Context()) {
      seen = $0.shape
      return $0
    }
    #expect(seen == [2, 16, 8, 8] && features.count == 2)
  }

  /// In an mlp written out: linear, normalised, ReLU; mixed; linear, normalised, ReLU.
  @Test func anMLPByHand() throws {
    let network = try network("mlp", inputs: 4)
    let batch = batch([6, 4])
    let pairs = Pairing(
      partner: [3, 0, 1, 2, 5, 4], inputs: [0.1, 0.9, 0.5, 1, 0, 0.3],
      labels: [0.1, 0.9, 0.5, 1, 0, 0.3])
    let tensors = Dictionary(
      uniqueKeysWithValues: (network.parameters + network.buffers).map { ($0.name, $0.tensor) })
    func layer(_ x: Tensor, _ number: Int) throws -> Tensor {
      func tensor(_ name: String, _ place: Int) throws -> Tensor {
        try #require(tensors["hidden.\(place).\(name)"])
      }
      let weight = try tensor("weight", number).transposed(0, 1)
      let y = x.matmul(weight) + (try tensor("bias", number))
      let norm = number + 1
      let deviation = (try tensor("running_var", norm) + 1e-5).sqrt()
      let normal = (y - (try tensor("running_mean", norm))) / deviation
      let scaled = normal * (try tensor("weight", norm))
      return (scaled + (try tensor("bias", norm))).relu()
    }
    let hidden = try layer(batch.inputs.values, 0)
    let rows = hidden.scalars(as: Double.self)
    let width = hidden.shape[1]
    var mixed: [Double] = []
    for row in 0..<6 {
      let (own, other) = (pairs.inputs[row], pairs.partner[row])
      for column in 0..<width {
        mixed.append(own * rows[row * width + column] + (1 - own) * rows[other * width + column])
      }
    }
    let expected = try layer(Tensor(mixed, shape: [6, width]).to(.float32), 3)
    let found = network.features(batch.inputs, changing: 1, Context()) { pairs.blend($0) }
    #expect(
      difference(
        found[0].scalars(as: Double.self), expected.scalars(as: Double.self), relative: 1e-4,
        absolute: 1e-5) == nil)
  }

  /// A row's gradient reaches both rows that it was mixed of.
  @Test func gradientsReachBothRows() {
    let pairs = Pairing(partner: [1, 2, 0], inputs: [0.2, 0.7, 1], labels: [0.2, 0.7, 1])
    let x = Tensor([0.3, -1, 2, 0.5, 1, -0.4], shape: [3, 2])
    #expect(gradientDifference(at: [x]) { pairs.blend($0[0]).square() } == nil)
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      var memory = Memory()
      _ = HiddenMixup(mixing: Mixup(alpha: 1)).terms(
        [Batch(inputs: Tensor.zeros([1, 3]), target: Target([0]))], through: IdentityPass(),
        at: Moment(), remembering: &memory)
    }
    await #expect(processExitsWith: .failure) {
      _ = HiddenMixup(mixing: Mixup(alpha: 1), deepest: -1)
    }
    await #expect(processExitsWith: .failure) {
      _ = Pairing(partner: [0], inputs: [1.5], labels: [0])
    }
  }
}
