// A network, a loss and data of one's own, the session stepped by hand: telling two interleaved moons apart, 20:1.
import Batches
import Foundation
import Losses
import Networks
import Optimizers
import Plans
import Randomness
import Sampling
import Sessions
import Torch

/// Two numbers → 32 features.
struct Plane: Backbone {
  let featureCount = 32
  private let hidden: Linear

  init(using initializer: Initializer) { hidden = Linear(2, 32, using: initializer) }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    hidden(x, context).relu()
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.layer("hidden", hidden)
  }
}

/// (1 − p_y)² · −log p_y
struct Focal: Loss {
  func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    let crossEntropy = CrossEntropy().perExample(logits, labels, state)
    return (1 - (-crossEntropy).exp()).pow(2) * crossEntropy
  }
}

/// Points on two half circles with noise, `[N, 2]`.
func moons(_ labels: [Int], using source: inout RandomSource) -> Tensor {
  let points = labels.flatMap { label -> [Float] in
    let angle = Double.pi * source.uniform()
    let (x, y) = label == 0 ? (cos(angle), sin(angle)) : (1 - cos(angle), 0.5 - sin(angle))
    return [x, y].map { Float($0 + 0.15 * source.normal()) }
  }
  return Tensor(points, shape: [labels.count, 2])
}

let key = RandomKey(seed: 0)
var source = key.folding("data").source
let labels = [Int](repeating: 0, count: 400) + [Int](repeating: 1, count: 20)
let rows = moons(labels, using: &source)
let classes = try ClassCounts(labels: labels, classes: 2)

let initializer = Initializer(generator: Generator(seed: 0))
let head = HeadStyle(name: "head").head(.linear, features: 32, classes: 2, using: initializer)
let network = Network(name: "plane", branches: [Plane(using: initializer)], heads: [head])
var session = Session(network, SessionSettings(optimizer: OptimizerSettings(kind: .adamw)))
session.enter(Stage(Supervised(Focal()), samplers: [ClassBalancedSampler()]), for: classes)

for epoch in 0..<30 {
  var draws = key.folding("sampler").folding(epoch).source
  let order = ClassBalancedSampler().indices(
    for: labels, classes: classes, progress: Double(epoch) / 29, using: &draws)
  for step in 0..<order.count / 20 {
    let drawn = Array(order[step * 20..<(step + 1) * 20])
    let batch = Batch(
      inputs: rows.indexSelect(dim: 0, Tensor(drawn.map(Int64.init), shape: [20])),
      target: Target(drawn.map { labels[$0] }), examples: drawn)
    _ = session.step([batch], at: Moment(epoch: epoch, step: step, key: key))
    session.update(rate: 0.01)
  }
}

for label in [0, 1] {
  let fresh = moons([Int](repeating: label, count: 500), using: &source)
  let decided = withoutGradients {
    network(fresh, Context()).argmax(dim: 1).scalars(as: Int64.self)
  }
  print("recall of moon \(label): \(Double(decided.count { $0 == label }) / 500)")
}
