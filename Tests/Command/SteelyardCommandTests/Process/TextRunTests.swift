import Files
import Foundation
import Randomness
import TestSupport
import Testing

/// Tables with columns of text, trained on as a user does.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct TextRunTests {
  /// Texts of 24 words, half of which tell the score: the greater it is, the more of them are `up`. Of the scores 5 % are
  /// near −3 or 3, the others near 0.
  private func table(
    _ path: String, seed: UInt64,
    parts: [(name: String, count: Int)] = [("train", 1500), ("val", 200), ("test", 800)],
    permuted: Bool = false, changingTests: Bool = false
  ) throws {
    var source = RandomSource(seed: seed)
    var (scores, texts, names) = ([Double](), [String](), [String]())
    for part in parts {
      for _ in 0..<part.count {
        let chance = source.uniform()
        let isExtreme = chance < 0.05
        let center = isExtreme ? (chance < 0.025 ? 3.0 : -3) : 0
        let score = center + (isExtreme ? 0.3 : 0.6) * source.normal()
        let up = 1 / (1 + exp(-score))
        let words = (0..<24).map { _ -> String in
          let kind = source.uniform() < up ? "up" : "down"
          let isTelling = source.uniform() < 0.5
          return isTelling ? "\(kind)\(source.below(6))" : "filler\(source.below(8))"
        }
        scores.append(score)
        texts.append(
          changingTests && part.name == "test" ? "quite other words" : words.joined(separator: " "))
        names.append(part.name)
      }
    }
    if permuted { scores = source.shuffle(scores.count).map { scores[$0] } }
    let rows = scores.indices.map {
      "r\($0),\(names[$0]),\(scores[$0]),\(Double($0 % 7)),\(texts[$0])"
    }
    try AtomicFile.write(
      (["id,split,score,dose,essay"] + rows).joined(separator: "\n") + "\n", to: path)
  }

  private func train(
    _ data: String, _ name: String, _ arguments: [String], in folder: String
  ) throws -> Programme.Result {
    try Programme.run(
      [
        "train", data, "--input", "features", "--label-column", "score", "--task", "number",
        "--text-columns", "essay", "--model", "linear", "--lr", "0.3", "--threads", "1",
        "--no-tensorboard", "--output-dir", "runs", "--experiment", name,
      ] + arguments, in: folder)
  }

  /// Truth and prediction of each row of a table of predictions, by its name.
  private func predictions(_ path: String) throws -> [String: (truth: Double?, said: Double)] {
    var reader = try DelimitedReader(path: path)
    let (name, truth, said) = (
      try #require(reader.columns.firstIndex(of: "path")), reader.columns.firstIndex(of: "y_true"),
      try #require(reader.columns.firstIndex(of: "y_pred"))
    )
    var found: [String: (truth: Double?, said: Double)] = [:]
    while let row = try reader.next() {
      found[row.fields[name]] = (
        truth.flatMap { Double(row.fields[$0]) }, try #require(Double(row.fields[said]))
      )
    }
    return found
  }

  private static let few = [("train", 120), ("val", 30), ("test", 40)]

  @Test func aTableOfTextsEndToEnd() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv", seed: 1, parts: Self.few)
      try AtomicFile.write(
        "word,score\nUp0,1\ndown0,-1\n:-),2\n", to: folder + "/mood.csv")
      let trained = try train(
        "t.csv", "r",
        [
          "--text-size", "4", "--text-slots", "1024", "--lexicon", "mood.csv", "--epochs", "3",
          "-b", "16",
        ],
        in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      for words in [
        "1 column as features, essay as text", "text: essay is 4 numbers, which hold ",
        "fitted to 120 training rows", "lexicon: mood has 2 words",
        "lexicon: entries of mood that are no single word match nothing: 1, such as ':-)' in line 4",
        "features: 8 numbers a row",
      ] { #expect(trained.errors.contains(words), "\(words)\n\(trained.errors)") }
      let run = folder + "/runs/r"
      let config = String(decoding: try FileBytes.read(run + "/config.yaml"), as: UTF8.self)
      #expect(config.contains("text-columns: [essay]") && config.contains("text-size: 4"))

      // The model has all that it needs, so the lexicon may go.
      try FileManager.default.removeItem(atPath: folder + "/mood.csv")
      let said = try Programme.run(
        ["predict", run, "t.csv", "--label-column", "score", "-o", "said.csv"], in: folder)
      #expect(said.status == 0, "\(said.errors)")
      let (all, own) = (
        try predictions(folder + "/said.csv"), try predictions(run + "/predictions-test.csv")
      )
      #expect(all.count == 190 && own.count == 40)
      for (name, row) in own {
        let again = try #require(all[name])
        #expect(close(again.said, row.said, relative: 1e-4, absolute: 1e-5), "\(name)")
      }
      let judged = try Programme.run(
        ["evaluate", run, "--resamples", "0", "--json"], in: folder)
      #expect(judged.status == 0 && judged.output.contains("\"mae\""), "\(judged.errors)")
      // Rows of other data that the model has not learned from.
      try FileManager.default.createDirectory(
        atPath: folder + "/elsewhere", withIntermediateDirectories: false)
      try table(folder + "/elsewhere/new.csv", seed: 77, parts: [("test", 30)])
      let other = try Programme.run(
        [
          "evaluate", run, "--data", "elsewhere/new.csv", "--label-column", "score", "--resamples",
          "0",
          "--json",
        ], in: folder)
      #expect(other.status == 0 && other.output.contains("\"mae\""), "\(other.errors)")
      // What the model has learned from is refused.
      let seen = try Programme.run(
        ["evaluate", run, "--data", "t.csv", "--split", "all", "--label-column", "score"],
        in: folder)
      #expect(seen.status == 2, "\(seen.errors)")

      try AtomicFile.write("id,dose\na,1\nb,2\n", to: folder + "/bare.csv")
      let bare = try Programme.run(["predict", run, "bare.csv"], in: folder)
      #expect(bare.status == 2, "\(bare.errors)")
      #expect(
        bare.errors.contains("bare.csv:1: no column 'essay' for the text; found: id, dose"),
        "\(bare.errors)")
    }
  }

  @Test func optionsThatDoNotFitAreRefused() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv", seed: 1, parts: Self.few)
      // What inspect takes, train takes.
      let looked = try Programme.run(
        [
          "inspect", "t.csv", "--input", "features", "--label-column", "score", "--text-columns",
          "essay", "--json",
        ], in: folder)
      #expect(!looked.errors.contains("no column of numbers"), "\(looked.errors)")
      let idle = try Programme.run(
        [
          "train", "t.csv", "--input", "features", "--label-column", "score", "--lexicon",
          "mood.csv", "--dry-run",
        ],
        in: folder)
      #expect(idle.status != 0)
      #expect(
        idle.errors.contains(
          "--lexicon is about columns of text, and none is named; name them with --text-columns, or leave it out"
        ),
        "\(idle.errors)")
      let kind = try Programme.run(
        ["train", "t.csv", "--label-column", "score", "--text-columns", "essay", "--dry-run"],
        in: folder)
      #expect(
        kind.status == 2 && kind.errors.contains("Options for it: --input features"),
        "\(kind.errors)")
      let slots = try train("t.csv", "s", ["--text-slots", "1000"], in: folder)
      #expect(
        slots.status != 0 && slots.errors.contains("a power of two from 256 to 262144"),
        "\(slots.errors)")
      let gone = try train("t.csv", "g", ["--lexicon", "none.csv"], in: folder)
      #expect(gone.status == 2 && gone.errors.contains("none.csv"), "\(gone.errors)")
    }
  }

  /// Texts of the test rows are other ones, and the model has the same bytes.
  @Test func noTestRowChangesTheModel() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/a.csv", seed: 4, parts: Self.few)
      try table(folder + "/b.csv", seed: 4, parts: Self.few, changingTests: true)
      try AtomicFile.write("word,score\nup0,1\nother,-1\n", to: folder + "/mood.csv")
      for name in ["a", "b"] {
        let trained = try train(
          "\(name).csv", name,
          [
            "--text-size", "4", "--lexicon", "mood.csv", "--epochs", "2", "-b", "16",
            "--allow-leakage",
          ],
          in: folder)
        #expect(trained.status == 0, "\(trained.errors)")
      }
      let models = try ["a", "b"].map {
        try FileBytes.read(folder + "/runs/\($0)/model.safetensors")
      }
      #expect(models[0] == models[1])
      let tests = try ["a", "b"].map {
        try predictions(folder + "/runs/\($0)/predictions-test.csv")
      }
      #expect(tests[0].values.map(\.said).sorted() != tests[1].values.map(\.said).sorted())
    }
  }

  @Test func eachFoldFitsItsOwn() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv", seed: 5, parts: [("train", 90)])
      let ended = try Programme.run(
        [
          "crossfit", "t.csv", "--input", "features", "--label-column", "score", "--task", "number",
          "--text-columns", "essay", "--text-size", "3", "--text-slots", "512", "--folds", "2",
          "--model",
          "linear", "--epochs", "1", "-b", "16", "--threads", "1", "--no-tensorboard",
          "--output-dir", "runs",
          "--experiment", "c",
        ], in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(try predictions(folder + "/runs/c/predictions-crossfit.csv").count == 90)
      let models = try (1...2).map {
        try FileBytes.read(folder + "/runs/c/fold-\($0)/model.safetensors")
      }
      #expect(models[0] != models[1])
    }
  }

  /// MAE of the extremes falls by 15 % at least under weights by density, and Pearson's r by .02 at most: means over three draws of
  /// the data. With the scores permuted nothing is left to learn.
  @Test func weightsByDensityHelpTheExtremesOfTexts() throws {
    try withTemporaryFolder { folder in
      let settings = ["--text-size", "3", "--epochs", "15", "-b", "64", "--eval-metric", "rmse"]
      func found(_ data: String, _ method: String, _ name: String) throws -> (
        mae: Double, r: Double
      ) {
        let trained = try train(data, name, settings + ["--method", method], in: folder)
        #expect(trained.status == 0, "\(trained.errors)")
        let rows = try predictions(folder + "/runs/\(name)/predictions-test.csv").values
          .map { (truth: try #require($0.truth), said: $0.said) }
        let extremes = rows.filter { abs($0.truth) > 2 }
        #expect(extremes.count > 10)
        let mae = extremes.reduce(0) { $0 + abs($1.said - $1.truth) } / Double(extremes.count)
        return (mae, pearson(rows.map(\.truth), rows.map(\.said)))
      }
      var (fall, loss) = (0.0, 0.0)
      for seed in 1...3 {
        try table(folder + "/\(seed).csv", seed: UInt64(seed))
        let plain = try found("\(seed).csv", "squared-error", "plain-\(seed)")
        let weighted = try found("\(seed).csv", "density-weighted", "weighted-\(seed)")
        #expect(plain.r > 0.6, "\(plain.r)")
        fall += (1 - weighted.mae / plain.mae) / 3
        loss += (plain.r - weighted.r) / 3
      }
      #expect(fall >= 0.15, "\(fall)")
      #expect(loss <= 0.02, "\(loss)")
      try table(folder + "/p.csv", seed: 1, permuted: true)
      let permuted = try found("p.csv", "squared-error", "permuted")
      #expect(abs(permuted.r) < 0.15, "\(permuted.r)")
    }
  }

  private func pearson(_ x: [Double], _ y: [Double]) -> Double {
    let count = Double(x.count)
    let (a, b) = (x.reduce(0, +) / count, y.reduce(0, +) / count)
    let products = zip(x, y).reduce(0) { $0 + ($1.0 - a) * ($1.1 - b) }
    let squares =
      x.reduce(0) { $0 + ($1 - a) * ($1 - a) } * y.reduce(0) { $0 + ($1 - b) * ($1 - b) }
    return squares > 0 ? products / squares.squareRoot() : 0
  }
}
