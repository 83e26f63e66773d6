import Datasets
import Files

extension NearCopyReport {
  /// Writes `copies.csv`: a pair of images a row, with the labels of both, the pairs first that lie in two parts or contradict
  /// each other.
  ///
  /// - Parameter path: where.
  /// - Throws: `FileError` where it cannot be written.
  func write(to path: String) throws(FileError) {
    try DelimitedWriter.write(
      columns: ["path", "given", "part", "copy", "copy_given", "copy_part", "correlation"],
      rows: pairs.lazy.map { pair in
        [pair.left, pair.right].flatMap {
          [$0.path, $0.label ?? "", $0.split?.rawValue ?? ""]
        } + ["\(pair.correlation)"]
      }, to: path)
  }
}
