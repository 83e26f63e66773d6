import Decisions
import Foundation
import Randomness
import TestSupport
import Testing
import Uncertainty

private let environment = ProcessInfo.processInfo.environment

/// `make proofs` runs the large simulation and writes `Results/coverage.md`.
///
/// `STEELYARD_REPETITIONS` is the most repetitions of a cell; `STEELYARD_CELLS` a file that keeps what was simulated, so
/// that a simulation goes on where it stopped (of the same sources: delete it after a change of the intervals);
/// `STEELYARD_THREADS` the threads; `STEELYARD_RESAMPLES` those of the bootstrap (499), few for intervals that need none;
/// `STEELYARD_ONLY` a part of the names of cells; `STEELYARD_SECONDS` what a cell may take of one thread (60);
/// `STEELYARD_TABLE` another file.
@Suite(
  "Results/coverage.md", .serialized,
  .enabled(if: Proofs.areAsked, "make proofs writes it"))
struct CoverageProof {
  static let key = RandomKey(seed: 2024)
  static let resamples = Int(environment["STEELYARD_RESAMPLES"] ?? "") ?? 499
  /// Repetitions of a cell; fewer for a look, and of what takes longer than `STEELYARD_SECONDS`.
  private static let repetitions = Int(environment["STEELYARD_REPETITIONS"] ?? "") ?? 2000
  private static let threads = Int(environment["STEELYARD_THREADS"] ?? "") ?? 2
  private static let fewest = 100
  private static let seconds = Double(environment["STEELYARD_SECONDS"] ?? "") ?? 60

  /// All cells a little, then more, so that a table that is not finished shows all of them.
  @Test("written anew")
  func proofs() throws {
    var ledger = try CoverageLedger(environment["STEELYARD_CELLS"])
    let only = environment["STEELYARD_ONLY"]
    let cells = Self.cells.filter { only.map($0.name.contains) ?? true }
    for round in [Self.fewest, 400, Self.repetitions] {
      for cell in cells {
        let pace = ledger.pace(cell.name)
        let most =
          pace > 0
          ? max(Self.fewest, Int(min(Self.seconds / pace, Double(Self.repetitions)))) : Self.fewest
        try ledger.fill(cell, to: min(round, most, Self.repetitions), threads: Self.threads)
      }
      try write(cells, ledger)
    }
  }

  private func write(_ cells: [CoverageCell], _ ledger: CoverageLedger) throws {
    let titles: [CoverageCell.Section: String] = [
      .metrics: "Metrics", .differences: "Paired differences",
      .gates: "A gate at the true difference", .slopes: "Slope and intercept of calibration",
      .promises: "Sets, a risk, a class flagged second: promises of new images",
      .plain: "Rates, areas, thresholds, images, decisions",
    ]
    let parts = CoverageCell.Section.allCases.map { section in
      let found = cells.filter { $0.section == section }.compactMap { ledger.result($0.name) }
      let header =
        section == .gates
        ? GateRow.header : section == .plain ? CoverageRow.header : CoverageRow.worldHeader
      let lines = found.flatMap { $0.rows.map(\.line) + $0.gates.map(\.line) }
      return "\n## \(titles[section] ?? "")\n\n" + ([header] + lines).joined(separator: "\n") + "\n"
    }
    let all = cells.filter { $0.section != .gates }.flatMap { ledger.result($0.name)?.rows ?? [] }
    // "As if independent" is there to show what the interval of groups is for.
    let offered = all.filter { !$0.line.contains("as if independent") }
    let path =
      environment["STEELYARD_TABLE"].map { URL(fileURLWithPath: $0) }
      ?? Golden.root.appendingPathComponent("Results/coverage.md")
    let text = Self.introduction + Self.summary(offered) + parts.joined()
    try Data(text.utf8).write(to: path)
  }
}
