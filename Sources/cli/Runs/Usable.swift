import Datasets

extension Dataset {
  /// The data without, or refused for, images that do not decode; every image is read once.
  /// - Throws: `DatasetError` naming them, unless they may be skipped.
  func usable(
    _ choice: BadImageChoice, threads: Int, note: (String) -> Void
  ) throws(DatasetError) -> Dataset {
    // Failing is the loader's own business: it names the file when it comes to it.
    guard choice == .skip else { return self }
    let survey = Survey(self, threads: threads)
    var rest = self
    rest.examples = []
    for (example, facts) in zip(examples, survey.facts) {
      if let failure = facts.failure {
        note("left out: \(naming(example.path, failure))")
      } else {
        rest.examples.append(example)
      }
    }
    return rest
  }
}

/// `path: reason`, once: most reasons name the file themselves.
func naming(_ path: String, _ reason: String) -> String {
  reason.hasPrefix(path) ? reason : "\(path): \(reason)"
}
