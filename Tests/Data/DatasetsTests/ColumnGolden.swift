import Datasets
import TestSupport

/// Columns of a table by scikit-learn; see `Goldens/Datasets/columns.py`.
struct ColumnGolden: Decodable {
  let least: Int
  /// What the numbers are called, `[W]`.
  let names: [String]
  let medians: [String: Double]
  /// `[N, W]`.
  let rows: [[Double]]
  /// Of a table whose columns stand in another order.
  let later: [[Double]]
  let unseenSites: Int
  let unseenGrades: Int
  let lateDoses: Int

  static func load() throws -> ColumnGolden { try Golden.load("Datasets/columns.json") }

  static let columns = ColumnNames(categories: ["grade"], takesCells: true)

  var settings: ColumnSettings { ColumnSettings(categories: ["Grade"], least: least) }

  /// The table with its parts.
  static func table() throws -> Dataset {
    try Dataset.open(
      Golden.path("Datasets/Columns/table.csv"), columns: columns, input: .features)
  }
}
