import Files
import Randomness
import Testing

/// Tables of two features with labels, or a number, that follow from them; and a run that learns the labels.
enum TargetRows {
  /// `has_a` is the sign of the first feature, `has_b` a large second one, not known of every fourth row; `age` follows the first.
  ///
  /// - Parameters:
  ///   - count: rows.
  ///   - column: name of the last column.
  ///   - cell: what stands in it, by the number of the row.
  static func write(
    _ count: Int, to path: String, _ column: String, _ cell: (Int) -> String
  ) throws {
    var source = RandomSource(seed: 2)
    var lines = ["feature_0,feature_1,has_a,has_b,age,\(column)"]
    for row in 0..<count {
      let (x, y) = (source.normal(), source.normal())
      let b = row % 4 == 1 ? "" : y > 0.8 ? "1" : "0"
      let age = 40 + 8 * x + source.normal()
      lines.append("\(x),\(y),\(x > 0 ? 1 : 0),\(b),\(age),\(cell(row))")
    }
    try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: path)
  }

  /// The run `runs/r` on 120 rows of which `has_a` and `has_b` are known, 50 of them to learn from and 40 to choose on.
  ///
  /// - Parameter isNested: whether all that have `has_b` have `has_a`.
  static func trainLabels(in folder: String, isNested: Bool = false) throws {
    var source = RandomSource(seed: 2)
    var lines = ["feature_0,feature_1,has_a,has_b,split"]
    for row in 0..<120 {
      let (x, y) = (source.normal(), source.normal())
      let (a, b) = (x > 0 || isNested && y > 0.4, y > 0.4)
      let part = row < 50 ? "train" : row < 90 ? "val" : "test"
      lines.append("\(x),\(y),\(a ? 1 : 0),\(b ? 1 : 0),\(part)")
    }
    try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: folder + "/t.csv")
    let trained = try Programme.run(
      [
        "train", "t.csv", "--label-columns", "has_*", "--model", "linear", "--epochs", "2",
        "--threads", "1", "--output-dir", "runs", "--experiment", "r",
      ], in: folder)
    #expect(trained.status == 0, "\(trained.errors)")
  }
}
