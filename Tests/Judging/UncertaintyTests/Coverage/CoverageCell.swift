import Foundation

/// What a part of a study found: rows of intervals, or of gates.
struct CoverageResult: Codable, Sendable {
  var rows: [CoverageRow] = []
  var gates: [GateRow] = []

  /// Takes in another batch of the same cell.
  mutating func merge(_ other: CoverageResult) {
    for place in rows.indices { rows[place].merge(other.rows[place]) }
    for place in gates.indices { gates[place].merge(other.gates[place]) }
  }
}

/// A part of the table that is simulated by itself.
struct CoverageCell: Sendable {
  /// The part of the table.
  enum Section: Int, CaseIterable, Sendable {
    case metrics, differences, gates, slopes, promises, plain
  }

  let section: Section
  let name: String
  let made: @Sendable (CoverageStudy) -> CoverageResult
}

/// What was simulated so far: batches of repetitions, a line of JSON each, so that a simulation that was stopped goes
/// on where it was.
struct CoverageLedger {
  private struct Batch: Codable {
    let cell: String
    let first: Int
    let count: Int
    let seconds: Double
    let result: CoverageResult
  }

  private let path: String?
  private var batches: [String: [Batch]] = [:]

  /// - Parameter path: Where batches are kept; `nil` keeps none.
  init(_ path: String?) throws {
    self.path = path
    guard let path, let text = try? String(contentsOfFile: path, encoding: .utf8) else { return }
    for line in text.split(separator: "\n") {
      // A line that a kill cut short is done again.
      guard let batch = try? JSONDecoder().decode(Batch.self, from: Data(line.utf8)) else {
        continue
      }
      if batch.first == done(batch.cell) { batches[batch.cell, default: []].append(batch) }
    }
  }

  /// Repetitions of a cell.
  func done(_ cell: String) -> Int { batches[cell]?.reduce(0) { $0 + $1.count } ?? 0 }

  /// Seconds that a repetition of it takes.
  func pace(_ cell: String) -> Double {
    let all = batches[cell] ?? []
    return all.reduce(0) { $0 + $1.seconds } / Double(max(1, done(cell)))
  }

  /// What was found of a cell; `nil` where nothing was.
  func result(_ cell: String) -> CoverageResult? {
    batches[cell].map { all in
      all.dropFirst().reduce(into: all[0].result) { $0.merge($1.result) }
    }
  }

  /// Simulates a cell up to so many repetitions.
  mutating func fill(_ cell: CoverageCell, to count: Int, threads: Int) throws {
    let first = done(cell.name)
    guard first < count else { return }
    var study = CoverageStudy(
      key: CoverageProof.key, repetitions: count - first, resamples: CoverageProof.resamples)
    (study.first, study.threads) = (first, threads)
    // True values are found once, and do not count as a repetition's time.
    _ = cell.made(CoverageStudy(key: CoverageProof.key, repetitions: 0, resamples: 1))
    let started = Date()
    let result = cell.made(study)
    let batch = Batch(
      cell: cell.name, first: first, count: count - first,
      seconds: Date().timeIntervalSince(started) * Double(threads), result: result)
    batches[cell.name, default: []].append(batch)
    guard let path else { return }
    let line = try JSONEncoder().encode(batch) + Data("\n".utf8)
    if !FileManager.default.fileExists(atPath: path) {
      _ = FileManager.default.createFile(atPath: path, contents: nil)
    }
    guard let file = FileHandle(forWritingAtPath: path) else { return }
    defer { try? file.close() }
    try file.seekToEnd()
    try file.write(contentsOf: line)
  }
}
