import ArgumentParser
import Optimizers

/// How the weights follow the gradient.
struct OptimizerFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Optimiser (default: \(defaults.opt.rawValue)).", valueName: "name"))
  var opt: OptimizerKind?

  @Option(parsing: .unconditional, help: "Learning rate after warm-up (default: \(defaults.lr)).")
  var lr: Double?

  @Option(parsing: .unconditional, help: "Momentum of sgd (default: \(defaults.momentum)).")
  var momentum: Double?

  @Flag(inversion: .prefixedNo, help: "Nesterov's momentum (default: on).")
  var nesterov: Bool?

  @Option(parsing: .unconditional, help: "Weight decay (default: \(defaults.weightDecay)).")
  var weightDecay: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Clip the norm of the gradient (default: never).", valueName: "norm"))
  var clipGrad: Double?

  @Option(
    parsing: .unconditional,
    help: "Batches whose gradients make one step (default: \(defaults.gradAccumSteps)).")
  var gradAccumSteps: Int?

  @Flag(inversion: .prefixedNo, help: "Keep, and evaluate, a moving average of the weights.")
  var modelEma: Bool?

  @Option(
    parsing: .unconditional,
    help: "Decay of the moving average per step (default: \(defaults.modelEmaDecay)).")
  var modelEmaDecay: Double?

  func lay(on overlay: inout Overlay) {
    overlay.set(\.opt, opt)
    overlay.set(\.lr, lr)
    overlay.set(\.momentum, momentum)
    overlay.set(\.nesterov, nesterov)
    overlay.set(\.weightDecay, weightDecay)
    overlay.set(optional: \.clipGrad, clipGrad)
    overlay.set(\.gradAccumSteps, gradAccumSteps)
    overlay.set(\.modelEma, modelEma)
    overlay.set(\.modelEmaDecay, modelEmaDecay)
  }
}
