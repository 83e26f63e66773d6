import Runs
import SteelyardCommand
import Testing
import Training

/// What is compared, from what was typed to cells.
@Suite struct GridTests {
  @Test func methodsCarrySettings() throws {
    #expect(try MethodChoice(parsing: " erm ").label == "erm")
    let one = try MethodChoice(parsing: "balanced-mixup.alpha=0.1")
    #expect(one.name == "balanced-mixup" && one.settings == ["alpha": "0.1"])
    let two = try MethodChoice(parsing: "ldam-drw.scale=2e+1+margin=0.4")
    #expect(two.settings == ["scale": "2e+1", "margin": "0.4"])
    #expect(two.label == "ldam-drw.margin=0.4+scale=2e+1")
  }

  @Test(arguments: [
    ("balanced-mixup.alpha", "expected a method with settings such as balanced-mixup.alpha=0.1"),
    ("balanced-mixup.alpha=", "expected a method with settings"),
    ("balanced-mixup.alpha=1+alpha=2", "alpha is given twice"),
    ("balanced-mixup.beta=1", "balanced-mixup has no hyper-parameter 'beta'"),
    ("balanced-mixup.alpha=-1", "alpha"), ("balanced-mixpu", "did you mean 'balanced-mixup'?"),
  ])
  func mistypedMethods(text: String, words: String) {
    let error = #expect(throws: (any Error).self) { try MethodChoice(parsing: text) }
    #expect("\(error.map { "\($0)" } ?? "")".contains(words))
  }

  @Test func searchNamesASettingAndItsValues() throws {
    let search = try SearchChoice(parsing: "balanced-mixup.alpha=0.1, 0.2,0.4")
    #expect(search.method == "balanced-mixup" && search.name == "alpha")
    #expect(search.values == ["0.1", "0.2", "0.4"])
    for text in ["alpha=1,2", "erm.=1,2", "erm.x=1", "erm.x=1,1", "erm.x=1,,2", "erm.x", ".x=1,2"] {
      #expect(throws: OptionError.self) { try SearchChoice(parsing: text) }
    }
    let row = try GridRow(MethodChoice("ldam-drw")).searching("margin", ["0.4", "0.5"])
      .searching("scale", ["10", "20"])
    #expect(row.candidates.count == 4 && row.label == "ldam-drw.margin=?+scale=?")
  }

  private var grid: Grid {
    get throws {
      Grid(
        rows: [
          GridRow(MethodChoice("erm")),
          try GridRow(MethodChoice("balanced-mixup")).searching("alpha", ["0.1", "0.2"]),
        ], imbalances: [1, 10], seeds: [4, 5], folds: nil, reference: "erm", metric: "mcc",
        budget: nil)
    }
  }

  @Test func cellsComeSeedBySeedAndHaveNamesOfTheirOwn() throws {
    let cells = try grid.cells
    #expect(cells.count == 12 && Set(cells.map(\.record.name)).count == 12)
    #expect(cells.map(\.training) == Array(repeating: 0, count: 6) + Array(repeating: 1, count: 6))
    #expect(
      cells.prefix(4).map(\.record.name) == [
        "erm_seed4", "balanced-mixup.alpha=0.1_seed4", "balanced-mixup.alpha=0.2_seed4",
        "erm_ir10_seed4",
      ])
    #expect(cells[3].record.imbalance == 10 && cells[0].record.imbalance == nil)
    var folds = try grid
    (folds.folds, folds.seeds) = (3, [4])
    #expect(folds.cells.count == 18 && folds.cells.allSatisfy { $0.record.seed == 4 })
    #expect(folds.cells.last?.record.name == "balanced-mixup.alpha=0.2_ir10_fold3")
    #expect(folds.cells.last?.record.fold == 3)
  }

  /// Rows of the frozen baseline have names of their own beside methods of the same name.
  @Test func frozenRowsStandBesideMethods() throws {
    var both = try grid
    both.rows = [
      GridRow(MethodChoice("knn")), GridRow(frozen: .neighbours), GridRow(frozen: .logistic),
    ]
    (both.imbalances, both.seeds) = ([1], [4])
    try both.checkNames()
    #expect(
      both.cells.map(\.record.name) == ["knn_seed4", "frozen-knn_seed4", "frozen-logistic_seed4"])
    #expect(both.cells.map(\.record.method) == ["knn", "frozen-knn", "frozen-logistic"])
    #expect(both.rows.map(\.label) == ["knn", "frozen-knn", "frozen-logistic"])
  }

  /// Names that differ in capitals, or in letters that names of folders do not have, are one folder's.
  @Test(arguments: [("2e1", "2E1"), ("2:1", "2-1")])
  func cellsOfOneNameAreRefused(one: String, other: String) throws {
    try grid.checkNames()
    var twice = try grid
    twice.rows = [one, other].map { GridRow(MethodChoice("ldam-drw", ["scale": $0])) }
    let error = #expect(throws: OptionError.self) { try twice.checkNames() }
    let text = error.map { "\($0)" } ?? ""
    #expect(text.contains("'ldam-drw.scale=\(one)' and 'ldam-drw.scale=\(other)'"), "\(text)")
  }

  @Test func budgetsAreTimes() {
    let times = ["2h": 7200.0, "90m": 5400, "45s": 45, "1h30m": 5400, "1.5h": 5400]
    for (text, seconds) in times { #expect(Budget(text)?.seconds == seconds, "\(text)") }
    for text in ["", "2", "h", "2x", "0h", "-1h", "2h3"] { #expect(Budget(text) == nil, "\(text)") }
  }

  /// Cells of ten seconds each, six a seed: what begins within so many seconds.
  @Test(arguments: [(35.0, 3), (60, 6), (119, 6), (120, 12), (1000, 12), (1, 1)])
  func budgetKeepsWholeSeeds(limit: Double, done: Int) throws {
    let cells = try grid.cells
    var seconds: [String: Double] = [:]
    for cell in cells {
      let spent = seconds.values.reduce(0, +)
      if Budget(seconds: limit).admits(cell, among: cells, seconds: seconds, spent: spent) {
        seconds[cell.record.name] = 10
      }
    }
    #expect(seconds.count == done)
  }

  /// A row that was left out of the first seed takes no part in the second, and does not hold the others up.
  @Test func budgetGoesOnWithoutWhatIsLeftOut() throws {
    let cells = try grid.cells
    let first = cells.filter { $0.training == 0 && $0.row == 0 }
    let seconds = Dictionary(uniqueKeysWithValues: first.map { ($0.record.name, 10.0) })
    let budget = Budget(seconds: 45)
    let next = try #require(cells.first { $0.training == 1 })
    #expect(budget.admits(next, among: cells, seconds: seconds, spent: 20))
    #expect(!Budget(seconds: 35).admits(next, among: cells, seconds: seconds, spent: 20))
  }

  /// Six cells a seed of ten seconds each: one that failed in the second seed is not still to come, and what failed in
  /// the first seed is left out of the second for that reason.
  @Test func budgetDoesNotWaitForWhatFailed() throws {
    let cells = try grid.cells
    let (first, second) = (cells.filter { $0.training == 0 }, cells.filter { $0.training == 1 })
    let all = Dictionary(uniqueKeysWithValues: first.map { ($0.record.name, 10.0) })
    let budget = Budget(seconds: 115)
    #expect(!budget.admits(second[1], among: cells, seconds: all, spent: 60))
    let late: Set = [second[0].record.name]
    #expect(budget.admits(second[1], among: cells, seconds: all, spent: 60, failed: late))
    var some = all
    some[first[0].record.name] = nil
    let early: Set = [first[0].record.name]
    let most = Budget(seconds: 1000)
    #expect(!most.admits(second[0], among: cells, seconds: some, spent: 60, failed: early))
    #expect(most.admits(second[1], among: cells, seconds: some, spent: 60, failed: early))
    #expect(
      Budget.reason(second[0], among: cells, failed: early) == "its first training failed")
    #expect(
      Budget.reason(second[1], among: cells, failed: early) == "does not fit into the budget")
  }
}
