import Boosting
import Files
import Foundation
import Randomness
import TestSupport
import Testing

/// Tables with missing cells and categories, trained on as a user does.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct TableRunTests {
  static let isInstalled = (try? LightGBM.library()) != nil

  /// Rows whose class the sex tells in 9 of 10; 1 of 6 ages is missing. Sites of the test part are partly new, and its doses
  /// partly missing.
  private func table(
    _ path: String, seed: UInt64 = 1,
    parts: [(name: String, count: Int)] = [("train", 180), ("val", 60), ("test", 90)],
    order: [String] = ["id", "split", "age", "sex", "site", "dose", "note", "label"],
    changing change: (_ part: String, _ cells: inout [String: String]) -> Void = { _, _ in }
  ) throws {
    var source = RandomSource(seed: seed)
    var lines = [order.joined(separator: ",")]
    for part in parts {
      for _ in 0..<part.count {
        let number = lines.count
        let isMale = source.uniform() < 0.5
        let isSick = isMale == (source.uniform() < 0.9)
        let isLate = part.name == "test" && number % 9 == 0
        var cells = [
          "id": "r\(number)", "split": part.name, "sex": isMale ? "m" : "f",
          "age": source.uniform() < 1.0 / 6 ? "NA" : "\(30 + source.below(50))",
          "site": isLate ? "knee" : ["hand", "foot", "head"][source.below(3)],
          "dose": isLate ? "" : "\(source.normal())", "note": "seen as number \(number)",
          "label": isSick ? "sick" : "well",
        ]
        change(part.name, &cells)
        lines.append(order.map { cells[$0] ?? "" }.joined(separator: ","))
      }
    }
    try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: path)
  }

  private func train(
    _ data: String, _ name: String, _ arguments: [String] = [], in folder: String
  ) throws -> Programme.Result {
    try Programme.run(
      [
        "train", data, "--input", "features", "--method", "erm", "--lr", "0.1", "--epochs", "6",
        "-b", "16", "--threads", "1", "--no-tensorboard", "--output-dir", "runs", "--experiment",
        name,
      ] + arguments, in: folder)
  }

  /// Truth, answer and the probability of `sick` of each row, by its name.
  private func predictions(
    _ path: String
  ) throws -> [String: (truth: String?, said: String, sick: Double)] {
    var reader = try DelimitedReader(path: path)
    let (name, truth, said, sick) = (
      try #require(reader.columns.firstIndex(of: "path")), reader.columns.firstIndex(of: "y_true"),
      try #require(reader.columns.firstIndex(of: "y_pred")),
      try #require(reader.columns.firstIndex(of: "prob_sick"))
    )
    var found: [String: (truth: String?, said: String, sick: Double)] = [:]
    while let row = try reader.next() {
      found[row.fields[name]] = (
        truth.map { row.fields[$0] }, row.fields[said], try #require(Double(row.fields[sick]))
      )
    }
    return found
  }

  @Test func aTableEndToEnd() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let trained = try train("t.csv", "r", in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      for words in [
        "5 columns as features",
        "columns: 2 of numbers, 2 of categories, 1 of them with missing cells; 1 left out",
        "of the training part are missing in 'age': the median of the column stands there, and an indicator beside it",
        "'sex' is read as categories: 'f', 'm'\n",
        "'site' is read as categories: 'foot', 'hand', 'head'\n",
        "the column 'note' is left out: 180 different entries in 180 training rows are ids or free text; --text-columns"
          + " note makes features of texts, --categorical-columns note of categories",
        "'site': 10 rows have what no training row has ('knee'), so that no category is theirs",
        "'dose': 10 rows have no number, where the training part has all; the median of training, ",
        "features: 8 numbers a row, each centred and scaled",
      ] { #expect(trained.errors.contains(words), "\(words)\n\(trained.errors)") }
      let run = folder + "/runs/r"
      let own = try predictions(run + "/predictions-test.csv")
      #expect(own.count == 90)
      #expect(own.values.count { $0.truth == $0.said } >= 72)

      // The columns in another order, without what is left out and without a class, and one that the model does not know.
      try table(
        folder + "/other.csv", order: ["dose", "height", "site", "id", "sex", "age"])
      let said = try Programme.run(["predict", run, "other.csv", "-o", "said.csv"], in: folder)
      #expect(said.status == 0, "\(said.errors)")
      #expect(said.errors.contains("left alone, as the model does not know them: 'height'"))
      #expect(said.errors.contains("'site': 10 rows have what no training row has ('knee')"))
      let all = try predictions(folder + "/said.csv")
      for (name, row) in own {
        let again = try #require(all[name])
        #expect(close(again.sick, row.sick, relative: 1e-4, absolute: 1e-5), "\(name)")
      }
      let judged = try Programme.run(
        ["evaluate", run, "--resamples", "0", "--json"], in: folder)
      #expect(judged.status == 0, "\(judged.errors)")
      #expect(judged.errors.contains("'site': 10 rows have what no training row has ('knee')"))
      let resumed = try Programme.run(["train", "--resume", "runs/r", "-q"], in: folder)
      #expect(resumed.status == 0, "\(resumed.errors)")
      // Rows that the model has learned from are found in any order of the columns.
      try table(
        folder + "/seen.csv",
        order: ["label", "dose", "note", "site", "id", "sex", "age", "split"])
      let seen = try Programme.run(
        ["evaluate", run, "--data", "seen.csv", "--split", "all"], in: folder)
      #expect(seen.status == 2 && !seen.errors.contains("no column"), "\(seen.errors)")
    }
  }

  @Test func whatDoesNotFitTheModelIsNamed() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      #expect(try train("t.csv", "r", in: folder).status == 0)
      func predict(_ text: String) throws -> Programme.Result {
        try AtomicFile.write(text, to: folder + "/new.csv")
        return try Programme.run(["predict", "runs/r", "new.csv"], in: folder)
      }
      let bare = try predict("id,sex,site,dose\na,m,hand,1\n")
      #expect(bare.status == 2)
      #expect(
        bare.errors.contains(
          "no column 'age', which the model was trained on; found: sex, site, dose; give it a table with the columns of"
            + " its training"), "\(bare.errors)")
      let without = try predict("id,age,site,dose\na,1,hand,1\n")
      #expect(without.status == 2)
      #expect(
        without.errors.contains("new.csv:1: no column 'sex' for the category; "),
        "\(without.errors)")
      let word = try predict("id,age,sex,site,dose\na,old,m,hand,1\nb,40,f,foot,2\n")
      #expect(word.status == 2)
      #expect(
        word.errors.contains(
          "new.csv:2: the value of 'age' is 'old', and most training cells of the column are numbers"
        )
          && word.errors.contains(
            "Option of train for columns of categories: --categorical-columns"),
        "\(word.errors)")
      // The same where it stands in the table of a run.
      try table(folder + "/w.csv") { part, cells in
        if part == "val", cells["id"] == "r200" { cells["age"] = "old" }
      }
      let refused = try train("w.csv", "w", in: folder)
      #expect(refused.status == 2)
      #expect(
        refused.errors.contains("w.csv:201: the value of 'age' is 'old'"), "\(refused.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder + "/runs/w"))
      let pictures = try Programme.run(
        ["train", "t.csv", "--categorical-columns", "sex", "--dry-run"], in: folder)
      #expect(pictures.status == 2)
      #expect(
        pictures.errors.contains("Options for it: --input features, --categorical-columns"),
        "\(pictures.errors)")
    }
  }

  /// Other cells in the test part, and the model has the same bytes.
  @Test func noTestRowChangesTheModel() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/a.csv")
      try table(folder + "/b.csv") { part, cells in
        guard part == "test" else { return }
        (cells["age"], cells["sex"], cells["dose"]) = ("", "unknown", "1e9")
      }
      for name in ["a", "b"] {
        let trained = try train("\(name).csv", name, ["--allow-leakage"], in: folder)
        #expect(trained.status == 0, "\(trained.errors)")
      }
      let models = try ["a", "b"].map {
        try FileBytes.read(folder + "/runs/\($0)/model.safetensors")
      }
      #expect(models[0] == models[1])
      let said = try ["a", "b"].map {
        try predictions(folder + "/runs/\($0)/predictions-test.csv").values.map(\.sick).sorted()
      }
      #expect(said[0] != said[1])
    }
  }

  @Test func codesAreCategoriesWhereTheyAreNamed() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv") { _, cells in
        cells["site"] = ["hand": "1", "foot": "2", "head": "3", "knee": "4"][cells["site"] ?? ""]
      }
      let asNumbers = try train("t.csv", "n", in: folder)
      #expect(
        asNumbers.status == 0 && asNumbers.errors.contains("features: 6 numbers a row"),
        "\(asNumbers.errors)")
      let named = try train("t.csv", "c", ["--categorical-columns", "site"], in: folder)
      #expect(named.status == 0, "\(named.errors)")
      #expect(named.errors.contains("'site' is read as categories: '1', '2', '3'\n"))
      #expect(named.errors.contains("features: 8 numbers a row"))
      let config = String(
        decoding: try FileBytes.read(folder + "/runs/c/config.yaml"), as: UTF8.self)
      #expect(
        config.contains("categorical-columns: [site]") && config.contains("category-least: 5"))
      // What inspect takes, train takes; a model needs no option.
      let looked = try Programme.run(
        ["inspect", "t.csv", "--input", "features", "--categorical-columns", "site"], in: folder)
      #expect(
        looked.output.contains(
          "columns: 2 of numbers, 2 of categories, 1 of them with missing cells; 1 left out"),
        "\(looked.output)\(looked.errors)")
      for command in [["predict", "runs/c", "t.csv"], ["evaluate", "runs/c", "--resamples", "0"]] {
        let result = try Programme.run(command, in: folder)
        #expect(result.status == 0, "\(command): \(result.errors)")
      }
    }
  }

  @Test func eachFoldFitsItsOwn() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv", parts: [("train", 90)])
      let ended = try Programme.run(
        [
          "crossfit", "t.csv", "--input", "features", "--folds", "2", "--epochs", "1", "-b", "16",
          "--threads", "1", "--no-tensorboard", "--output-dir", "runs", "--experiment", "c",
        ], in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(try predictions(folder + "/runs/c/predictions-crossfit.csv").count == 90)
      let models = try (1...2).map {
        try FileBytes.read(folder + "/runs/c/fold-\($0)/model.safetensors")
      }
      #expect(models[0] != models[1])
    }
  }

  @Test(.enabled(if: isInstalled, "LightGBM is not installed; see STEELYARD_LIGHTGBM"))
  func treesSplitAtMissingNumbers() throws {
    try withTemporaryFolder { folder in
      // Whether the age is missing says the class.
      try table(folder + "/t.csv") { _, cells in
        cells["label"] = cells["age"] == "NA" ? "sick" : "well"
      }
      let trained = try Programme.run(
        [
          "train", "t.csv", "--input", "features", "--method", "lightgbm", "--set", "least=5",
          "--set", "rounds=40", "--threads", "1", "--output-dir", "runs", "--experiment", "r",
        ], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(trained.errors.contains("they stay missing, for the method splits at them"))
      #expect(
        trained.errors.contains("features: 7 numbers a row, as they are"), "\(trained.errors)")
      let own = try predictions(folder + "/runs/r/predictions-test.csv")
      #expect(own.count == 90 && own.values.count { $0.truth == $0.said } >= 85)
      for command in [["predict", "runs/r", "t.csv"], ["evaluate", "runs/r", "--resamples", "0"]] {
        let result = try Programme.run(command, in: folder)
        #expect(result.status == 0, "\(command): \(result.errors)")
      }
    }
  }
}
