import Batches
import Files
import Imaging
import Inference
import Sampling
import Torch

/// A digest of what a run and a checkpoint must have in common, to refuse a checkpoint of another:
/// settings, classes, file names and targets.
///
/// Not in it are device, patience and numbers of threads, with others of which a run may go on, to
/// other bytes; first weights, which the checkpoint has left behind; groups, of which the split is
/// all that matters; and pixels, which `images.csv` has the digests of.
enum Fingerprint {
  private static func letter(_ entry: Bool?) -> String {
    entry == nil ? "?" : entry == true ? "1" : "0"
  }

  /// The digest of settings, classes, file names and targets; the pixels are not read.
  static func of(_ plan: TrainingPlan, _ data: TrainingData) -> String {
    let settings = [
      plan.architecture, "\(plan.method)", "\(plan.epochs)", "\(plan.batchSize)",
      "\(plan.accumulation)", "\(plan.optimizer)", "\(plan.learningRate)", "\(plan.schedule)",
      "\(plan.clipNorm ?? 0)", "\(plan.averageDecay ?? 0)", "\(plan.selection)", "\(plan.seed)",
      plan.preprocessing.digestText, "\(plan.autocast?.description ?? "float32")",
    ]
    let rows = [data.train, data.val, data.test, data.unlabelled].compactMap(\.self).flatMap {
      set in
      ["--"]
        + set.paths.indices.map { row in
          let target =
            switch set.truths {
            case .classes(let labels): labels[row].map(String.init) ?? ""
            case .labels(let table): "\(table[row].map(Self.letter))"
            case .numbers(let numbers): "\(numbers[row])"
            }
          return "\(set.paths[row])\t\(target)"
        }
    }
    let text = (settings + plan.laterSettings + data.classes + rows).joined(separator: "\n")
    return SHA256.hexadecimal(Array(text.utf8))
  }
}
