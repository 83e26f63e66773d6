import Files
import Foundation
import Randomness
import Runs
import TestSupport
import Testing

/// `study` as a person runs it: table, CSV, drawing, and the same bytes again.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct StudyTests {
  private func text(_ path: String) throws -> String {
    String(decoding: try FileBytes.read(path), as: UTF8.self)
  }

  /// Arguments that are quick, what the table says, and the names of the drawing's lines.
  private static let studies: [(arguments: [String], words: [String], lines: [String])] = [
    (
      ["collapse", "--counts", "1,6,12", "--decay", "0.08", "--steps", "3000"],
      ["squared length, closed form", "collapsed", "has no classifier"],
      ["closed form", "gradient descent"]
    ),
    (
      ["memory", "--facts", "30", "--head", "6"], ["decoupled", "coupled", "muon", "rare, known"],
      ["muon, coupled", "gradient, decoupled"]
    ),
    (
      ["disparity", "--ratio", "1", "--ratio", "5", "--repetitions", "1"],
      ["normal", "Holtsmark", "Cauchy", "disparity"], ["Cauchy, robust"]
    ),
    (
      ["auroc-auprc", "--repetitions", "3", "--repairs", "10"],
      ["tuned by", "gain in AUROC", "average_precision", "after 10 corrected mistakes"],
      ["tuned by AUROC, prevalence 0.05", "tuned by average precision, prevalence 0.01"]
    ),
  ]

  @Test(arguments: studies.indices) func showsWritesAndRepeats(_ index: Int) throws {
    let (arguments, words, lines) = Self.studies[index]
    try withTemporaryFolder { folder in
      let files = ["--csv", "a.csv", "--plot", "a.svg"]
      let first = try Programme.run(["study"] + arguments + files, in: folder)
      #expect(first.status == 0, "\(first.errors)")
      for word in words { #expect(first.output.contains(word), "\(first.output)") }
      let (table, plot) = (try text(folder + "/a.csv"), try text(folder + "/a.svg"))
      #expect(table.split(separator: "\n").count >= 4, "\(table)")
      #expect(plot.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
      for line in lines { #expect(plot.contains(">\(line)</text>"), "\(line)") }
      let again = try Programme.run(
        ["study"] + arguments + ["--csv", "b.csv", "--plot", "b.svg", "--json"], in: folder)
      #expect(again.status == 0 && again.output.hasPrefix("{") || again.output.hasPrefix("["))
      #expect(try text(folder + "/b.csv") == table && text(folder + "/b.svg") == plot)
    }
  }

  @Test(arguments: [
    (["collapse", "--counts", "1"], "expected 2 to 20 whole numbers"),
    (["memory", "--facts", "10"], "expected a multiple of 3 facts"),
    (["disparity", "--attack", "2"], "a shorter attack"),
    (
      ["memory", "--plot", "a.png"],
      "--plot: a drawing is SVG; expected a name that ends in .svg, got 'a.png'"
    ),
    (
      ["imbalance", "x.csv", "--output", "o", "--plot", "a.pdf"],
      "--plot: a drawing is SVG; expected a name that ends in .svg, got 'a.pdf'"
    ),
    (
      ["imbalance", "x.csv", "--output", "o", "--types", "stair"],
      "--types: expected different ones"
    ),
  ])
  func mistypedNumbersAreRefused(arguments: [String], words: String) throws {
    try withTemporaryFolder { folder in
      let ended = try Programme.run(["study"] + arguments, in: folder)
      #expect(ended.status == 64 && ended.errors.contains(words), "\(ended.errors)")
    }
  }

  /// Lines run from left to right, in whatever order their points are asked for.
  @Test(arguments: [
    ["collapse", "--counts", "12,1,6", "--decay", "0.08", "--steps", "200"],
    ["disparity", "--ratio", "5", "--ratio", "1", "--ratio", "2", "--repetitions", "1"],
  ])
  func linesRunFromLeftToRight(_ arguments: [String]) throws {
    try withTemporaryFolder { folder in
      let made = try Programme.run(["study"] + arguments + ["--plot", "a.svg"], in: folder)
      #expect(made.status == 0, "\(made.errors)")
      let lines = try text(folder + "/a.svg").split(separator: "<polyline").dropFirst()
      #expect(lines.count >= 2)
      for line in lines {
        let points = try #require(line.split(separator: "points=\"").last).prefix { $0 != "\"" }
        let places = points.split(separator: " ").compactMap {
          $0.split(separator: ",").first.flatMap { Double($0) }
        }
        #expect(places.count >= 3 && places == places.sorted(), "\(line.prefix(80))")
      }
    }
  }

  /// Where no training of a ratio has a result, no row can show it, so it is said, and the status is 1.
  @Test func aRatioWithoutResultsIsSaid() throws {
    try withTemporaryFolder { folder in
      try rows(to: folder + "/rows.csv")
      let arguments = [
        "study", "imbalance", "rows.csv", "--ratios", "5,8", "--types", "step", "--methods",
        "erm,over-sampling", "--seeds", "1", "--epochs", "2", "--threads", "1", "--amp", "off",
        "--no-tensorboard", "--resamples", "20", "--output", "grid",
      ]
      #expect(try Programme.run(arguments, in: folder).status == 0)
      let cells = try CellTable.read("\(folder)/grid/step/cells.csv").cells.filter {
        $0.imbalance == 8
      }
      #expect(cells.count == 2)
      for cell in cells {
        try AtomicFile.write(
          "nothing\n", to: "\(folder)/grid/step/runs/\(cell.name)/predictions-test.csv")
      }
      let again = try Programme.run(arguments, in: folder)
      #expect(again.status == 1, "\(again.errors)")
      for cell in cells {
        #expect(
          again.errors.contains("without a result: step, \(cell.name): failed"), "\(again.errors)")
      }
      #expect(
        again.errors.contains("steelyard compare --resume grid/step --retry-failed"),
        "\(again.errors)")
    }
  }

  /// 180 rows of three classes that differ a little.
  private func rows(to path: String) throws {
    var source = RandomKey(seed: 4).source
    let rows = (0..<180).map { number -> String in
      let label = number % 3
      let cells = (0..<3).map { "\(Double($0 == label ? 1 : 0) + source.normal())" }
      return (["r\(number)"] + cells + ["c\(label)"]).joined(separator: ",")
    }
    try AtomicFile.write(
      (["id,feature_0,feature_1,feature_2,label"] + rows).joined(separator: "\n") + "\n", to: path)
  }

  /// A grid of types, ratios and remedies is made of comparisons, and goes on where it stopped.
  @Test func imbalanceIsMadeOfComparisons() throws {
    try withTemporaryFolder { folder in
      try rows(to: folder + "/rows.csv")
      let arguments = [
        "study", "imbalance", "rows.csv", "--ratios", "5", "--methods", "erm,over-sampling",
        "--seeds", "2", "--epochs", "2", "--threads", "1", "--amp", "off", "--no-tensorboard",
        "--resamples", "20", "--output", "grid", "--csv", "grid.csv", "--plot", "grid.svg",
      ]
      let first = try Programme.run(arguments, in: folder)
      #expect(first.status == 0, "\(first.errors)")
      let table = try text(folder + "/grid.csv").split(separator: "\n").map {
        $0.prefix { $0 != "0" }
      }
      #expect(table.count == 5 && table[0].hasPrefix("type,ratio,remedy,trainings,roc_auc_ovr"))
      for shape in ["step", "linear"] {
        let cells = try CellTable.read("\(folder)/grid/\(shape)/cells.csv").cells
        #expect(cells.count == 4 && cells.allSatisfy { $0.status == .done && $0.imbalance == 5 })
      }
      #expect(try text(folder + "/grid.svg").contains(">step over-sampling</text>"))
      let again = try Programme.run(arguments, in: folder)
      #expect(again.status == 0 && !again.errors.contains("run directory"), "\(again.errors)")
      #expect(again.output == first.output)
    }
  }
}
