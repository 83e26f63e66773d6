import Files
import Foundation
import TestSupport
import Testing

/// Tables of labels, grades and numbers, judged as a user judges them.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct TargetTests {
  /// 60 images of 20 patients and 30 studies with labels a (seen well), b (by chance, sometimes unknown) and c (never).
  private func labels(_ folder: String, _ name: String = "labels.csv", skill: Double = 0.5) throws {
    var rows = ["path,true_a,true_b,true_c,prob_a,prob_b,prob_c,patient_id,study,split"]
    for row in 0..<60 {
      let (a, b) = (row % 3 == 0, row % 5 == 1 ? "" : row % 4 == 0 ? "1" : "0")
      let noise = Double((row * 37) % 61) / 61
      rows.append(
        "\(row).png,\(a ? 1 : 0),\(b),0,\((a ? skill : 0) + 0.45 * noise),\(noise),\(noise / 9),p\(row / 3),"
          + "s\(row / 2),\(row < 30 ? "val" : "test")")
    }
    try AtomicFile.write(rows.joined(separator: "\n") + "\n", to: "\(folder)/\(name)")
  }

  private func numbers(_ folder: String, _ name: String = "numbers.csv", error: Double = 1) throws {
    var rows = ["path,y_true,y_pred,lower,upper"]
    for row in 0..<60 {
      let truth = Double(row) / 4
      let guess = truth + error * (Double((row * 17) % 13) / 13 - 0.4)
      rows.append("\(row).png,\(truth),\(guess),\(guess - 0.4),\(guess + 0.4)")
    }
    try AtomicFile.write(rows.joined(separator: "\n") + "\n", to: "\(folder)/\(name)")
  }

  @Test func severalLabelsAreSeenFromTheTable() throws {
    try withTemporaryFolder { folder in
      try labels(folder)
      let shown = try Programme.run(["evaluate", "labels.csv", "--resamples", "40"], in: folder)
      #expect(shown.status == 0, "\(shown.errors)")
      #expect(
        shown.output.hasPrefix(
          "target: 3 labels, 1 of them in under 1 % of images; 60 images, 12 of 180 entries unknown\n"
        ),
        "\(shown.output)")
      #expect(shown.output.contains("c: no example has it, of 60"))
      #expect(shown.output.contains("40 resamples of 20 groups (patient_id)"))
      let ended = try Programme.run(
        ["evaluate", "labels.csv", "--resamples", "40", "--json", "--output-dir", "judged"],
        in: folder)
      let json = try JSONText.object(ended.output)
      #expect(json["task"] as? String == "labels")
      #expect(json["average_precision_macro"] is Double && json["roc_auc_macro"] is Double)
      let rows = try #require(json["per_label"] as? [[String: Any]])
      #expect(rows.map { $0["label"] as? String } == ["a", "b", "c"])
      #expect(rows[1]["n_known"] as? Int == 48 && rows[2]["roc_auc"] is NSNull)
      #expect(
        try FileBytes.read(folder + "/judged/metrics-labels.json") == Array(ended.output.utf8))
      #expect(ended.errors.contains("target: 3 labels"))
    }
  }

  @Test func listsAreReadAsLabels() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write(
        "path,y_true,prob_a,prob_b\nx,a|b,.9,.8\ny,,.1,.2\nz,b,.3,.9\n", to: folder + "/t.csv")
      let json = try JSONText.object(
        try Programme.run(["evaluate", "t.csv", "--json", "--resamples", "0"], in: folder).output)
      #expect(json["average_precision_macro"] as? Double == 1)
      #expect(json["subset_accuracy"] as? Double == 1)
    }
  }

  @Test func studiesAreJudgedBesideTheirImages() throws {
    try withTemporaryFolder { folder in
      try labels(folder)
      let json = try JSONText.object(
        try Programme.run(
          [
            "evaluate", "labels.csv", "--study-column", "study", "--study-join", "max", "--json",
            "--resamples", "0",
          ], in: folder
        ).output)
      #expect(json["n"] as? Int == 30)
      #expect((json["images"] as? [String: Any])?["n"] as? Int == 60)
      #expect(json["study_join"] as? String == "max")
    }
  }

  @Test func aRuleIsChosenAndFollowed() throws {
    try withTemporaryFolder { folder in
      try labels(folder)
      let made = try Programme.run(
        ["decide", "labels.csv", "--output", "rule.json", "--sensitivity", "a=0.9"], in: folder)
      #expect(made.status == 0, "\(made.errors)")
      #expect(made.output.contains("best F1 on val") && made.output.contains("what it achieves"))
      let json = try JSONText.object(
        try Programme.run(
          [
            "evaluate", "labels.csv", "--split", "test", "--rule", "rule.json", "--json",
            "--resamples", "0",
          ], in: folder
        ).output)
      #expect(json["f1_macro_stored"] is Double)
      let strange = try Programme.run(
        ["decide", "labels.csv", "--output", "r.json", "--sensitivity", "aa=0.9"], in: folder)
      #expect(strange.status == 64)
      #expect(
        strange.errors.contains("unknown label 'aa'; did you mean 'a'? the labels are a, b, c"),
        "\(strange.errors)")
    }
  }

  @Test func aGateKnowsLabelsAndNumbers() throws {
    try withTemporaryFolder { folder in
      try labels(folder)
      try labels(folder, "worse.csv", skill: 0)
      let shut = try Programme.run(
        [
          "gate", "labels.csv", "worse.csv", "--require", "roc_auc[a] >= -0.05", "--resamples",
          "200",
        ],
        in: folder)
      #expect(shut.status == 2, "\(shut.errors)")
      #expect(shut.output.contains("roc_auc[a] >= -0.05: ruled out"), "\(shut.output)")
      try numbers(folder)
      try numbers(folder, "better.csv", error: 0.5)
      let open = try Programme.run(
        ["gate", "numbers.csv", "better.csv", "--non-inferior", "0.1", "--resamples", "200"],
        in: folder)
      #expect(open.status == 0 && open.output.contains("mae <= 0.1: passes"), "\(open.output)")
      let mixed = try Programme.run(
        ["gate", "numbers.csv", "labels.csv", "--require", "mae <= 1"], in: folder)
      #expect(mixed.status == 64 && mixed.errors.contains("numbers.csv holds numbers"))
    }
  }

  @Test func numbersAreSeenFromTheTable() throws {
    try withTemporaryFolder { folder in
      try numbers(folder)
      let shown = try Programme.run(
        ["evaluate", "numbers.csv", "--resamples", "40", "--bins", "0,5,15"], in: folder)
      #expect(
        shown.output.hasPrefix("target: numbers from 0 to 15; 60 images\n"), "\(shown.output)")
      #expect(shown.output.contains("interval_coverage") && shown.output.contains("0 to below 5"))
      let json = try JSONText.object(
        try Programme.run(["evaluate", "numbers.csv", "--json", "--resamples", "0"], in: folder)
          .output)
      #expect(json["task"] as? String == "number" && json["spearman"] is Double)
    }
  }

  @Test func gradesAreNamedOrNumbers() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write(
        "path,y_true,prob_severe,prob_none,prob_mild\n"
          + (0..<30).map {
            "\($0),\(["none", "mild", "severe"][$0 % 3]),0.\(2 + $0 % 4),0.3,0.\(5 - $0 % 4)"
          }.joined(separator: "\n") + "\n", to: folder + "/g.csv")
      let shown = try Programme.run(
        ["evaluate", "g.csv", "--order", "none,mild,severe", "--resamples", "40"], in: folder)
      #expect(
        shown.output.hasPrefix("target: grades none < mild < severe; 30 images\n"),
        "\(shown.output)\(shown.errors)")
      #expect(shown.output.contains("mae_macro") && shown.output.contains("at least severe"))
      let wrong = try Programme.run(["evaluate", "g.csv", "--order", "none,mild"], in: folder)
      #expect(wrong.status == 64)
      #expect(wrong.errors.contains("expected each of the grades of g.csv once"), "\(wrong.errors)")
      let plain = try Programme.run(["evaluate", "g.csv", "--resamples", "0"], in: folder)
      #expect(plain.output.contains("balanced_accuracy") && !plain.output.contains("target:"))
    }
  }

  @Test func aPageIsWritten() throws {
    try withTemporaryFolder { folder in
      try labels(folder)
      let ended = try Programme.run(
        ["report", "labels.csv", "--output", "page.html", "--resamples", "40"], in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      let page = String(decoding: try FileBytes.read(folder + "/page.html"), as: UTF8.self)
      #expect(
        page.contains("Each label against its absence")
          && page.contains("Labels that come together"))
    }
  }

  @Test func whatIsForOtherTargetsIsRefused() throws {
    try withTemporaryFolder { folder in
      try labels(folder)
      let bins = try Programme.run(["evaluate", "labels.csv", "--bins", "0,1"], in: folder)
      #expect(bins.status == 64)
      #expect(
        bins.errors.contains(
          "bins: it is for numbers, and labels.csv is read as labels; say what it holds with --task number, or leave --bins out"
        ), "\(bins.errors)")
      let risk = try Programme.run(
        ["decide", "labels.csv", "--output", "r.json", "--risk", "0.1"], in: folder)
      #expect(risk.status == 64 && risk.errors.contains("risk: a rule of several labels"))
      let study = try Programme.run(
        ["evaluate", "labels.csv", "--study-column", "visit"], in: folder)
      #expect(study.status == 2 && study.errors.contains("has no column 'visit'"))
    }
  }
}
