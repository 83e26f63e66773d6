import Files
import Foundation
import TestSupport
import Testing

/// `--hierarchy`, as a user asks for it.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct HierarchyCommandTests {
  /// 120 rows, half of them validation, in which `nodule` is a kind of `lesion` and often more probable; in row 119 the truth has the
  /// one without the other.
  private func table(_ path: String) throws {
    var rows = ["path,true_lesion,true_nodule,prob_lesion,prob_nodule,split"]
    for row in 0..<120 {
      let (lesion, nodule) = (row % 3 == 0 || row % 4 == 0, row % 4 == 0 || row == 119)
      let noise = Double((row * 37) % 121) / 242
      rows.append(
        "\(row).png,\(lesion ? 1 : 0),\(nodule ? 1 : 0),\((lesion ? 0.3 : 0.1) + noise),\((nodule ? 0.45 : 0.05) + noise),"
          + (row < 60 ? "val" : "test"))
    }
    try AtomicFile.write(rows.joined(separator: "\n") + "\n", to: path)
  }

  @Test func tablesAreDecodedByIt() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      try AtomicFile.write("child,parent\nnodule,lesion\n", to: folder + "/h.csv")
      let asked = [
        "evaluate", "t.csv", "--hierarchy", "h.csv", "--split", "test", "--resamples", "0",
      ]
      let shown = try Programme.run(asked, in: folder)
      #expect(shown.status == 0, "\(shown.errors)")
      #expect(
        shown.output.contains("hierarchy: a label is at least as probable as what is below it"),
        "\(shown.output)")
      #expect(
        shown.output.contains(
          "hierarchy: 1 rows, such as '119.png', are known to have a label and not to have one above it"
        ), "\(shown.output)")
      // By a programme apart: six answers name a nodule without a lesion before they are decoded.
      for words in [
        "hierarchy: mean reward 6.38 of 7 over 60 rows (a consistent answer 4, the first level all right 2, each below half as"
          + " much by its F1); as given 5.72, for 6 answers name a label without all above it",
        "hierarchy: set score 51.7 of 100: of 29 of 60 rows a label is said",
      ] { #expect(shown.output.contains(words), "\(shown.output)") }
      let made = try Programme.run(
        [
          "decide", "t.csv", "--hierarchy", "h.csv", "--conformal", "0.2", "--output", "rule.json",
          "--json",
        ], in: folder)
      #expect(made.status == 0, "\(made.errors)")
      let found = try JSONText.object(made.output)
      let labels = try #require((found["rule"] as? [String: Any])?["labels"] as? [[String: Any]])
      let thresholds = labels.compactMap { $0["threshold"] as? Double }
      #expect(thresholds.count == 2 && thresholds[0] <= thresholds[1])
      let rule = try JSONText.object(
        try Programme.run(
          [
            "evaluate", "t.csv", "--rule", "rule.json", "--split", "test", "--resamples", "0",
            "--json",
          ], in: folder
        ).output)
      #expect(
        rule["f1_macro_stored"] as? Double
          == (found["achieved"] as? [String: Any])?["f1_macro_stored"] as? Double)
      let same = try Programme.run(asked + ["--rule", "rule.json"], in: folder)
      #expect(same.status == 0, "\(same.errors)")
    }
  }

  /// A chain of 31 labels is decoded and has a set score, but no reward, and the reason is said.
  @Test func aDeepHierarchyHasNoReward() throws {
    try withTemporaryFolder { folder in
      let labels = (0...30).map { "l\($0)" }
      let names = ["path"] + labels.map { "true_\($0)" } + labels.map { "prob_\($0)" }
      let rows = (0..<20).map { row in
        (["\(row).png"] + labels.map { _ in "\(row % 2)" }
          + labels.map { _ in row < 10 ? "0.75" : "0.25" }).joined(separator: ",")
      }
      try AtomicFile.write(
        ([names.joined(separator: ",")] + rows).joined(separator: "\n") + "\n",
        to: folder + "/t.csv")
      try AtomicFile.write(
        "child,parent\n" + (1...30).map { "l\($0),l\($0 - 1)\n" }.joined(), to: folder + "/h.csv")
      let shown = try Programme.run(
        ["evaluate", "t.csv", "--hierarchy", "h.csv", "--resamples", "0"], in: folder)
      #expect(shown.status == 0, "\(shown.errors)")
      for words in [
        "hierarchy: no reward: it is of 30 levels at most, and the labels have 31",
        "hierarchy: set score 50.0 of 100: of 10 of 20 rows a label is said",
      ] { #expect(shown.output.contains(words), "\(shown.output)") }
    }
  }

  /// Views are joined first, and the studies are decoded: in each study one view raises the finding, and its mean does not.
  @Test func studiesAreDecodedAfterTheyAreJoined() throws {
    try withTemporaryFolder { folder in
      var rows = ["path,true_lesion,true_nodule,prob_lesion,prob_nodule,study"]
      for study in 0..<20 {
        // Means are .5 and .3; decoded view by view the lesion would be at (.6 + .6) / 2.
        rows.append("\(study)a.png,\(study % 2),0,0.4,0.6,s\(study)")
        rows.append("\(study)b.png,\(study % 2),\(study % 4 == 1 ? 1 : 0),0.6,0,s\(study)")
      }
      try AtomicFile.write(rows.joined(separator: "\n") + "\n", to: folder + "/t.csv")
      try AtomicFile.write("child,parent\nnodule,lesion\n", to: folder + "/h.csv")
      let shown = try Programme.run(
        [
          "evaluate", "t.csv", "--hierarchy", "h.csv", "--study-column", "study", "--resamples",
          "0",
        ], in: folder)
      #expect(shown.status == 0, "\(shown.errors)")
      #expect(
        shown.output.contains("probabilities of 0 of 20 studies were raised"), "\(shown.output)")
    }
  }

  @Test func whatContradictsItIsRefused() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      try AtomicFile.write("child,parent\nnodule,lesion\n", to: folder + "/h.csv")
      let plain = try Programme.run(["decide", "t.csv", "--output", "rule.json"], in: folder)
      #expect(plain.status == 0, "\(plain.errors)")
      let other = try Programme.run(
        ["evaluate", "t.csv", "--rule", "rule.json", "--hierarchy", "h.csv"], in: folder)
      #expect(
        other.status == 64
          && other.errors.contains("hierarchy: the rule was chosen without one"),
        "\(other.errors)")
      let files: [(text: String, words: String)] = [
        (
          "child,parent\nnodul,lesion\n",
          "the hierarchy names 'nodul', which is no label; did you mean"
        ),
        ("child,parent\nnodule,lesion\nlesion,nodule\n", "is above itself"),
      ]
      for (text, words) in files {
        try AtomicFile.write(text, to: folder + "/h.csv")
        for command in [["evaluate", "t.csv"], ["decide", "t.csv", "--output", "r.json"]] {
          let refused = try Programme.run(command + ["--hierarchy", "h.csv"], in: folder)
          #expect(refused.status != 0 && refused.errors.contains(words), "\(refused.errors)")
        }
      }
    }
  }

  /// A run keeps it with its rule, and predict never says a child without its parent.
  @Test func predictNeverContradictsIt() throws {
    try withTemporaryFolder { folder in
      try TargetRows.trainLabels(in: folder, isNested: true)
      try AtomicFile.write("child,parent\nhas_b,has_a\n", to: folder + "/h.csv")
      let decided = try Programme.run(["decide", "runs/r", "--hierarchy", "h.csv"], in: folder)
      #expect(decided.status == 0, "\(decided.errors)")
      let said = try Programme.run(
        ["predict", "runs/r", "t.csv", "--label-columns", "has_*", "--json"], in: folder)
      #expect(said.status == 0, "\(said.errors)")
      let listing = try JSONText.list(said.output)
      #expect(listing.count == 120)
      for row in listing {
        let labels = try #require(row["labels"] as? [String])
        let p = try #require(row["probabilities"] as? [String: Any])
        let (a, b) = (p["has_a"] as? Double ?? 0, p["has_b"] as? Double ?? 1)
        #expect(a >= b && (labels.contains("has_a") || !labels.contains("has_b")))
      }
      let refused = try Programme.run(["evaluate", "runs/r", "--hierarchy", "h.csv"], in: folder)
      #expect(
        refused.errors.contains("hierarchy: a run of several labels is not measured with it"),
        "\(refused.errors)")
    }
  }
}
