import Datasets
import Runs

extension DataRecord {
  /// The numbers of a run's data.
  init(_ data: RunData) {
    self.init(
      data.dataset, classes: data.classes.names,
      statements: data.statements.map(\.description), leakage: data.leakage,
      skipped: data.skipped + (data.unlabelled?.skipped ?? []), nearCopies: data.nearCopies,
      unlabelled: data.unlabelled?.dataset.examples.count)
  }
}
