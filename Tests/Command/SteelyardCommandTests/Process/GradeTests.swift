import Evaluation
import Files
import Foundation
import Runs
import SteelyardCommand
import TestSupport
import Testing

/// Methods whose networks say something else than a logit a class, from `train` to `predict`.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct GradeTests {
  private static let flags = [
    "--model", "resnet20", "--img-size", "16", "--epochs", "1", "--batch-size", "8", "--threads",
    "1", "--amp", "off", "--no-tensorboard",
  ]

  /// Images whose labels are other words: `label` makes one of a class's place.
  private func withTable<R>(
    _ label: (Int) -> String, _ body: (String) throws -> R
  ) throws -> R {
    try withTemporaryFolder { folder in
      _ = try DemoFolder(folder).draw(
        DemoSet(seed: 1, side: 16, most: 24, ratio: 4, testPerClass: 3), threads: 2)
      let paths = try FileManager.default.subpathsOfDirectory(atPath: folder)
        .filter { $0.hasPrefix("images/") && $0.hasSuffix(".png") }.sorted()
      let kinds = Set(paths.map { $0.split(separator: "/")[2] }).sorted()
      let rows = paths.map { path -> String in
        let parts = path.split(separator: "/")
        return "\(path),\(label(kinds.firstIndex(of: parts[2]) ?? 0)),\(parts[1])\n"
      }
      try AtomicFile.write("path,label,split\n" + rows.joined(), to: folder + "/all.csv")
      return try body(folder)
    }
  }

  private func train(_ method: String, _ more: [String] = [], in folder: String) throws
    -> Programme.Result
  {
    try Programme.run(
      ["train", "all.csv", "--method", method, "--experiment", method] + Self.flags + more,
      in: folder)
  }

  @Test(arguments: ["sigmoid-bce", "corn", "coral", "squared-error"])
  func fromTrainingToPrediction(method: String) throws {
    try withTable({ "grade\($0)" }) { folder in
      let trained = try train(method, ["--set", "alpha=0.2"], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      let said = "grades: \(method) takes the classes for grades in this order: grade0 < grade1 <"
      #expect(trained.errors.contains(said) == (method != "sigmoid-bce"), "\(trained.errors)")
      let directory = try RunDirectory(existing: folder + "/runs/\(method)")
      let test = try Predictions.read(directory.predictions("test"))
      let classes = test.classes.count
      #expect(classes > 2)
      for row in 0..<test.paths.count {
        let p = test.probabilities[row * classes..<(row + 1) * classes]
        #expect(abs(p.reduce(0, +) - 1) < 1e-4 && p.allSatisfy { $0 >= 0 })
      }
      // The same model judges the same images to the same numbers; its features, its rule and an attack as well.
      for words in [
        [
          "predict", "runs/\(method)", "images/test", "--features", "features.npz", "--output",
          "again.csv",
        ],
        ["decide", "runs/\(method)"], ["evaluate", "runs/\(method)", "--attack", "1/255"],
      ] {
        let done = try Programme.run(words, in: folder)
        #expect(done.status == 0, "\(words): \(done.errors)")
      }
      func rows(_ table: Predictions) -> [String: [Double]] {
        Dictionary(
          uniqueKeysWithValues: table.paths.enumerated().map { row, path in
            let name = path.split(separator: "/").suffix(2).joined(separator: "/")
            return (name, Array(table.probabilities[row * classes..<(row + 1) * classes]))
          })
      }
      let (before, now) = (rows(test), rows(try Predictions.read(folder + "/again.csv")))
      #expect(now.count == before.count)
      for (name, values) in before {
        #expect(difference(now[name] ?? [], values, absolute: 1e-5) == nil, "\(name)")
      }
    }
  }

  /// Numbers in the order of text are no grades: refused with the way out, which works.
  @Test func numbersInTheOrderOfText() throws {
    try withTable({ "\(8 + $0)" }) { folder in
      let refused = try train("corn", in: folder)
      #expect(refused.status != 0)
      #expect(
        refused.errors.contains(
          "corn takes the classes for grades in their order, and these numbers stand in that of text: 10, 11"
        ) && refused.errors.contains("give the order with --order 8,9,10"),
        "\(refused.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder + "/runs/corn"))
      // A method that asks for no order takes them as ever.
      #expect(try train("sigmoid-bce", in: folder).status == 0)
      let count = Set(
        try String(contentsOfFile: folder + "/all.csv", encoding: .utf8)
          .split(separator: "\n").dropFirst().map { $0.split(separator: ",")[1] }
      ).count
      let rows = (0..<count).map { "\(8 + $0),grade \(8 + $0)\n" }
      try AtomicFile.write("class,name\n" + rows.joined(), to: folder + "/names.csv")
      let trained = try train("corn", ["--class-names", "names.csv"], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(
        trained.errors.contains("in this order: grade 8 < grade 9 < grade 10"), "\(trained.errors)")
    }
  }
}
