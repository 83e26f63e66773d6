/// Why training stopped before its end.
public enum TrainingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A loss was NaN or infinite.
  case notFinite(
    loss: String, epoch: Int, step: Int, files: [String], lastGood: String?)
  /// The network's answer to an example of the validation part was NaN or infinite.
  case validation(epoch: Int, file: String, lastGood: String?)
  /// An update made weights NaN or infinite.
  case diverged(epoch: Int, step: Int, lastGood: String?)
  /// Someone asked to stop; the state is saved.
  case interrupted(run: String, epoch: Int, step: Int)
  /// Batches of one example leave a batch normalisation a single value per channel.
  case singleValue(architecture: String, size: String?)
  /// A method mixes hidden features, and the network has no places for it.
  case noHiddenPlaces(method: String, architecture: String)
  /// The network has not what is to learn.
  case cannotLearn(what: String, reason: String)
  /// Products in float16, whose gradients vanish unless the loss is scaled.
  case unscaledFloat16

  /// What happened, where, and what to do.
  public var description: String {
    switch self {
    case .notFinite(let loss, let epoch, let step, let files, let lastGood):
      Self.notFinite(loss, epoch, step, files, lastGood)
    case .validation(let epoch, let file, let lastGood):
      "the network's answer to '\(file)' of the validation part became NaN or infinite after epoch \(epoch); "
        + Self.good(lastGood) + "; try a smaller learning rate, or clip the gradient"
    case .diverged(let epoch, let step, let lastGood):
      "the weights became NaN or infinite in epoch \(epoch) by step \(step); "
        + Self.good(lastGood) + "; try a smaller learning rate, or clip the gradient"
    case .interrupted(let run, let epoch, let step):
      "stopped in epoch \(epoch) after step \(step), and saved in \(run)"
    case .cannotLearn(let what, let reason):
      "tune \(what): \(reason)"
    case .unscaledFloat16:
      "training in float16 needs a loss that is scaled, so that small gradients do not become 0, and none is scaled here;"
        + " use bfloat16 or float32"
    case .singleValue(let architecture, let size):
      "\(architecture) cannot learn from batches of one \(size.map { "image of \($0) pixels" } ?? "row"):"
        + " its batch normalisation gets a single value per channel, which has no spread;"
        + " use batches of two or more\(size == nil ? "" : ", or larger images")"
    case .noHiddenPlaces(let method, let architecture):
      "\(method) mixes hidden features on their way through the network, and \(architecture) has no places"
        + " for it; choose a ResNet, ResNeXt or mlp"
    }
  }

  private static func good(_ checkpoint: String?) -> String {
    checkpoint.map { "the last good checkpoint is \($0)" } ?? "no checkpoint was made yet"
  }

  private static func notFinite(
    _ loss: String, _ epoch: Int, _ step: Int, _ files: [String], _ lastGood: String?
  ) -> String {
    let shown = files.prefix(16).map { "  " + $0 }.joined(separator: "\n")
    let more = files.count > 16 ? "\n  and \(files.count - 16) more" : ""
    return "the loss became \(loss) in epoch \(epoch) at step \(step); \(good(lastGood)); "
      + "try a smaller learning rate, or clip the gradient; the batch was:\n\(shown)\(more)"
  }
}
