import TestSupport

/// Rows written by NumPy, and what `sktime` reads of the real series; see `Goldens/Datasets/rows.py`.
struct RowGolden: Decodable {
  struct Series: Decodable {
    let steps: Int
    let label: String
    let split: String
    let values: [Float]
  }

  struct Real: Decodable {
    let counts: [String: [String: Int]]
    let steps: [Int]
    /// Σ over the channels, (k + 1) · Σ over the steps, of each series.
    let sums: [Double]
  }

  let series: [Series]
  let labels: [String]
  let ids: [String]
  let splits: [String]
  let features: [String: [Float]]
  let real: [String: Real]

  static func load() throws -> RowGolden { try Golden.load("Datasets/rows.json") }
}
