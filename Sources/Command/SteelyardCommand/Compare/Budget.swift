import Runs

/// `--budget`: how long all cells together may train, `2h`, `90m`, `1h30m`, `45s`.
package struct Budget: Equatable, Sendable {
  /// Above 0.
  package var seconds: Double

  /// `nil` unless there are numbers, each with a unit, with a sum above 0.
  package init?(_ text: String) {
    var (rest, sum) = (text.trimmed[...], 0.0)
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isNumber || $0 == "." }
      guard let number = Double(digits), let unit = rest.dropFirst(digits.count).first,
        let factor = ["h": 3600.0, "m": 60.0, "s": 1.0][unit]
      else { return nil }
      sum += number * factor
      rest = rest.dropFirst(digits.count + 1)
    }
    guard sum > 0 else { return nil }
    seconds = sum
  }

  /// A budget of known seconds.
  package init(seconds: Double) { self.seconds = seconds }

  /// Whether a cell may begin: in the first training of every row a row that does not fit is left out, and later
  /// trainings begin only where all rows that take part fit, so that comparisons stay paired.
  ///
  /// - Parameters:
  ///   - cell: The cell.
  ///   - cells: All cells in the order in which they run.
  ///   - seconds: Seconds that each cell took, by name, of those that are done.
  ///   - spent: Seconds that were spent so far, failed cells included.
  ///   - failed: Names of cells that failed and do not run again, which are not still to come.
  package func admits(
    _ cell: Grid.Cell, among cells: [Grid.Cell], seconds: [String: Double], spent: Double,
    failed: Set<String> = []
  ) -> Bool {
    let known = cells.compactMap { other in seconds[other.record.name].map { (other, $0) } }
    guard !known.isEmpty else { return true }
    func expected(_ cell: Grid.Cell) -> Double {
      let own = known.filter { $0.0.row == cell.row }.map(\.1)
      let taken = own.isEmpty ? known.map(\.1) : own
      return taken.reduce(0, +) / Double(taken.count)
    }
    guard cell.training > 0 else { return spent + expected(cell) <= limit }
    let partners = cells.filter { other in
      other.training == cell.training && seconds[other.record.name] == nil
        && !failed.contains(other.record.name)
        && Self.first(of: other, among: cells).map { seconds[$0.record.name] != nil } ?? false
    }
    return partners.contains(cell) && spent + partners.map(expected).reduce(0, +) <= limit
  }

  /// Why a cell is left out that is not admitted.
  package static func reason(
    _ cell: Grid.Cell, among cells: [Grid.Cell], failed: Set<String>
  ) -> String {
    let first = Self.first(of: cell, among: cells)
    let hasFailed = cell.training > 0 && first.map { failed.contains($0.record.name) } ?? false
    return hasFailed ? "its first training failed" : "does not fit into the budget"
  }

  /// The first training of what a cell trains again.
  private static func first(of cell: Grid.Cell, among cells: [Grid.Cell]) -> Grid.Cell? {
    cells.first { first in
      first.training == 0 && first.row == cell.row && first.part == cell.part
        && first.candidate == cell.candidate
    }
  }

  private var limit: Double { seconds }
}
