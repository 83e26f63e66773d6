import Runs

extension RunError {
  /// What to type, behind what the library says; libraries know no flags.
  var advice: String {
    switch self {
    case .notARun, .differs, .busy: return ""
    case .cannotCreate: return " with --output-dir"
    case .noWeights(let path): return ": steelyard train --resume \(path)"
    case .damaged(let run, _, let best):
      let again = "steelyard train --config \(run)/config.yaml"
      guard let best else { return " with: \(again)" }
      return "; use them with: steelyard predict \(best) IMAGES, or start a new run from them with:"
        + " \(again) --pretrained \(best)"
    }
  }
}
