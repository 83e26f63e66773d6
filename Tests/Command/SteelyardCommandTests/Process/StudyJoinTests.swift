import Files
import Foundation
import TestSupport
import Testing

/// `--study-join auto`, as a user asks for it.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct StudyJoinTests {
  /// 40 studies of three views, half of them validation: a finding is seen in one view of a study alone, as far up as .9, while
  /// other views go up to .6, so that the greatest probability tells it best.
  private func table(_ path: String, splits: Bool = true) throws {
    var rows = ["path,true_a,true_b,prob_a,prob_b,study" + (splits ? ",split" : "")]
    for row in 0..<120 {
      let (study, view) = (row / 3, row % 3)
      let (a, b) = (study % 4 == 0, study % 5 == 0)
      func probability(_ has: Bool, _ step: Int) -> Double {
        has && view == study % 3 ? 0.9 : Double((row * step) % 61) / 100
      }
      let part = splits ? study < 20 ? ",val" : ",test" : ""
      rows.append(
        "\(row).png,\(a ? 1 : 0),\(b ? 1 : 0),\(probability(a, 37)),\(probability(b, 23)),s\(study)\(part)"
      )
    }
    try AtomicFile.write(rows.joined(separator: "\n") + "\n", to: path)
  }

  @Test func theWayIsChosenOnValidationAndSaid() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let asked = [
        "evaluate", "t.csv", "--study-column", "study", "--study-join", "auto", "--split", "test",
        "--resamples", "0",
      ]
      let shown = try Programme.run(asked, in: folder)
      #expect(shown.status == 0, "\(shown.errors)")
      #expect(
        shown.output.contains(
          "20 studies (study) of 60 images; probabilities of the views of a study are joined by max, the best"
            + " average_precision_macro on 20 studies of validation: mean "), "\(shown.output)")
      let json = try JSONText.object(try Programme.run(asked + ["--json"], in: folder).output)
      #expect(json["study_join"] as? String == "max" && json["study_column"] as? String == "study")
      let values = try #require(json["study_join_average_precision"] as? [String: Any])
      #expect(values["max"] as? Double == 1 && values.count == 3)
      #expect(json["n"] as? Int == 20 && (json["images"] as? [String: Any])?["n"] as? Int == 60)
      let named = try JSONText.object(
        try Programme.run(
          [
            "evaluate", "t.csv", "--study-column", "study", "--study-join", "max", "--split",
            "test",
            "--resamples", "0", "--json",
          ], in: folder
        ).output)
      #expect(
        named["average_precision_macro"] as? Double == json["average_precision_macro"] as? Double)
      #expect(named["study_join_average_precision"] == nil)
    }
  }

  @Test func aRuleOfStudiesIsStoredAndFollowed() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let made = try Programme.run(
        [
          "decide", "t.csv", "--study-column", "study", "--study-join", "auto", "--output",
          "rule.json", "--calibration", "none", "--json",
        ], in: folder)
      #expect(made.status == 0, "\(made.errors)")
      let found = try JSONText.object(made.output)
      let achieved = try #require(found["achieved"] as? [String: Any])
      #expect(
        achieved["n"] as? Int == 20 && (found["images"] as? [String: Any])?["n"] as? Int == 60)
      let stored = try JSONText.object(at: folder + "/rule.json")
      #expect((stored["study"] as? [String: Any])?["study_join"] as? String == "max")
      let followed = try JSONText.object(
        try Programme.run(
          [
            "evaluate", "t.csv", "--rule", "rule.json", "--split", "test", "--resamples", "0",
            "--json",
          ], in: folder
        ).output)
      #expect(followed["n"] as? Int == 20 && followed["study_join"] as? String == "max")
      #expect(followed["f1_macro_stored"] as? Double == achieved["f1_macro_stored"] as? Double)
      #expect((followed["images"] as? [String: Any])?["f1_macro_stored"] is NSNull)
      for (more, words) in [
        (
          ["--study-column", "view"], "study-column: the rule is of studies in 'study', not 'view'"
        ),
        (
          ["--study-join", "mean"],
          "study-join: the rule was chosen on views that are joined by max"
        ),
      ] {
        let refused = try Programme.run(
          ["evaluate", "t.csv", "--rule", "rule.json"] + more, in: folder)
        #expect(refused.status == 64 && refused.errors.contains(words), "\(refused.errors)")
      }
    }
  }

  /// A rule of images says what its sets did of images, and a gate how views were joined.
  @Test func setsOfImagesStandWithTheImages() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let made = try Programme.run(
        [
          "decide", "t.csv", "--conformal", "0.4", "--calibration", "none", "--output", "rule.json",
        ], in: folder)
      #expect(made.status == 0, "\(made.errors)")
      let judged = try JSONText.object(
        try Programme.run(
          [
            "evaluate", "t.csv", "--rule", "rule.json", "--study-column", "study", "--split",
            "test",
            "--resamples", "0", "--json",
          ], in: folder
        ).output)
      let images = try #require(judged["images"] as? [String: Any])
      func hasSets(_ found: [String: Any]) -> Bool {
        (found["notes"] as? [String] ?? []).contains { $0.hasPrefix("sets of ") }
      }
      #expect(hasSets(images) && !hasSets(judged))
      #expect(judged["sets"] == nil && judged["image_sets"] is [[String: Any]])
      let gate = try Programme.run(
        [
          "gate", "t.csv", "t.csv", "--study-column", "study", "--study-join", "auto", "--split",
          "test", "--require", "average_precision_macro >= -0.5", "--resamples", "100",
        ], in: folder)
      #expect(gate.status == 0, "\(gate.errors)")
      #expect(
        gate.errors.contains("t.csv: 20 studies (study) of 60 images;")
          && gate.errors.contains("are joined by max"), "\(gate.errors)")
    }
  }

  /// A study with views in both parts would choose the way and be judged by it.
  @Test func aStudyInBothPartsIsRefused() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let text = String(decoding: try FileBytes.read(folder + "/t.csv"), as: UTF8.self)
      try AtomicFile.write(
        text.replacingOccurrences(of: ",s20,test", with: ",s19,test"), to: folder + "/t.csv")
      let asked = [
        "evaluate", "t.csv", "--study-column", "study", "--split", "test", "--resamples", "0",
      ]
      let refused = try Programme.run(asked + ["--study-join", "auto"], in: folder)
      #expect(
        refused.status == 2
          && refused.errors.contains(
            "t.csv: 1 of its studies, 's19' among them, have images in split val, on which the way of joining is chosen, and in split"
              + " test"),
        "\(refused.errors)")
      let named = try Programme.run(asked + ["--study-join", "mean"], in: folder)
      #expect(named.status == 0, "\(named.errors)")
    }
  }

  @Test func whatCannotBeChosenIsRefused() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      try table(folder + "/whole.csv", splits: false)
      let auto = ["--study-column", "study", "--study-join", "auto"]
      let cases: [(arguments: [String], words: String)] = [
        (
          ["t.csv"] + auto,
          "study-join auto: the way is chosen on the rows of split val, so they cannot judge it"
        ),
        (["t.csv", "--split", "val"] + auto, "name others, such as --split test"),
        (["whole.csv"] + auto, "whole.csv: has no rows of split val to choose on"),
        (
          ["t.csv", "--task", "labels", "--study-join", "max"],
          "study-join: it joins the images of a study; name their column with --study-column"
        ),
      ]
      for (arguments, words) in cases {
        let refused = try Programme.run(["evaluate"] + arguments, in: folder)
        #expect(refused.status != 0 && refused.errors.contains(words), "\(refused.errors)")
      }
    }
  }
}
