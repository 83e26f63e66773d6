import Batches
import Runs

/// Counts what an epoch draws of each class.
struct DrawCounts: Codable {
  private(set) var examples: [Int]
  private(set) var mass: [Double]
  private var seen: [Set<Int>]

  init(classes: Int) {
    examples = Array(repeating: 0, count: classes)
    mass = Array(repeating: 0, count: classes)
    seen = Array(repeating: [], count: classes)
  }

  /// Adds the rows of one step and the label mass of the batch they became. A row counts for its class, or for each label that
  /// it has.
  mutating func add(rows: [Int], of data: TrainingData, mass step: [Double]) {
    for row in rows {
      for label in data.classes(of: row) {
        examples[label] += 1
        seen[label].insert(row)
      }
    }
    for c in mass.indices { mass[c] += step[c] }
  }

  /// The epoch by class; `expected` is the mass that its samplers and mixing come to in the mean, `[C]`.
  func drawn(_ names: [String], expected: [Double]) -> [ClassDrawn] {
    let total = mass.reduce(0, +)
    return names.indices.map {
      ClassDrawn(
        name: names[$0], examples: examples[$0], distinct: seen[$0].count,
        mass: total > 0 ? mass[$0] / total : 0, expectedMass: expected[$0])
    }
  }

  private enum CodingKeys: CodingKey { case examples, mass, seen }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(examples, forKey: .examples)
    try container.encode(mass, forKey: .mass)
    // A set has no order; checkpoints must have one.
    try container.encode(seen.map { $0.sorted() }, forKey: .seen)
  }
}
