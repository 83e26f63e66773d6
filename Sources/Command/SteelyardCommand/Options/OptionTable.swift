import Requirements

/// The options of a training run by name, in the order in which they are shown and written.
///
/// To add an option: a property with its default in ``TrainOptions``, a line here, and a flag in
/// the group of `Flags/` it belongs to. A test compares the three.
package enum OptionTable {
  package static let fields: [OptionField] = data + network + optimizer + run

  /// Flags that steer one call of the command and are not part of a run's configuration.
  package static let commandLineOnly: Set = [
    "config", "resume", "dry-run", "json", "quiet", "help",
  ]

  private static let data: [OptionField] = [
    OptionField("data-dir", \.data),
    OptionField("split-file", \.splitFile),
    OptionField("split", \.split),
    OptionField("drop-class", \.dropClass),
    OptionField("long-tail", \.longTail, .optional(.aboveOne)),
    OptionField("on-bad-image", \.onBadImage),
    OptionField("allow-leakage", \.allowLeakage),
    OptionField("cache-memory", \.cacheMemory, .atLeast(0)),
    OptionField("img-size", \.imgSize, .optional(.atLeast(8))),
    OptionField("augment", \.augment),
    OptionField("batch-size", \.batchSize, .atLeast(1)),
    OptionField("workers", \.workers, .atLeast(1)),
  ]

  private static let network: [OptionField] = [
    OptionField("model", \.model),
    OptionField("pretrained", \.pretrained),
    OptionField("method", \.method),
    OptionField("set", \.set),
    OptionField("smoothing", \.smoothing, .fraction),
  ]

  private static let optimizer: [OptionField] = [
    OptionField("opt", \.opt),
    OptionField("lr", \.lr, .positive),
    OptionField("momentum", \.momentum, .fraction),
    OptionField("nesterov", \.nesterov),
    OptionField("weight-decay", \.weightDecay, .nonNegative),
    OptionField("clip-grad", \.clipGrad, .optional(.positive)),
    OptionField("grad-accum-steps", \.gradAccumSteps, .atLeast(1)),
    OptionField("model-ema", \.modelEma),
    OptionField("model-ema-decay", \.modelEmaDecay, .fraction),
    OptionField("epochs", \.epochs, .atLeast(1)),
    OptionField("sched", \.sched),
    OptionField("warmup-epochs", \.warmupEpochs, .nonNegative),
    OptionField("min-lr", \.minLr, .nonNegative),
    OptionField("decay-epochs", \.decayEpochs, .positive),
    OptionField("decay-rate", \.decayRate, .properFraction),
    OptionField("patience-epochs", \.patienceEpochs, .atLeast(0)),
  ]

  private static let run: [OptionField] = [
    OptionField("eval-metric", \.evalMetric),
    OptionField("early-stopping", \.earlyStopping, .optional(.atLeast(1))),
    OptionField("device", \.device),
    OptionField("threads", \.threads, .optional(.atLeast(1))),
    OptionField("amp", \.amp),
    OptionField("seed", \.seed, .atLeast(0)),
    OptionField("output-dir", \.outputDir),
    OptionField("experiment", \.experiment),
    OptionField("log-interval", \.logInterval, .positive),
    OptionField("checkpoint-interval", \.checkpointInterval, .optional(.atLeast(1))),
    OptionField("tensorboard", \.tensorboard),
  ]

  /// The option with that name.
  package static func field(named name: String) -> OptionField? {
    fields.first { $0.name == name }
  }

  /// The name of the option that lives at `path`.
  /// - Precondition: `path` is in the table.
  package static func name(of path: PartialKeyPath<TrainOptions>) -> String {
    guard let field = fields.first(where: { $0.path == path }) else {
      requirementFailed("OptionTable.name: expected a path of the table, got \(path)")
    }
    return field.name
  }
}
