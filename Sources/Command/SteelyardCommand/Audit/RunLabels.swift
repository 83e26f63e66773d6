import Datasets
import Files
import Runs

/// What `split.csv` of a run says of the labels.
enum RunLabels {
  /// Path and class of each training image, by the names that the run gave its classes.
  ///
  /// - Throws: `FileError` for a table that cannot be read or lacks a column, `DatasetError` for the run's class names.
  static func training(_ run: RunDirectory) throws -> [(path: String, label: String)] {
    let names =
      FilePath.isFile(run.classNames)
      ? Dictionary(
        try ClassNames.read(run.classNames).entries.map { ($0.label, $0.name) },
        uniquingKeysWith: { $1 }) : [:]
    return try SplitFile.images(of: .train, in: run.split).map {
      ($0.path, names[$0.label] ?? $0.label)
    }
  }
}
