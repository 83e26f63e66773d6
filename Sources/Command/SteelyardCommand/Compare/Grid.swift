package import Runs

/// What is compared: `grid.json`. The cells follow from it.
package struct Grid: Codable, Equatable, Sendable {
  /// The rows of the table.
  package var rows: [GridRow]
  /// Imbalance ratios that the training part is thinned out to; 1 leaves it as it lies.
  package var imbalances: [Double]
  /// Seeds of the trainings; one with folds.
  package var seeds: [Int]
  /// Number of folds; `nil` where every seed is a training.
  package var folds: Int?
  /// Label of the row that the others are compared with; `nil` compares nothing.
  package var reference: String?
  /// Metric that conclusions are drawn from.
  package var metric: String
  /// Seconds that all cells together may take; `nil` is no limit.
  package var budget: Double?

  /// A grid of its parts.
  package init(
    rows: [GridRow], imbalances: [Double], seeds: [Int], folds: Int?, reference: String?,
    metric: String, budget: Double?
  ) {
    (self.rows, self.imbalances, self.seeds, self.folds) = (rows, imbalances, seeds, folds)
    (self.reference, self.metric, self.budget) = (reference, metric, budget)
  }

  /// One cell that is to be filled.
  package struct Cell: Equatable, Sendable {
    /// Its record before anything was done.
    package var record: CellRecord
    /// Place of its row.
    package var row: Int
    /// Place among the row's candidates.
    package var candidate: Int
    /// Place of its imbalance.
    package var part: Int
    /// Place of its seed or fold.
    package var training: Int
  }

  /// Number of trainings of a setting at one imbalance.
  package var trainings: Int { folds ?? seeds.count }

  /// Whether it is a training part that is thinned out.
  package func ratio(_ part: Int) -> Double? { imbalances[part] > 1 ? imbalances[part] : nil }

  /// All cells: seed by seed, so that a comparison that is stopped early has whole seeds.
  package var cells: [Cell] {
    (0..<trainings).flatMap { training in
      imbalances.indices.flatMap { part in
        rows.indices.flatMap { row in
          rows[row].candidates.indices.map { candidate in
            Cell(
              record: record(rows[row], candidate, part, training), row: row,
              candidate: candidate, part: part, training: training)
          }
        }
      }
    }
  }

  /// What is wrong with a grid that a file holds, where no cells follow from it; nil of one that was made here.
  package var problem: String? {
    if rows.isEmpty || rows.contains(where: \.candidates.isEmpty) {
      return "has no method, or one without settings"
    }
    if imbalances.isEmpty || imbalances.contains(where: { !($0 >= 1 && $0.isFinite) }) {
      return "expected imbalances of at least 1"
    }
    if let folds, !(2...GridMaker.mostFolds).contains(folds) {
      return "expected 2 to \(GridMaker.mostFolds) folds, got \(folds)"
    }
    return (1...GridMaker.mostSeeds).contains(seeds.count) && Set(seeds).count == seeds.count
      ? nil : "expected 1 to \(GridMaker.mostSeeds) different seeds, got \(seeds.count)"
  }

  /// Whether each cell has a run directory of its own, also where a file system does not tell capitals apart.
  ///
  /// - Throws: `OptionError` that names two rows or settings whose cells would share one.
  package func checkNames() throws(OptionError) {
    var owners: [String: String] = [:]
    for cell in cells {
      let row = rows[cell.row]
      let label = row.cellPrefix + row.candidates[cell.candidate].label
      let name = cell.record.name.lowercased()
      guard let other = owners.updateValue(label, forKey: name) else { continue }
      throw .conflict(
        "methods: '\(other)' and '\(label)' would have the same run directory, \(cell.record.name); leave out one,"
          + " or write its values in another way")
    }
  }

  private func record(
    _ row: GridRow, _ candidate: Int, _ part: Int, _ training: Int
  ) -> CellRecord {
    let choice = row.candidates[candidate]
    let place = folds == nil ? "seed\(seeds[training])" : "fold\(training + 1)"
    let tail = ratio(part).map { "_ir\($0.yaml)" } ?? ""
    // Letters that every file system takes.
    let label = (row.cellPrefix + choice.label).map { letter in
      letter.isASCII && (letter.isLetter || letter.isNumber || "-_.=+".contains(letter))
        ? String(letter) : "-"
    }.joined()
    return CellRecord(
      name: "\(label)\(tail)_\(place)", method: row.cellPrefix + choice.name,
      settings: choice.settingsText,
      imbalance: ratio(part), seed: folds == nil ? seeds[training] : seeds[0],
      fold: folds == nil ? nil : training + 1)
  }
}
