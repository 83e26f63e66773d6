package import Optimizers

/// How the weights follow the gradient.
package struct OptimizerOptions: Declarations {
  package init() {}

  package let opt = Declaration(
    "opt", default: OptimizerKind.sgd, help: "Optimiser.", value: "name")

  package let lr = Declaration(
    "lr", default: 0.01, range: .positive, help: "Learning rate after warm-up.")

  package let momentum = Declaration(
    "momentum", default: 0.9, range: .fraction, help: "Momentum of sgd and muon.")

  package let nesterov = Declaration("nesterov", default: true, help: "Nesterov's momentum.")

  package let weightDecay = Declaration(
    "weight-decay", default: 1e-4, range: .nonNegative, help: "Weight decay.")

  package let layerDecay = Declaration(
    "layer-decay", default: Double?.none, without: "none", range: .optional(.positiveFraction),
    help: "Part of the learning rate that each layer has of the next one's; the last has all.",
    value: "part")

  package let sam = Declaration(
    "sam", default: Double?.none, without: "never", range: .optional(.nonNegative),
    help: "Sharpness-aware: take the gradient this far uphill; a step costs two.", value: "rho")

  package let clipGrad = Declaration(
    "clip-grad", default: Double?.none, without: "never", range: .optional(.positive),
    help: "Clip the norm of the gradient.", value: "norm")

  package let gradAccumSteps = Declaration(
    "grad-accum-steps", default: 1, range: .atLeast(1),
    help: "Batches whose gradients make one step.")

  package let modelEma = Declaration(
    "model-ema", default: false, help: "Keep, and evaluate, a moving average of the weights.")

  package let modelEmaDecay = Declaration(
    "model-ema-decay", default: 0.999, range: .fraction,
    help: "Decay of the moving average per step.")
}
