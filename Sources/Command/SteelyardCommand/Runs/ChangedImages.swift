import Console
import Datasets
import Runs

/// Images of a run's data whose pixels are no longer those that the run saw.
package struct ChangedImages: Error, Equatable, Sendable {
  /// The run.
  package var run: String
  /// Their paths, in the order of the data.
  package var paths: [String]

  package init(run: String, paths: [String]) { (self.run, self.paths) = (run, paths) }

  /// Compares digests with those that a run has stored; images that either side knows no digest of are passed over.
  ///
  /// - Parameters:
  ///   - data: the run's data as they lie there now.
  ///   - digests: of the pixels of each example, `[N]`.
  ///   - run: the run.
  /// - Throws: `ChangedImages`; `FileError` where the run's table cannot be read.
  static func check(_ data: Dataset, _ digests: [String?], since run: RunDirectory) throws {
    let stored = try RunImages.digests(of: run)
    let changed = zip(data.examples, digests).filter { example, digest in
      guard let before = stored[example.path], let digest else { return false }
      return before != digest
    }
    guard changed.isEmpty else {
      throw ChangedImages(run: run.path, paths: changed.map(\.0.path))
    }
  }
}

extension ChangedImages: CustomStringConvertible {
  /// The first 20 by name, the number of all, and what to do.
  package var description: String {
    let shown = paths.prefix(DataProblems.limit).joined(separator: "\n")
    let rest = paths.count - DataProblems.limit
    let more = rest > 0 ? "\n… and \(Format.count(rest)) more" : ""
    return
      "\(run): these data have changed since the run began (other pixels or numbers):\n\(shown)\(more)\n"
      + "Restore them; or begin a new run, or evaluate them as other data with --data."
  }
}
