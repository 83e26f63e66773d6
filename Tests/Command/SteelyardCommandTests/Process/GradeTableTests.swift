import Evaluation
import Files
import Foundation
import Randomness
import Runs
import SteelyardCommand
import TestSupport
import Testing

/// Grades of rows of numbers, from `train --order` to `predict`.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct GradeTableTests {
  private static let order = "none,mild,severe,fatal"
  private static let flags = [
    "--input", "features", "--epochs", "2", "--batch-size", "64", "--threads", "1", "--amp", "off",
    "--no-tensorboard",
  ]

  /// 600 rows whose last grade is one in thirty; the names are not in the order of text.
  private func withTable<R>(_ body: (String) throws -> R) throws -> R {
    try withTemporaryFolder { folder in
      var source = RandomKey(seed: 5).source
      let names = Self.order.split(separator: ",")
      let rows = (0..<600).map { _ -> String in
        let x = (0..<3).map { _ in source.normal() }
        let grade = [0.2, 1.2, 2.3].count { x[0] - x[1] / 2 + source.normal() / 2 > $0 }
        return x.map { "\($0)" }.joined(separator: ",") + ",\(names[grade])\n"
      }
      try AtomicFile.write("a,b,c,label\n" + rows.joined(), to: folder + "/grades.csv")
      return try body(folder)
    }
  }

  private func train(_ method: String, _ more: [String] = [], in folder: String) throws
    -> Programme.Result
  {
    try Programme.run(
      ["train", "grades.csv", "--method", method, "--experiment", method] + Self.flags + more,
      in: folder)
  }

  @Test(arguments: ["proportional-odds", "presto", "coral"])
  func fromTrainingToPrediction(method: String) throws {
    try withTable { folder in
      let trained = try train(method, ["--order", Self.order], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(
        trained.errors.contains(
          "grades: \(method) takes the classes for grades in this order: none < mild < severe < fatal\n"
        ),
        "\(trained.errors)")
      #expect(trained.errors.contains("fitted: ") == (method != "coral"), "\(trained.errors)")
      let directory = try RunDirectory(existing: folder + "/runs/\(method)")
      let test = try Predictions.read(directory.predictions("test"))
      #expect(test.classes == ["none", "mild", "severe", "fatal"])
      let marks = try #require(test.columns.first { $0.name == "straightened" }).values
      #expect(Set(marks).isSubset(of: ["0", "1"]))
      let count = marks.count { $0 == "1" }
      let words = "rises somewhere with k in \(count) of \(marks.count) rows"
      #expect(trained.errors.contains("test: grades: P(y > k) \(words)"), "\(trained.errors)")
      let metrics = try #require(try Judgement.readIfPresent(directory.metrics("test")))
      #expect(metrics.report.areOrdered)
      if method != "coral" {
        #expect(try #require(metrics.report["cohen_kappa_quadratic"]) > 0.5)
      }
      let again = try Programme.run(
        ["predict", "runs/\(method)", "grades.csv", "--output", "again.csv"], in: folder)
      #expect(again.status == 0 && again.errors.contains("of 600 rows"), "\(again.errors)")
      for words in [["decide", "runs/\(method)"], ["evaluate", "runs/\(method)"]] {
        let done = try Programme.run(words, in: folder)
        #expect(done.status == 0, "\(words): \(done.errors)")
      }
    }
  }

  /// The order that was given is one of grades for any method's report.
  @Test func anyMethodsReport() throws {
    try withTable { folder in
      for (more, isOrdered) in [(["--order", Self.order], true), ([], false)] {
        let run = try train("logistic", more + ["--experiment", "l\(isOrdered)"], in: folder)
        #expect(run.status == 0, "\(run.errors)")
        let directory = try RunDirectory(existing: folder + "/runs/l\(isOrdered)")
        let report = try #require(try Judgement.readIfPresent(directory.metrics("test"))).report
        #expect(report.areOrdered == isOrdered)
        #expect((report["cohen_kappa_quadratic"] != nil) == isOrdered)
      }
    }
  }

  @Test func refusals() throws {
    try withTable { folder in
      try AtomicFile.write("class\nnone\n", to: folder + "/names.csv")
      for (more, words) in [
        (["--order", "none,mild,severe"], "the class 'fatal'"),
        (["--order", "none,mild,severe,fatal,dead"], "no image has the class 'dead'"),
        (["--order", "none"], "at least two grades, each once"),
        (["--order", "none,mild,none"], "at least two grades, each once"),
        (
          ["--order", Self.order, "--class-names", "names.csv"],
          "--order and --class-names both say the order of the classes; give one of them"
        ),
        (
          ["--drop-class", "none", "--drop-class", "mild"],
          "presto needs 3 grades or more, and there are 2: fatal, severe; choose another method, such as logistic"
        ),
        (["--set", "penalise-first=maybe"], "penalise-first"),
        (["--class-weights", "inverse"], "fits its last layer at once"),
      ] {
        let refused = try train("presto", more, in: folder)
        #expect(refused.status != 0 && refused.errors.contains(words), "\(more): \(refused.errors)")
      }
      let said = try train("presto", ["--set", "penalise-first=true"], in: folder)
      #expect(
        said.status == 0
          && said.errors.contains("(that of text; --order NAME,NAME,… gives another)"))
    }
  }
}
