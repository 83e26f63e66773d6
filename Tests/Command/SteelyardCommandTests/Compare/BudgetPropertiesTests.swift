import Randomness
import Runs
import SteelyardCommand
import Testing

/// What a budget lets begin, cell by cell as a comparison asks, for many tables and times.
@Suite struct BudgetPropertiesTests {
  private func grid(rows: Int, parts: Int = 1, seeds: Int) -> Grid {
    Grid(
      rows: (0..<rows).map { GridRow(MethodChoice("m\($0)")) },
      imbalances: (0..<parts).map { $0 == 0 ? 1 : Double(10 * $0) }, seeds: Array(0..<seeds),
      folds: nil, reference: "m0", metric: "mcc", budget: nil)
  }

  /// Names of the cells that begin, in order; a cell of row r takes `time(r)` seconds, and fails where it is said to.
  private func begun(
    _ grid: Grid, limit: Double, failing: (Grid.Cell) -> Bool = { _ in false },
    _ time: (Grid.Cell) -> Double
  ) -> (done: [Grid.Cell], failed: [Grid.Cell], spent: Double) {
    let (cells, budget) = (grid.cells, Budget(seconds: limit))
    var (done, failed): ([Grid.Cell], [Grid.Cell]) = ([], [])
    var (seconds, spent): ([String: Double], Double) = ([:], 0)
    for cell in cells {
      let names = Set(failed.map(\.record.name))
      guard budget.admits(cell, among: cells, seconds: seconds, spent: spent, failed: names) else {
        continue
      }
      spent += time(cell)
      if failing(cell) {
        failed.append(cell)
      } else {
        seconds[cell.record.name] = time(cell)
        done.append(cell)
      }
    }
    return (done, failed, spent)
  }

  /// Where all cells take as long, the number of those that begin follows from a division: as many rows as fit into the
  /// first seed (one in any case), then whole seeds of these rows.
  @Test func cellsOfOneLength() {
    for rows in 1...4 {
      for seeds in 1...3 {
        for limit in 1...70 {
          let fitting = max(1, min(rows, limit / 5))
          let later = min(seeds - 1, max(0, limit / (5 * fitting) - 1))
          let found = begun(grid(rows: rows, seeds: seeds), limit: Double(limit)) { _ in 5 }
          #expect(
            found.done.count == fitting * (1 + later), "\(rows) rows, \(seeds) seeds, \(limit) s")
        }
      }
    }
  }

  /// Whatever rows take: later seeds have the rows of the first or none, and once times are known the limit is kept.
  @Test func comparisonsStayPaired() {
    var source = RandomKey(seed: 21).source
    for _ in 0..<300 {
      let rows = 1 + source.below(5)
      let times = (0..<rows).map { _ in Double(1 + source.below(30)) }
      let limit = Double(1 + source.below(300))
      let table = grid(rows: rows, parts: 1 + source.below(2), seeds: 4)
      let found = begun(table, limit: limit) { times[$0.row] }
      func places(_ training: Int) -> Set<[Int]> {
        Set(found.done.filter { $0.training == training }.map { [$0.row, $0.part] })
      }
      let first = places(0)
      #expect(first.contains([0, 0]), "the reference is never left out")
      for training in 1..<4 {
        #expect(places(training).isEmpty || places(training) == first, "\(times), \(limit)")
      }
      let ofFirst = found.done.filter { $0.training == 0 }.map { times[$0.row] }.reduce(0, +)
      #expect(found.spent <= max(limit, ofFirst), "\(times), \(limit): \(found.spent)")
    }
  }

  /// More time never means fewer whole seeds where every row has had its turn.
  @Test func moreTimeIsNotLess() {
    let times = [3.0, 8, 2]
    var before = 0
    // From 17 s on the third row, guessed from the first two, fits into the first seed.
    for limit in 17...80 {
      let found = begun(grid(rows: 3, seeds: 5), limit: Double(limit)) { times[$0.row] }
      #expect(found.done.count >= before && found.done.count % 3 == 0, "\(limit)")
      #expect(found.done.count == 3 * min(5, limit / 13), "\(limit)")
      before = found.done.count
    }
  }

  /// A row that fails in the first seed is trained in no later one, and the others go on; its time counts.
  @Test func whatFailsFirst() {
    let found = begun(
      grid(rows: 3, seeds: 3), limit: 1000, failing: { $0.row == 1 && $0.training == 0 }
    ) { _ in 10 }
    #expect(found.failed.map { [$0.row, $0.training] } == [[1, 0]])
    #expect(
      found.done.map { [$0.row, $0.training] } == [
        [0, 0], [2, 0], [0, 1], [2, 1], [0, 2], [2, 2],
      ])
    #expect(found.spent == 70)
    let short = begun(
      grid(rows: 3, seeds: 3), limit: 69, failing: { $0.row == 1 && $0.training == 0 }
    ) { _ in 10 }
    #expect(short.done.count == 4, "a whole second seed, and no third")
  }

  /// Hours, minutes and seconds, as they are typed, in any number and order of units.
  @Test func timesAddUp() {
    var source = RandomKey(seed: 22).source
    for _ in 0..<200 {
      let (h, m, s) = (source.below(30), source.below(200), source.below(5000))
      let seconds = Double(3600 * h + 60 * m + s)
      let expected: Double? = seconds > 0 ? seconds : nil
      #expect(Budget("\(h)h\(m)m\(s)s")?.seconds == expected)
      #expect(Budget("\(s)s\(m)m\(h)h")?.seconds == expected)
      #expect(Budget(" \(h)h\(m)m\(s)s\n")?.seconds == expected)
      #expect(Budget("\(m)m\(m)m")?.seconds == (m > 0 ? Double(120 * m) : nil))
    }
    for text in [
      "½h", "٣h", "1e3s", "0x1h", "infh", "nanh", "1h-5m", "+1h", "1 h", "1hour", "1h,5m", "h1",
      "1.2.3m", ".h",
    ] {
      #expect(Budget(text) == nil, "\(text)")
    }
    #expect(Budget(".5m")?.seconds == 30 && Budget("0.25h")?.seconds == 900)
  }
}
