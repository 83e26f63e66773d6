import Batches
import Files
import Imaging
import Inference
import Torch

/// A digest of everything that decides the bytes of a run, to refuse a checkpoint of another.
enum Fingerprint {
  /// The digest of settings, classes, file names and labels; the pixels are not read.
  static func of(_ plan: TrainingPlan, _ data: TrainingData) -> String {
    let settings = [
      plan.architecture, "\(plan.method)", "\(plan.epochs)", "\(plan.batchSize)",
      "\(plan.accumulation)", "\(plan.optimizer)", "\(plan.learningRate)", "\(plan.schedule)",
      "\(plan.clipNorm ?? 0)", "\(plan.averageDecay ?? 0)", "\(plan.selection)", "\(plan.seed)",
      plan.preprocessing.digestText, "\(plan.autocast?.description ?? "float32")",
    ]
    let rows = [data.train, data.val, data.test, data.unlabelled].compactMap(\.self).flatMap {
      set in
      ["--"] + zip(set.paths, set.labels).map { "\($0)\t\($1.map(String.init) ?? "")" }
    }
    let text = (settings + plan.laterSettings + data.classes + rows).joined(separator: "\n")
    return SHA256.hexadecimal(Array(text.utf8))
  }
}
