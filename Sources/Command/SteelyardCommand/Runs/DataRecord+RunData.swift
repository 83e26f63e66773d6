import Datasets
import Runs

extension DataRecord {
  /// The numbers of a run's data, and of the images without labels beside them.
  init(_ data: RunData, _ unlabelled: UnlabelledImages?) {
    self.init(
      data.dataset, classes: data.classes.names,
      statements: data.statements.map { $0.text(of: data.noun) }, leakage: data.leakage,
      skipped: data.skipped + (unlabelled?.skipped ?? []), nearCopies: data.nearCopies,
      unlabelled: unlabelled?.dataset.examples.count)
  }
}
