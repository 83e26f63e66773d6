import Losses
import Requirements
import Torch

/// Who is mistaken for whom, as it was lately: R, `[C, C]`, a row a true class, a column a decided one, each row that was seen
/// summing to 1. Each step moves the rows of its classes towards what it saw: R_g ← d R_g + (1 − d) r_g.
struct ConfusionMemory {
  private(set) var rows: [[Double]]
  private(set) var updates: Int
  /// d once it has risen, in `0..<1`; over the first `warmup` steps it rises as d · (t / warmup)³.
  var decay: Double
  var warmup: Int

  /// Nothing seen.
  init(classes: Int, decay: Double, warmup: Int) {
    rows = Array(repeating: Array(repeating: 0, count: classes), count: classes)
    (updates, self.decay, self.warmup) = (0, decay, warmup)
  }

  /// What a memory holds.
  init(_ memory: Memory, decay: Double, warmup: Int) {
    let flat = memory["confusion"].scalars(as: Double.self)
    let count = memory["confusion"].shape[0]
    self.init(classes: count, decay: decay, warmup: warmup)
    rows = (0..<count).map { Array(flat[$0 * count..<($0 + 1) * count]) }
    updates = Int(memory["updates"].item())
  }

  /// As tensors to be remembered.
  var memory: Memory {
    Memory([
      "confusion": Tensor(rows.flatMap(\.self), shape: [rows.count, rows.count]),
      "updates": Tensor(Double(updates)),
    ])
  }

  /// Moves the rows of the true classes that are there; a row that is seen for the first time becomes what was seen.
  ///
  /// - Parameters:
  ///   - labels: true class of each row, `nil` where it is unknown.
  ///   - decided: decided class of each row.
  mutating func observe(_ labels: [Int?], _ decided: [Int]) {
    let d = decay * min(1, pow3(Double(updates) / Double(max(warmup, 1))))
    var counts = rows.map { $0.map { _ in 0.0 } }
    for (label, decision) in zip(labels, decided) {
      if let label { counts[label][decision] += 1 }
    }
    for (g, row) in counts.enumerated() {
      let total = row.reduce(0, +)
      guard total > 0 else { continue }
      let isNew = rows[g].allSatisfy { $0 == 0 }
      for j in row.indices {
        rows[g][j] = isNew ? row[j] / total : d * rows[g][j] + (1 - d) * row[j] / total
      }
    }
    updates += 1
  }

  /// Whether a class is told better than the classes that were seen are on the whole.
  func isStrong(_ g: Int) -> Bool {
    let seen = rows.indices.filter { rows[$0].contains { $0 > 0 } }
    let mean = seen.reduce(0) { $0 + rows[$1][$1] } / Double(max(seen.count, 1))
    return rows[g][g] > mean
  }

  /// How much each class is wanted as a partner of one: of a strong one those that are mistaken for it, of another those
  /// that it is mistaken for; 0 of itself.
  func partners(of g: Int) -> [Double] {
    let strong = isStrong(g)
    return rows.indices.map { j in j == g ? 0 : strong ? rows[j][g] : rows[g][j] }
  }

  private func pow3(_ x: Double) -> Double { x * x * x }
}
