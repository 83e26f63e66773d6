package import Datasets

/// `data.json` of a run: what it was trained on, in numbers.
package struct DataRecord: Codable, Equatable, Sendable {
  /// Name of the data set.
  package var name: String
  /// SHA-256 over path, label, group and split of every image.
  package var digest: String
  package var images: Int
  package var classes: [String]
  /// Images of each class in each part: `counts["train"]["cat"]`.
  package var counts: [String: [String: Int]]
  /// Different groups in each part; empty where the data has none.
  package var groups: [String: Int]
  /// What splitting had to say.
  package var split: [String]
  package var leakage: LeakageReport
  /// Files left out because they do not decode.
  package var skipped: [RunData.SkippedImage]

  package init(_ data: RunData) {
    name = data.dataset.name
    digest = data.dataset.digest
    images = data.dataset.examples.count
    classes = data.classes.names
    counts = [:]
    var members: [String: Set<String>] = [:]
    for example in data.dataset.examples {
      guard let part = example.split?.rawValue else { continue }
      if let label = example.label { counts[part, default: [:]][label, default: 0] += 1 }
      if let group = example.group { members[part, default: []].insert(group) }
    }
    groups = members.mapValues(\.count)
    split = data.statements.map(\.description)
    leakage = data.leakage
    skipped = data.skipped
  }
}
