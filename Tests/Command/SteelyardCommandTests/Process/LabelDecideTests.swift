import Files
import Foundation
import TestSupport
import Testing

/// Sets, costs and promises of labels, as a user asks for them.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct LabelDecideTests {
  /// 240 rows, half of them validation: label a is seen well, b at random, c five times.
  private func table(_ path: String) throws {
    var rows = ["path,true_a,true_b,true_c,prob_a,prob_b,prob_c,split"]
    for row in 0..<240 {
      let (a, b, c) = (row % 3 == 0, row % 4 == 0, row % 48 == 1)
      let noise = Double((row * 37) % 241) / 241
      rows.append(
        "\(row).png,\(a ? 1 : 0),\(b ? 1 : 0),\(c ? 1 : 0),\((a ? 0.45 : 0.05) + 0.5 * noise),\(noise),\(noise / 2),"
          + (row < 120 ? "val" : "test"))
    }
    try AtomicFile.write(rows.joined(separator: "\n") + "\n", to: path)
  }

  /// The numbers of a binomial of n with p outside of which lies at most `tail` at each end.
  private func centralCounts(_ n: Int, _ p: Double, tail: Double = 0.025) -> ClosedRange<Int> {
    var mass = pow(1 - p, Double(n))
    var (below, low) = (mass, mass > tail ? 0 : nil as Int?)
    for count in 1...n {
      mass *= Double(n - count + 1) / Double(count) * p / (1 - p)
      if below >= 1 - tail { return (low ?? 0)...(count - 1) }
      below += mass
      if low == nil, below > tail { low = count }
    }
    return (low ?? 0)...n
  }

  private func decide(_ more: [String], in folder: String) throws -> Programme.Result {
    try Programme.run(
      ["decide", "t.csv", "--output", "rule.json", "--overwrite", "--calibration", "none"] + more,
      in: folder)
  }

  @Test func everyLabelIsAnswered() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let shown = try decide(["--conformal", "0.1"], in: folder)
      #expect(shown.status == 0, "\(shown.errors)")
      #expect(
        shown.output.contains(
          "c has no sets: 9 examples that have it are needed, and there are 3 examples"),
        "\(shown.output)")
      #expect(shown.output.contains("there, and not answered no"))
      let json = try JSONText.object(
        try decide(["--conformal", "0.1", "--json"], in: folder).output)
      let sets = try #require(json["sets"] as? [[String: Any]])
      #expect(sets.map { $0["label"] as? String } == ["a", "b"])
      // Of the test rows α are answered wrongly but for chance, at both ends: more is not what was promised, and fewer is what
      // sets say that call everything unsure.
      for row in sets {
        for kind in ["present", "absent"] {
          let rate = try #require(row[kind] as? [String: Any])
          let right = try #require(rate["count"] as? Int)
          let of = try #require(rate["of"] as? Int)
          try #require(of > 0, "\(row)")
          #expect(centralCounts(of, 0.1).contains(of - right), "\(kind): \(row)")
        }
      }
      let judged = try JSONText.object(
        try Programme.run(
          [
            "evaluate", "t.csv", "--rule", "rule.json", "--split", "test", "--resamples", "0",
            "--json",
          ], in: folder
        ).output)
      #expect((judged["sets"] as? [[String: Any]])?.count == 2)
      #expect(
        (judged["notes"] as? [String])?.contains { $0.hasPrefix("sets of a: ") } == true)
      // Rows that the rule was chosen on are judged too where no part is named, and that is said.
      let all = try JSONText.object(
        try Programme.run(
          ["evaluate", "t.csv", "--rule", "rule.json", "--resamples", "0", "--json"], in: folder
        ).output)
      let seen = " are unsure (of rows that the rule was chosen on, or the model learned from)"
      func saysSeen(_ judged: [String: Any]) -> Bool? {
        (judged["notes"] as? [String])?.first { $0.hasPrefix("sets of a: ") }?.hasSuffix(seen)
      }
      #expect(saysSeen(all) == true && saysSeen(judged) == false)
      let few = try decide(["--conformal", "0.001"], in: folder)
      #expect(few.status != 0)
      #expect(
        few.errors.contains(
          "no label has examples enough for sets that miss at most 0.001: a: 999"),
        "\(few.errors)")
    }
  }

  @Test func costsChooseTheThreshold() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      try AtomicFile.write("label,miss,false_alarm\nb,9,1\n", to: folder + "/costs.csv")
      let shown = try decide(["--costs", "costs.csv"], in: folder)
      #expect(shown.status == 0, "\(shown.errors)")
      #expect(
        shown.output.contains("least expected cost: a miss 9.0, a false alarm 1.0")
          && shown.output.contains("mean cost"), "\(shown.output)")
      let json = try JSONText.object(
        try decide(["--costs", "costs.csv", "--json"], in: folder).output)
      let costs = try #require(json["costs"] as? [[String: Any]])
      #expect(costs.map { $0["label"] as? String } == ["b"])
      let files: [(text: String, words: String)] = [
        ("label,miss\nb,9\n", "expected the columns label, miss, false_alarm, got label, miss"),
        (
          "label,miss,false_alarm\nb,9,1\nd,9,1\n", "costs.csv:3: unknown label 'd'"
        ),
        ("label,miss,false_alarm\n", "has no row, so no label has costs"),
        (
          "label,miss,false_alarm\nb,9,0\n",
          "the costs of 'b' are '9' and '0': expected two numbers above 0"
        ),
        ("label,miss,false_alarm\nb,9,1\nb,8,1\n", "'b' has costs already; keep one row"),
      ]
      for (text, words) in files {
        try AtomicFile.write(text, to: folder + "/costs.csv")
        let refused = try decide(["--costs", "costs.csv"], in: folder)
        #expect(refused.status != 0 && refused.errors.contains(words), "\(refused.errors)")
      }
      try AtomicFile.write("label,miss,false_alarm\nb,9,1\n", to: folder + "/costs.csv")
      let both = try decide(
        ["--costs", "costs.csv", "--sensitivity", "b=0.9"], in: folder)
      #expect(both.status == 64)
      #expect(
        both.errors.contains(
          "b: a label has one threshold, and it has costs and sensitivity ≥ 0.9 to choose it by"),
        "\(both.errors)")
    }
  }

  @Test func whatIsPromisedIsSaid() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let shown = try decide(["--sensitivity", "a=0.9", "--promised"], in: folder)
      #expect(shown.status == 0, "\(shown.errors)")
      #expect(
        shown.output.contains("a: sensitivity ≥ 0.9, ")
          && shown.output.contains(" with 95 % confidence"), "\(shown.output)")
      let few = try decide(["--sensitivity", "c=0.9", "--promised"], in: folder)
      #expect(few.status != 0)
      #expect(
        few.errors.contains(
          "for 'c' cannot be promised with confidence 0.95 from 3 validation examples; it takes 29"),
        "\(few.errors)")
    }
  }

  @Test func whatLabelsHaveNotIsRefusedByName() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let cases: [(arguments: [String], words: String)] = [
        (["--task", "labels", "--positive", "a"], "positive: a rule of several labels"),
        (["--task", "labels", "--renormalize"], "renormalize: a rule of several labels"),
        (["--task", "labels", "--ordered"], "ordered: a rule of several labels"),
        (["--estimate", "bbse"], "estimate: a rule of several labels"),
        (["--no-sampler-correction"], "no-sampler-correction: a rule of several labels"),
        (
          ["--target-prior", "a=0.1,a=0.3"], "target-prior: 'a' is named twice in 'a=0.1,a=0.3'"
        ),
        (["--target-prior", ""], "target-prior: expected label=part,…"),
        (["--target-prior", "a=0.1,"], "target-prior: expected label=part,…"),
      ]
      for (arguments, words) in cases {
        let refused = try decide(arguments, in: folder)
        #expect(refused.status == 64 && refused.errors.contains(words), "\(refused.errors)")
      }
      #expect(!FileManager.default.fileExists(atPath: folder + "/rule.json"))
    }
  }

  /// The model of a run keeps its sets, and predict says them of rows.
  @Test func predictAnswersBySets() throws {
    try withTemporaryFolder { folder in
      try TargetRows.trainLabels(in: folder)
      let decided = try Programme.run(
        ["decide", "runs/r", "--conformal", "0.3", "--calibration", "none"], in: folder)
      #expect(decided.status == 0, "\(decided.errors)")
      // The page says of its validation part that sets were made from it.
      for (part, isSeen) in [("val", true), ("test", false)] {
        let metrics = try JSONText.object(at: folder + "/runs/r/metrics-\(part).json")
        let notes = (metrics["notes"] as? [String] ?? []).filter { $0.hasPrefix("sets of ") }
        #expect(
          !notes.isEmpty
            && notes.allSatisfy { $0.hasSuffix("or the model learned from)") == isSeen },
          "\(notes)")
      }
      for (more, words) in [
        (["--order", "a,b"], "order: it is for grades, and runs/r is read as labels"),
        (["--bins", "0,1"], "bins: it is for numbers, and runs/r is read as labels"),
        (["--task", "number"], "task: runs/r is a run of labels, not of numbers"),
      ] {
        let refused = try Programme.run(["decide", "runs/r"] + more, in: folder)
        #expect(refused.status == 64 && refused.errors.contains(words), "\(refused.errors)")
      }
      let said = try Programme.run(
        ["predict", "runs/r", "t.csv", "--label-columns", "has_*"], in: folder)
      #expect(said.status == 0, "\(said.errors)")
      #expect(
        said.output.hasPrefix("path,prob_has_a,prob_has_b,y_pred,set_has_a,set_has_b\n"),
        "\(said.output.prefix(200))")
      let listed = try Programme.run(
        ["predict", "runs/r", "t.csv", "--label-columns", "has_*", "--json"], in: folder)
      let listing = try JSONText.list(listed.output)
      let sets = try #require(listing[0]["sets"] as? [String: Any])
      #expect(Set(sets.keys) == ["has_a", "has_b"])
    }
  }
}
