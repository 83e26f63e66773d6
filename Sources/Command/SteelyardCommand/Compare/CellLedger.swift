import Evaluation
import Files
import Runs
import Targets

/// What is known of each cell, in memory and in `cells.csv`, which is written anew whenever a cell changes.
struct CellLedger {
  private let directory: CompareDirectory
  private let grid: Grid
  private var records: [String: CellRecord] = [:]
  private let order: [String]
  /// Cells of an earlier grid of this folder, which keep their rows.
  private let others: [CellRecord]

  /// Columns of `cells.csv` between a cell's settings and its seconds; those of classes follow.
  static let metrics = Metric.catalogue.map(\.name) + CellJudge.names

  /// Reads what is there: the table, and runs that ended without a row, as when the program was killed in between.
  init(_ directory: CompareDirectory, _ grid: Grid) throws {
    (self.directory, self.grid) = (directory, grid)
    let before =
      FilePath.isFile(directory.cells) ? try CellTable.read(directory.cells) : CellTable()
    order = grid.cells.map(\.record.name)
    let known = Set(order)
    others = before.cells.filter { !known.contains($0.name) }
    for cell in grid.cells.map(\.record) {
      let isWhole = Self.isWhole(directory, cell.name)
      var record = before[cell.name] ?? cell
      if isWhole && record.status != .done {
        do {
          record = try CellJudge(directory, cell.name).record(cell)
        } catch {
          // A run that ended and cannot be judged is that cell's trouble, not the others'.
          record = cell
          (record.status, record.problem) = (.failed, "\(error)")
        }
      } else if !isWhole && (record.status == .done || record.status == .leftOut) {
        record = cell
      }
      record.isChosen = nil
      records[cell.name] = record
    }
    try write()
  }

  private static func isWhole(_ directory: CompareDirectory, _ cell: String) -> Bool {
    (try? RunDirectory(existing: directory.run(cell))).map { FilePath.isFile($0.readme) } ?? false
  }

  /// The cell of a name of the grid.
  subscript(name: String) -> CellRecord {
    records[name] ?? CellRecord(name: name, method: "", settings: "", imbalance: nil, seed: 0)
  }

  /// Seconds of the cells that are done, by name.
  var seconds: [String: Double] {
    records.compactMapValues { $0.status == .done ? $0.seconds : nil }
  }

  /// Whether a cell is done.
  var hasDone: Bool { records.values.contains { $0.status == .done } }

  /// Takes over what a cell came to.
  mutating func take(_ record: CellRecord) throws {
    records[record.name] = record
    try write()
  }

  /// Says what became of a cell without numbers.
  mutating func set(_ status: CellRecord.Status, _ name: String, problem: String) throws {
    records[name]?.status = status
    records[name]?.problem = problem
    records[name]?.metrics = [:]
    try write()
  }

  /// Looks at what the cells that are done left behind: one whose predictions cannot be read any more has failed.
  mutating func check() throws {
    for name in order where self[name].status == .done {
      do {
        try CellJudge(directory, name).check()
      } catch {
        try set(.failed, name, problem: "its run was damaged: \(error)")
      }
    }
  }

  /// Chooses on validation among the settings of a row, for each imbalance and seed by itself.
  mutating func choose(by metric: SelectionMetric) throws {
    let groups = Dictionary(grouping: grid.cells) { [$0.row, $0.part, $0.training] }
    for cells in groups.values where cells.count > 1 {
      let done = cells.map(\.record.name).filter { self[$0].status == .done }
      var best: (name: String, merit: Double)?
      for name in done {
        // A run whose validation cannot be read is not chosen.
        guard let merit = try? CellJudge(directory, name).merit(metric) else { continue }
        if best.map({ merit > $0.merit }) ?? true { best = (name, merit) }
      }
      for name in done { records[name]?.isChosen = name == best?.name }
    }
    try write()
  }

  private func write() throws {
    let cells = order.compactMap { records[$0] } + others
    let found = Set(cells.flatMap(\.metrics.keys))
    let metrics = Self.columns(found)
    let ofClasses = found.subtracting(metrics).sorted()
    try CellTable(cells).write(to: directory.cells, metrics: metrics + ofClasses)
  }

  /// The columns of the kind of target that the cells have; of classes where none has numbers yet.
  private static func columns(_ found: Set<String>) -> [String] {
    if found.contains("hamming_loss") {
      let studies = TargetComparison.ofStudies
      return LabelAssessment.names + (studies.contains(where: found.contains) ? studies : [])
    }
    return found.contains("mae") ? NumberAssessment.names : metrics
  }
}
