import Foundation
import Methods
import Plans
import Runs
import SteelyardCommand
import Testing
import Training

/// Cells that follow from a grid, the names of their folders, and grids that no cells follow from.
@Suite struct GridPropertiesTests {
  private func grid(
    _ rows: [GridRow], imbalances: [Double] = [1], seeds: [Int] = [0], folds: Int? = nil
  ) -> Grid {
    Grid(
      rows: rows, imbalances: imbalances, seeds: seeds, folds: folds, reference: rows.first?.label,
      metric: "mcc", budget: nil)
  }

  /// Every method of the catalogue with its settings as they are by default is typed as it is shown.
  @Test func everyMethodIsTypedAsItIsShown() throws {
    for kind in catalogue {
      let settings = kind.init().hyperparameters.mapValues(\.description).filter {
        !$0.value.isEmpty
      }
      let choice = MethodChoice(kind.name, settings)
      let found = try MethodChoice(parsing: choice.label)
      #expect(found == choice, "\(choice.label)")
      #expect(found.label == choice.label)
      #expect(try MethodChoice(parsing: "  \(choice.label) \n") == choice)
      #expect(!kind.name.contains(where: { ".,=+ ".contains($0) }), "\(kind.name)")
    }
  }

  /// Cells are counted, and each has its place once.
  @Test func eachPlaceOnce() throws {
    let sizes: [(Int, [Double], Int)] = [(1, [1], 1), (3, [1, 10], 2), (2, [5, 1.5, 100], 4)]
    for (methods, imbalances, trainings) in sizes {
      let rows = try (0..<methods).map { place in
        try place == 0
          ? GridRow(MethodChoice("erm"))
          : GridRow(MethodChoice("balanced-mixup", ["alpha": "0.\(place)"]))
            .searching("alpha", ["0.1\(place)", "0.2\(place)"])
      }
      for folds in [nil, trainings] as [Int?] {
        let seeds = folds == nil ? (0..<trainings).map { 7 * $0 } : [3]
        let all = grid(rows, imbalances: imbalances, seeds: seeds, folds: folds).cells
        let each = rows.map(\.candidates.count).reduce(0, +)
        #expect(all.count == each * imbalances.count * trainings)
        #expect(Set(all.map { [$0.row, $0.candidate, $0.part, $0.training] }).count == all.count)
        #expect(Set(all.map(\.record.name)).count == all.count)
        #expect(all.map(\.training) == all.map(\.training).sorted(), "whole seeds first")
        for cell in all {
          #expect(cell.record.seed == (folds == nil ? seeds[cell.training] : 3))
          #expect(cell.record.fold == folds.map { _ in cell.training + 1 })
          #expect(
            cell.record.imbalance == (imbalances[cell.part] > 1 ? imbalances[cell.part] : nil))
          #expect(cell.record.status == .open && cell.record.metrics.isEmpty)
        }
      }
    }
  }

  /// Names of folders have letters that every file system takes, and lead nowhere, whatever values are called.
  @Test func namesOfFolders() {
    let values = [
      "0.1", "1e-3", "../../x", "a b", "a/b", "a\\b", "x\ny", "ü", "猫", "", ":", "*?", "2:1", "~",
      "$HOME",
    ]
    for value in values {
      let cells = grid(
        [GridRow(MethodChoice("ldam-drw", ["scale": value]))], imbalances: [1, 10, 12.5], seeds: [4]
      ).cells
      for (cell, tail) in zip(cells, ["", "_ir10", "_ir12.5"]) {
        let name = cell.record.name
        #expect(name.hasPrefix("ldam-drw.scale=") && name.hasSuffix("\(tail)_seed4"), "\(name)")
        #expect(name.wholeMatch(of: /[A-Za-z0-9._=+-]+/) != nil, "\(name)")
        #expect(cell.record.settings == "scale=\(value)", "the table has what was typed")
      }
    }
  }

  /// What `grid.json` holds is the grid.
  @Test func writtenAndRead() throws {
    var all = grid(
      [
        GridRow(MethodChoice("erm")), GridRow(frozen: .logistic),
        try GridRow(MethodChoice("ldam-drw", ["scale": "2e1"])).searching(
          "margin", ["0.4", "0.5"]),
      ], imbalances: [1, 2.5], seeds: [5, 6, .max])
    (all.budget, all.reference) = (3600, nil)
    let data = try JSONEncoder().encode(all)
    let found = try JSONDecoder().decode(Grid.self, from: data)
    #expect(found == all && found.cells == all.cells && found.problem == nil)
    #expect(found.rows.map(\.kind) == [.trained, .frozen, .trained])
  }

  /// A grid that somebody has damaged says what it lacks.
  @Test func damagedGrids() {
    let erm = [GridRow(MethodChoice("erm"))]
    var none = GridRow(MethodChoice("erm"))
    none.candidates = []
    let many = Array(0..<10_001)
    let cases: [(Grid, String?)] = [
      (grid(erm), nil), (grid(erm, imbalances: [1, 1000], seeds: [1, 2], folds: nil), nil),
      (grid(erm, folds: 2), nil), (grid(erm, folds: 1000), nil),
      (grid([]), "has no method, or one without settings"),
      (grid([none]), "has no method, or one without settings"),
      (grid(erm, imbalances: []), "expected imbalances of at least 1"),
      (grid(erm, imbalances: [1, 0.5]), "expected imbalances of at least 1"),
      (grid(erm, imbalances: [-3]), "expected imbalances of at least 1"),
      (grid(erm, imbalances: [.nan]), "expected imbalances of at least 1"),
      (grid(erm, imbalances: [.infinity]), "expected imbalances of at least 1"),
      (grid(erm, folds: 0), "expected 2 to 1000 folds, got 0"),
      (grid(erm, folds: 1), "expected 2 to 1000 folds, got 1"),
      (grid(erm, folds: -1), "expected 2 to 1000 folds, got -1"),
      (grid(erm, folds: 1001), "expected 2 to 1000 folds, got 1001"),
      (grid(erm, seeds: []), "expected 1 to 10000 different seeds, got 0"),
      (grid(erm, seeds: [], folds: 2), "expected 1 to 10000 different seeds, got 0"),
      (grid(erm, seeds: [1, 1]), "expected 1 to 10000 different seeds, got 2"),
      (grid(erm, seeds: many), "expected 1 to 10000 different seeds, got 10001"),
    ]
    for (one, words) in cases { #expect(one.problem == words) }
  }

  /// A search names a method and a setting, with blanks or without; the values are tried in their order.
  @Test(arguments: [
    ("erm.smoothing=0,0.1", "erm", "smoothing", ["0", "0.1"]),
    (" erm . smoothing = 0 , 0.1 ", "erm", "smoothing", ["0", "0.1"]),
    ("m.x=a=b,c.d", "m", "x", ["a=b", "c.d"]), ("m.x.y=1,2", "m", "x.y", ["1", "2"]),
    ("m.x=1e-3,1e+3", "m", "x", ["1e-3", "1e+3"]),
  ])
  func searches(_ text: String, _ method: String, _ name: String, _ values: [String]) throws {
    let found = try SearchChoice(parsing: text)
    #expect(found.method == method && found.name == name && found.values == values)
  }

  /// A row of several searches has each pair of values once, in the order in which they were given.
  @Test func searchesMultiply() throws {
    let row = try GridRow(MethodChoice("ldam-drw")).searching("margin", ["0.4", "0.5"])
      .searching("scale", ["10", "20", "30"])
    #expect(
      row.candidates.map(\.settingsText)
        == ["0.4", "0.5"].flatMap { margin in
          ["10", "20", "30"].map { "margin=\(margin)+scale=\($0)" }
        })
    #expect(row.label == "ldam-drw.margin=?+scale=?")
    let set = try GridRow(MethodChoice("ldam-drw", ["scale": "20"])).searching(
      "margin", ["0.4", "0.5"])
    #expect(set.label == "ldam-drw.scale=20+margin=?")
    #expect(set.candidates.allSatisfy { $0.settings["scale"] == "20" })
    #expect(throws: (any Error).self) {
      try GridRow(MethodChoice("ldam-drw")).searching("margin", ["0.4", "much"])
    }
    #expect(throws: (any Error).self) {
      try GridRow(MethodChoice("ldam-drw")).searching("nothing", ["1", "2"])
    }
  }
}
