// An input of one's own: sets of points of unequal size, 25:1, with the streams and the loss of Balanced-MixUp. A blend of two
// sets is their union, in which the points of each weigh what the blend gives it.
import Batches
import Foundation
import Losses
import Mixing
import Networks
import Optimizers
import Plans
import Randomness
import Sampling
import Sessions
import Torch

/// Weighted points `[N, P, 3]` (x, y, weight) → the weighted mean of what each point becomes, `[N, 64]`.
struct PointNet: Backbone {
  let featureCount = 64
  private let hidden: Linear

  init(using initializer: Initializer) { hidden = Linear(2, 64, using: initializer) }

  func callAsFunction(_ sets: Tensor, _ context: Context) -> Tensor {
    let weight = sets.narrowed(dim: 2, start: 2, length: 1)
    let points = sets.narrowed(dim: 2, start: 0, length: 2)
    return (hidden(points, context).relu() * weight).sum(dims: [1]) / weight.sum(dims: [1])
  }

  func visit(_ visitor: inout TensorVisitor) { visitor.layer("hidden", hidden) }
}

/// Balanced-MixUp of sets: their union, with λ ~ Beta(α, 1) for the class-balanced one.
struct UnionMixup: Mixing {
  let streams = 2
  let alpha = 0.5
  var expectedWeights: [Double] { [1 / (1 + alpha), alpha / (1 + alpha)] }

  func callAsFunction(_ batches: [Batch], using g: inout some RandomNumberGenerator) -> Batch {
    let λ = BetaDistribution(alpha, 1).sample(using: &g)
    let scaled = zip(batches, [1 - λ, λ]).map { batch, part in
      batch.inputs.values * Tensor([1, 1, Float(part)], shape: [1, 1, 3])
    }
    let target = batches[0].target.mixed(with: batches[1].target, weight: λ)
    return Batch(inputs: .concatenated(scaled, dim: 1), target: target, lambda: λ)
  }
}

/// 5 to 40 points with noise: a ring, a disc, a cross.
func points(_ shape: Int, using source: inout RandomSource) -> [[Float]] {
  (0..<5 + source.below(36)).map { _ in
    let (angle, part) = (2 * Double.pi * source.uniform(), source.uniform())
    let radius = shape == 0 ? 1 : shape == 1 ? part.squareRoot() : 2 * part - 1
    let turn = shape == 2 ? (Double(source.below(2)) + 0.5) * .pi / 2 : angle
    return [radius * cos(turn), radius * sin(turn)].map { Float($0 + 0.05 * source.normal()) } + [1]
  }
}

/// Sets one under the other, `[N, P, 3]`; what is missing to the largest weighs nothing.
func padded(_ sets: [[[Float]]]) -> Tensor {
  let most = sets.map(\.count).max() ?? 0
  let rows = sets.map { $0 + Array(repeating: [0, 0, 0], count: most - $0.count) }
  return Tensor(rows.joined().flatMap { $0 }, shape: [sets.count, most, 3])
}

let key = RandomKey(seed: 0)
var source = key.folding("data").source
let labels = [300, 60, 12].enumerated().flatMap { Array(repeating: $0, count: $1) }
let sets = labels.map { points($0, using: &source) }
let classes = try ClassCounts(labels: labels, classes: 3)
let initializer = Initializer(generator: Generator(seed: 0))
let head = HeadStyle(name: "head").head(.linear, features: 64, classes: 3, using: initializer)
let network = Network(name: "points", branches: [PointNet(using: initializer)], heads: [head])
let samplers: [any Sampler] = [UniformSampler(), ClassBalancedSampler()]
var session = Session(network, SessionSettings(optimizer: OptimizerSettings(kind: .adamw)))
session.enter(Stage(Supervised(mixing: UnionMixup()), samplers: samplers), for: classes)
for epoch in 0..<60 {
  let orders = samplers.enumerated().map { number, sampler in
    var draws = key.folding("sampler").folding(epoch).folding(number).source
    return sampler.indices(for: labels, classes: classes, progress: 0, using: &draws)
  }
  for step in 0..<labels.count / 31 {
    let batches = orders.map { order in
      let rows = Array(order[step * 31..<(step + 1) * 31])
      return Batch(inputs: padded(rows.map { sets[$0] }), target: Target(rows.map { labels[$0] }))
    }
    _ = session.step(batches, at: Moment(epoch: epoch, step: step, key: key))
    session.update(rate: 0.01)
  }
}
for (label, name) in ["ring", "disc", "cross"].enumerated() {
  let fresh = padded((0..<300).map { _ in points(label, using: &source) })
  let decided = withoutGradients {
    network(fresh, Context()).argmax(dim: 1).scalars(as: Int64.self)
  }
  print("recall of the \(name): \(Double(decided.count { $0 == label }) / 300)")
}
