import Batches
import Methods
import Networks
import Optimizers
import Plans
import Sessions
import Torch

/// A network of three classes, what it is trained with, and batches for any stage.
enum SmallResNet {
  static let settings = SessionSettings(
    optimizer: OptimizerSettings(kind: .sgd, momentum: 0.9, nesterov: true, weightDecay: 1e-4),
    averageDecay: 0.9,
    makeNetwork: { form in
      guard let architecture = Architectures.all.first(where: { $0.name == "resnet20" }) else {
        preconditionFailure("expected an architecture called resnet20")
      }
      return architecture.build(classes: 3, form: form, using: Generator(seed: 9))
    })

  static var supConWithQueue: SupConTraining {
    var method = SupConTraining()
    (method.queue, method.dimensions, method.momentum) = (16, 8, 0.9)
    return method
  }

  static func network(_ form: NetworkForm = NetworkForm()) throws -> Network {
    try Architectures.named("resnet20").build(
      classes: 3, form: form, using: Generator(seed: 1))
  }

  static func batch(_ seed: UInt64) -> Batch {
    Batch(
      inputs: Tensor.normal([6, 3, 8, 8], using: Generator(seed: seed)).channelsLast(),
      target: Target([0, 0, 1, 0, 2, 1]), examples: [0, 1, 2, 3, 4, 5])
  }

  /// A batch for each view of each stream, then for each view of unlabelled rows; one of labels without a stage.
  static func batches(of stage: Stage?, _ step: Int) -> [Batch] {
    let labelled = stage?.streams.reduce(0) { $0 + $1.views.count } ?? 1
    let all = stage?.views.count ?? 1
    return (0..<all).map { number in
      let whole = batch(UInt64(step + 100 * number))
      return number < labelled ? whole : Batch(inputs: whole.inputs, target: Target(unknown: 6))
    }
  }
}
