import Audit
import Files
import Foundation
import Imaging
import Randomness
import TestSupport
import Testing

/// `audit` as a person runs it.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct AuditTests {
  /// 60 tinted images of two classes in `images`, three of them under the wrong label, with predictions and features.
  private func draw(into folder: String) throws {
    var (table, predictions) = ("path,label\n", "path,y_true,prob_dark,prob_light\n")
    var source = RandomKey(seed: 2).source
    try FileManager.default.createDirectory(
      atPath: folder + "/images", withIntermediateDirectories: true)
    var features: [Float] = []
    for number in 0..<60 {
      let isLight = number % 3 == 0
      let pixels = (0..<8 * 8 * 3).map { _ in UInt8((isLight ? 150 : 20) + source.below(60)) }
      let path = "images/\(number).png"
      try AtomicFile.write(
        PNG.encode(Image(width: 8, height: 8, channels: 3, pixels: pixels)), to: folder + "/" + path
      )
      let given = [5, 6, 30].contains(number) ? !isLight : isLight
      let p = isLight ? 0.9 + 0.05 * source.uniform() : 0.1 - 0.05 * source.uniform()
      table += "\(path),\(given ? "light" : "dark")\n"
      predictions += "\(path),\(given ? "light" : "dark"),\(1 - p),\(p)\n"
      features += [isLight ? 1 : -1, Float(0.2 * source.normal()), Float(0.2 * source.normal())]
    }
    try AtomicFile.write(table, to: folder + "/table.csv")
    try AtomicFile.write(predictions, to: folder + "/p.csv")
    let array = NpyArray(
      dtype: .float32, shape: [60, 3], bytes: features.withUnsafeBytes { Array($0) })
    try NpzWriter.write(
      [
        NpzPart("features", npy: array.encoded()),
        NpzPart("ids", npy: NpyText((0..<60).map { "images/\($0).png" }).encoded()),
      ], to: folder + "/f.npz")
  }

  private func summary(_ text: String) throws -> AuditSummary {
    try JSONFile.decode(AuditSummary.self, from: Array(text.utf8), name: "output")
  }

  @Test func fromPredictionsToCorrectionsToARun() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      let result = try Programme.run(
        ["audit", "p.csv", "--data", "table.csv", "--features", "f.npz", "-o", "audit"], in: folder)
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output.contains("3 of 60 labels to look at"), "\(result.output)")
      let page = String(decoding: try FileBytes.read(folder + "/audit/audit.html"), as: UTF8.self)
      // Three findings, and the six hardest of each class.
      #expect(page.ranges(of: "data:image/png;base64,").count == 3 + 2 * 6)
      let stored = try JSONFile.read(AuditSummary.self, from: folder + "/audit/audit.json")
      #expect(stored.issues == 3 && stored.neighbours?.outvoted == 3)
      let tasks = try JSONFile.read(
        [LabelStudioTask].self, from: folder + "/audit/label-studio.json")
      #expect(Set(tasks.map(\.data.image)) == Set([5, 6, 30].map { "images/\($0).png" }))
      let json = try Programme.run(
        ["audit", "p.csv", "--data", "table.csv", "--features", "f.npz", "--json"], in: folder)
      #expect(try summary(json.output) == stored)
      let again = try Programme.run(["audit", "p.csv", "-o", "audit"], in: folder)
      #expect(again.status == 64 && again.errors.contains("--overwrite"), "\(again.errors)")
      // What a person does.
      let file = folder + "/audit/corrections.csv"
      let text = String(decoding: try FileBytes.read(file), as: UTF8.self)
      #expect(text.contains("images/6.png,dark,light,,"), "\(text)")
      try AtomicFile.write(text.replacing("dark,light,,", with: "dark,light,light,"), to: file)
      let flags = [
        "--model", "resnet20", "--img-size", "8", "--epochs", "1", "--batch-size", "8", "--threads",
        "1", "--amp", "off", "--no-tensorboard", "--experiment", "run", "--method", "erm",
      ]
      let run = try Programme.run(
        ["train", "table.csv", "--corrections", "audit/corrections.csv"] + flags, in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.errors.contains("2 labels set right by corrections.csv"), "\(run.errors)")
      let split = String(
        decoding: try FileBytes.read(folder + "/runs/run/split.csv"), as: UTF8.self)
      #expect(split.contains("images/6.png,light,") && split.contains("images/30.png,light,"))
      #expect(split.contains("images/5.png,light,"))
      // The run has its own copy, so it is evaluated without the file.
      #expect(FilePath.isFile(folder + "/runs/run/corrections.csv"))
      try FileManager.default.removeItem(atPath: file)
      let evaluated = try Programme.run(["evaluate", "runs/run"], in: folder)
      #expect(evaluated.status == 0, "\(evaluated.errors)")
      try AtomicFile.write("path,label\nimages/no.png,dark\n", to: folder + "/c.csv")
      let unknown = try Programme.run(
        ["train", "table.csv", "--corrections", "c.csv"] + flags, in: folder)
      #expect(
        unknown.status == 2 && unknown.errors.contains("c.csv:2")
          && unknown.errors.contains("'images/no.png' is not in the data"), "\(unknown.errors)")
    }
  }

  /// A picture that stands in two classes, once in other bytes, is named with both labels; a set without one says nothing.
  @Test func nearCopiesAreNamed() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        atPath: folder + "/images", withIntermediateDirectories: true)
      var source = RandomKey(seed: 12).source
      var (table, predictions) = ("path,label\n", "path,y_true,prob_a,prob_b\n")
      var first: [UInt8] = []
      for number in 0..<24 {
        // Blocks of 8 pixels, so that the picture is more than noise.
        let blocks = (0..<64).map { _ in UInt8(20 + source.below(200)) }
        var pixels: [UInt8] = []
        for place in 0..<64 * 64 {
          let (row, column) = (place / 64 / 8, place % 64 / 8)
          pixels += [UInt8](repeating: blocks[8 * row + column], count: 3)
        }
        if number == 0 { first = pixels }
        if number == 7 { pixels = first.map { $0 + UInt8(source.below(4)) } }
        let path = "images/\(number).png"
        try AtomicFile.write(
          PNG.encode(Image(width: 64, height: 64, channels: 3, pixels: pixels)),
          to: folder + "/" + path)
        let isFirst = number % 2 == 0
        table += "\(path),\(isFirst ? "a" : "b")\n"
        predictions += "\(path),\(isFirst ? "a,0.9,0.1" : "b,0.1,0.9")\n"
      }
      try AtomicFile.write(table, to: folder + "/table.csv")
      try AtomicFile.write(predictions, to: folder + "/p.csv")
      let result = try Programme.run(
        ["audit", "p.csv", "--data", "table.csv", "-o", "audit"], in: folder)
      #expect(result.status == 0, "\(result.errors)")
      #expect(
        result.output.contains("near copies with different labels: 1 pair;"), "\(result.output)")
      let lines = String(decoding: try FileBytes.read(folder + "/audit/copies.csv"), as: UTF8.self)
        .split(separator: "\n")
      #expect(lines.count == 2 && lines[0].hasPrefix("path,given,part,copy,copy_given,"))
      let cells = lines[1].split(separator: ",", omittingEmptySubsequences: false)
      #expect(cells.dropLast() == ["images/0.png", "a", "", "images/7.png", "b", ""], "\(lines)")
      #expect(try #require(cells.last.flatMap { Double($0) }) > 0.99)
    }
  }

  /// Two audits into one folder at once: one of them writes all of it, the other says why it does not.
  @Test func twoAtOnceDoNotMix() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      try FileManager.default.createDirectory(
        atPath: folder + "/audit", withIntermediateDirectories: true)
      var claim: FolderClaim? = try FolderClaim(folder + "/audit")
      let busy = try Programme.run(["audit", "p.csv", "-o", "audit"], in: folder)
      #expect(busy.status == 1, "\(busy.status)")
      #expect(busy.errors.contains("another steelyard works in this folder"), "\(busy.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/audit").isEmpty)
      withExtendedLifetime(claim) {}
      claim = nil
      // Each in a folder of its own, for what it prints.
      let places = ["one", "two"].map { folder + "/" + $0 }
      for place in places {
        try FileManager.default.createDirectory(
          atPath: place, withIntermediateDirectories: true)
      }
      let rules = [IssueRule.noiseRate, .predicted]
      let processes = try zip(places, rules).map { place, rule in
        try Programme.start(
          ["audit", "../p.csv", "--filter", rule.rawValue, "-o", "../audit"], in: place)
      }
      for process in processes { process.waitUntilExit() }
      let statuses = processes.map(\.terminationStatus)
      #expect(statuses.count { $0 == 0 } == 1 && statuses.allSatisfy { [0, 1, 64].contains($0) })
      let winner = rules[statuses.firstIndex(of: 0) ?? 0]
      let stored = try JSONFile.read(AuditSummary.self, from: folder + "/audit/audit.json")
      #expect(stored.filter == winner.rawValue)
      let page = String(decoding: try FileBytes.read(folder + "/audit/audit.html"), as: UTF8.self)
      #expect(page.contains("Found by \(winner.rawValue)"))
    }
  }

  @Test(.enabled(if: RealData.has("label-errors"), "\(RealData.absent)"))
  func thePublishedSets() throws {
    try withTemporaryFolder { folder in
      for (name, rule, count) in [
        ("mnist", "prune-by-noise-rate", 15), ("imdb", "prune-by-noise-rate", 1309),
        ("imdb", "confident-learning", 1076),
      ] {
        let data = RealData.path("label-errors")
        let result = try Programme.run(
          [
            "audit", "--probabilities", "\(data)/\(name)_probabilities.npy", "--given",
            "\(data)/\(name)_labels.npy", "--filter", rule, "--json",
          ], in: folder)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try summary(result.output).issues == count)
      }
    }
  }

  @Test func mistakesAreSaid() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      try AtomicFile.write(
        "path,y_true,prob_a,prob_b\n"
          + (0..<40).map {
            "\($0),\($0 % 2 == 0 ? "a" : "b"),\($0 % 4 < 2 ? "0.9,0.1" : "0.1,0.9")\n"
          }
          .joined(), to: folder + "/random.csv")
      let none = try Programme.run(["audit", "random.csv"], in: folder)
      #expect(none.status == 0 && none.output.hasPrefix("no structure: "), "\(none.output)")
      let three = NpyArray(
        dtype: .float32, shape: [2, 2],
        bytes: [Float(0.5), 0.5, 0.5, 0.5].withUnsafeBytes { Array($0) })
      try AtomicFile.write(three.encoded(), to: folder + "/P.npy")
      try AtomicFile.write("label\n0\n2\n", to: folder + "/L.csv")
      try AtomicFile.write("label\n0\n1\n", to: folder + "/L2.csv")
      for (option, value) in [
        ("--filter", "predicted-neq-given"), ("--rank-by", "self-confidence"), ("--keep", "1"),
        ("--neighbours", "10"), ("--seed", "1"), ("--split", "test"), ("--first", "light"),
        ("--early-epochs", "2"), ("--positive", "light"), ("--renormalize", nil),
        ("--ordered", nil), ("--vog-of", "logit"),
      ] as [(String, String?)] {
        let result = try Programme.run(
          ["audit", "r", "--explain", "a.png", option] + (value.map { [$0] } ?? []), in: folder)
        #expect(result.status == 64, "\(option): \(result.status) \(result.errors)")
        #expect(
          result.errors.contains("\(option): it does not go with --explain"), "\(result.errors)")
      }
      try AtomicFile.write("path,label\na,0\na,1\n", to: folder + "/L3.csv")
      let twice = try Programme.run(
        ["audit", "--probabilities", "P.npy", "--given", "L3.csv"], in: folder)
      #expect(
        twice.errors.contains("L3.csv: 'a' stands in rows 0 and 1; rows of one name are one"),
        "\(twice.errors)")
      for (arguments, status, words) in [
        (["audit"], Int32(64), "Say what is audited"),
        (
          ["audit", "p.csv", "--probabilities", "P.npy", "--given", "L.csv"], 64,
          "Say what is audited"
        ),
        (["audit", "--probabilities", "P.npy"], 64, "go together"),
        (["audit", "p.csv", "--filter", "best"], 64, "prune-by-noise-rate"),
        (["audit", "p.csv", "--neighbours", "2"], 64, "--neighbours"),
        (["audit", "p.csv", "--first", "rarest:0"], 64, "--first"),
        (["audit", "p.csv", "--first", ",", "-o", "a"], 64, "--first"),
        (
          ["audit", "p.csv", "--first", "light"], 64,
          "--first: it orders issues.csv and corrections.csv, and goes with --output."
        ),
        (
          ["audit", "p.csv", "--first", "lihgt", "-o", "a"], 2, "no class is called 'lihgt'"
        ),
        (["audit", "p.csv", "--vog-of", "logit"], 64, "--vog-of: it goes with --gradients."),
        (
          ["audit", "p.csv", "--ordered"], 64,
          "--ordered: it gives metrics of grades, and an audit has none."
        ),
        (
          ["audit", "p.csv", "--neighbours", "10"], 64,
          "--neighbours: it is of votes of neighbours, and goes with --features."
        ),
        (
          ["audit", "p.csv", "--seed", "3"], 64,
          "--seed: it is of votes of neighbours, and goes with --features."
        ),
        (
          ["audit", "--probabilities", "P.npy", "--given", "L2.csv", "--split", "test"], 64,
          "--split: it says how a table is read, and does not go with --probabilities."
        ),
        (
          ["audit", "--probabilities", "P.npy", "--given", "L2.csv", "--renormalize"], 64,
          "--renormalize: it says how a table is read, and does not go with --probabilities."
        ),
        (["audit", "p.csv", "--explain-top", "3"], 64, "--explain-top: it goes with --explain."),
        (
          ["audit", "p.csv", "--early-epochs", "3"], 64,
          "early-epochs: they are of a run's records, and what is audited has none"
        ),
        (
          ["audit", "--probabilities", "P.npy", "--given", "L2.csv", "--gradients"], 64,
          "gradients: they are of the kept weights of a run"
        ),
        // Nothing is read before it is known that it can be written.
        (["audit", "no.csv", "-o", "p.csv/a"], 64, "output: p.csv/a cannot be written to: "),
        (["audit", "no.csv"], 2, "no.csv"),
        (["audit", "table.csv"], 2, "table.csv"),
        (
          ["audit", "--probabilities", "P.npy", "--given", "L.csv"], 2,
          "row 1: expected a class number in 0…1"
        ),
        (
          ["audit", "random.csv", "--features", "f.npz"], 2, "has no features of '0' and 39 others"
        ),
      ] {
        let result = try Programme.run(arguments, in: folder)
        #expect(result.status == status, "\(arguments): \(result.status) \(result.errors)")
        #expect(result.errors.contains(words), "\(arguments): \(result.errors)")
      }
    }
  }
}
