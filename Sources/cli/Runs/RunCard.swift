import Batches
import Console
import Datasets
import Evaluation
import Files
import Imaging
import Inference
import Plans
import Training

/// `README.md` of a run: what it is, how good, how to use and to repeat it.
enum RunCard {
  static func write(
    _ run: PreparedRun, _ outcome: Training.Outcome, to directory: RunDirectory
  ) throws(FileError) {
    try AtomicFile.write(text(run, outcome, path: directory.path), to: directory.readme)
  }

  static func text(_ run: PreparedRun, _ outcome: Training.Outcome, path: String) -> String {
    let method = type(of: run.plan.method)
    let size = run.plan.preprocessing.size
    let results = ["test", "val"].compactMap { split in
      outcome.reports[split].map { "## Results on \(split)\n\n" + ReportText.markdown($0) }
    }
    return """
      # \(run.plan.architecture), \(method.name), \(run.data.dataset.name)

      A classifier of \(run.training.classes.count) classes, trained by Steelyard \
      \(Version.current) on \(Format.count(run.training.train.count)) images, \
      \(size.width) × \(size.height) pixels; weights of epoch \(outcome.bestEpoch) of \(outcome.history.count), \
      \(run.training.val == nil
        ? "the last one" : "chosen by \(run.plan.selection.rawValue) on validation").

      Method: \(method.summary). \(method.citation)

      \(run.data.leakage.isClean ? "" : RunSummary.warning)
      \(results.joined(separator: "\n"))
      ## Use

      ```
      steelyard predict \(path) IMAGES
      steelyard evaluate \(path) --data DATA
      ```

      `model.safetensors` has torchvision's parameter names; classes and preprocessing are in its \
      metadata. `config.yaml` repeats the run: `steelyard train --config config.yaml`. `data.json` \
      and `split.csv` say what it was trained on, `environment.json` with what.

      """
  }
}
