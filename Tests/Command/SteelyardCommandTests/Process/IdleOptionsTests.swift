import Files
import Foundation
import TestSupport
import Testing

/// Options that would have no effect are refused; results go where they are asked to go, both of them.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct IdleOptionsTests {
  private func folder(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      for (name, text) in [
        (
          "t.csv",
          "path,y_true,prob_cat,prob_dog\n1,cat,.8,.2\n2,cat,.6,.4\n3,dog,.2,.8\n4,dog,.6,.4\n"
        ),
        (
          "l.csv",
          "path,true_a,true_b,prob_a,prob_b\n1,1,0,.8,.1\n2,0,1,.3,.6\n3,1,1,.7,.4\n4,0,0,.2,.2\n"
        ),
        ("n.csv", "path,y_true,y_pred\n1,1.0,1.2\n2,2.5,2.0\n3,3.1,3.3\n4,4.4,4.0\n"),
      ] {
        try AtomicFile.write(text, to: "\(folder)/\(name)")
      }
      try body(folder)
    }
  }

  /// Each in a process of its own, which ends before anything is computed.
  static let idle: [(arguments: String, words: String)] = [
    (
      "evaluate t.csv --batch-size 3",
      "batch-size: a table of predictions has no model to run; leave it out"
    ),
    (
      "evaluate n.csv --ordered",
      "ordered: it is for classes, and n.csv is read as numbers; leave it out"
    ),
    (
      "report l.csv --output o.html --data pictures",
      "data: reports of labels show no pictures; leave it out"
    ),
  ]

  @Test(arguments: idle.indices) func isRefused(_ index: Int) throws {
    let (typed, words) = Self.idle[index]
    try folder { folder in
      let ended = try Programme.run(typed.split(separator: " ").map(String.init), in: folder)
      #expect(ended.status == 64 && ended.errors.contains(words), "\(ended.status) \(ended.errors)")
      #expect(ended.output.isEmpty)
      #expect(!FilePath.isFile(folder + "/o.html") && !FilePath.isFolder(folder + "/o"))
    }
  }

  /// A page and JSON of one report; a page into a pipe; a stored report with an option of predictions.
  @Test func reportsGoWhereTheyAreAskedTo() throws {
    try folder { folder in
      let both = try Programme.run(
        ["report", "t.csv", "--json", "--output", "p.html", "--resamples", "0"], in: folder)
      #expect(both.status == 0, "\(both.errors)")
      #expect(try JSONText.object(both.output)["runs"] != nil)
      let page = String(decoding: try FileBytes.read(folder + "/p.html"), as: UTF8.self)
      #expect(page.contains("</html>"))
      try AtomicFile.write(both.output, to: folder + "/stored.json")
      let idle = try Programme.run(
        ["report", "stored.json", "--split", "val", "--output", "q.html"], in: folder)
      #expect(
        idle.status == 64
          && idle.errors.contains("split: a report.json is drawn again as it is; leave it out"),
        "\(idle.errors)")
      #expect(!FilePath.isFile(folder + "/q.html"))
      let piped = try Programme.shell(
        "\"$STEELYARD\" report l.csv --output /dev/stdout --resamples 0 -q | cat", in: folder)
      #expect(piped.status == 0 && piped.output.contains("</html>"), "\(piped.errors)")
    }
  }

  /// A comparison whose grid somebody has damaged is said, and no crash.
  @Test func damagedGrids() throws {
    try withTemporaryFolder { folder in
      let row =
        "{\"kind\": \"trained\", \"label\": \"erm\", \"candidates\": [{\"name\": \"erm\", \"settings\": {}}]}"
      try AtomicFile.write(
        "{\"rows\": [\(row)], \"metric\": \"mcc\", \"imbalances\": [1], \"seeds\": [0], \"folds\": -1}",
        to: folder + "/grid.json")
      let ended = try Programme.run(["compare", "--resume", ".", "--dry-run"], in: folder)
      #expect(
        ended.status == 2 && ended.errors.contains("grid.json: expected 2 to 1000 folds, got -1"),
        "\(ended.status) \(ended.errors)")
    }
  }

  /// Names with blanks, line feeds, dashes in front and letters of other scripts are names.
  @Test func namesOfTables() throws {
    try folder { folder in
      let table = String(decoding: try FileBytes.read(folder + "/t.csv"), as: UTF8.self)
      let names = ["na me.csv", "new\nline.csv", "-x.csv", "猫 #1.csv"]
      for name in names { try AtomicFile.write(table, to: "\(folder)/\(name)") }
      // One page of all of them: options first, then names behind two dashes.
      let ended = try Programme.run(
        ["report", "--resamples", "20", "--output", "all four.html", "-q", "--"] + names, in: folder
      )
      #expect(ended.status == 0, "\(ended.errors)")
      let page = String(decoding: try FileBytes.read(folder + "/all four.html"), as: UTF8.self)
      for name in ["na me", "-x", "猫 #1"] { #expect(page.contains(name), "\(name)") }
    }
  }
}
