import Datasets
import Runs

/// Images or groups of other data that a model has learned from.
package struct TrainingOverlap: Error, Equatable, Sendable {
  /// Equal images, a line each.
  package var images: [String] = []
  /// Groups met in training, a line each.
  package var groups: [String] = []
  /// Group names met in training that are taken for other groups, the data lying elsewhere.
  package var namesakes: [String] = []
  /// Whether pixels were compared, and not only names.
  package var comparesPixels: Bool

  /// Nothing yet.
  package init(comparesPixels: Bool) { self.comparesPixels = comparesPixels }

  package var isEmpty: Bool { images.isEmpty && groups.isEmpty }
}

extension TrainingImages {
  /// What of some data the model has learned from.
  ///
  /// A group is the same where the names agree and the data are, or share an image with, those of the run: unrelated
  /// sets both have a patient 3.
  ///
  /// - Parameters:
  ///   - data: the other data.
  ///   - survey: of them.
  ///   - isSamePlace: whether they lie where the run's data do.
  func overlap(
    with data: Dataset, _ survey: Survey, isSamePlace: Bool
  ) -> TrainingOverlap {
    var overlap = TrainingOverlap(comparesPixels: hasPixels)
    var images: [String: Int] = [:]
    for (example, facts) in zip(data.examples, survey.facts) {
      let digest = facts.pixels ?? facts.bytes ?? ""
      if let path = pathOfPixels[digest] {
        let same = data.rows == nil ? "pixels" : "values"
        overlap.images.append("same \(same): \(example.path) = \(path) (train)")
      } else if !hasPixels && paths.contains(example.path) {
        overlap.images.append("same path: \(example.path)")
      }
      if let group = example.group, groups.contains(group) { images[group, default: 0] += 1 }
    }
    guard isSamePlace || !overlap.images.isEmpty else {
      overlap.namesakes = images.keys.sorted()
      return overlap
    }
    overlap.groups = images.sorted { $0.key < $1.key }
      .map { "group '\($0.key)' (\($0.value)) lies in train too" }
    return overlap
  }
}

extension TrainingOverlap: CustomStringConvertible {
  /// The first 20 lines, the number of all, and what to do.
  package var description: String {
    let lines = groups + images
    let rest = lines.count - DataProblems.limit
    let shown = lines.prefix(DataProblems.limit) + (rest > 0 ? ["… and \(rest) more"] : [])
    return "the model has learned from some of these data, so the numbers would flatter:\n"
      + shown.joined(separator: "\n") + "\n"
      + "Leave them out, or go on all the same with --allow-leakage."
  }
}
