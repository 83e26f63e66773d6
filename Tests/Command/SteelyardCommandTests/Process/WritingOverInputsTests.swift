import Files
import Foundation
import TestSupport
import Testing

/// Nothing that a command reads is written over, and no two things go into one file, with `--overwrite` too.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct WritingOverInputsTests
{
  private static let classes = """
    path,y_true,prob_cat,prob_dog
    1,cat,.8,.2
    2,cat,.6,.4
    3,dog,.2,.8
    4,dog,.6,.4
    5,cat,.7,.3
    6,dog,.1,.9

    """
  private static let numbers = """
    path,y_true,y_pred,fold
    1,1,1.2,1
    2,2,1.9,1
    3,3,3.3,2
    4,4,3.7,2

    """

  /// A folder with tables of classes and numbers.
  private func folder(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write(Self.classes, to: folder + "/t.csv")
      try AtomicFile.write(Self.numbers, to: folder + "/n.csv")
      try AtomicFile.write(Self.numbers, to: folder + "/m.csv")
      try body(folder)
    }
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try FileBytes.read(path), as: UTF8.self)
  }

  /// A link to the input is the input.
  @Test(arguments: [
    ["decide", "t.csv", "--output", "link.csv", "--overwrite"],
    ["ensemble", "n.csv", "m.csv", "--save", "./m.csv", "--overwrite"],
    ["study", "prevalence", "t.csv", "--csv", "t.csv"],
  ])
  func inputsStay(_ arguments: [String]) throws {
    try folder { folder in
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link.csv", withDestinationPath: folder + "/t.csv")
      let ended = try Programme.run(arguments, in: folder)
      #expect(ended.status == 64, "\(ended.status) \(ended.errors)")
      #expect(
        ended.errors.contains("is read here and would be written over; choose another name"),
        "\(ended.errors)")
      #expect(ended.output.isEmpty)
      #expect(try text(folder + "/t.csv") == Self.classes)
      #expect(
        try text(folder + "/n.csv") == Self.numbers && text(folder + "/m.csv") == Self.numbers)
    }
  }

  /// A model and what it says of rows: the rows stay, and features and predictions get files of their own; a run of classes
  /// is measured as nothing else.
  @Test func predictionsOfRows() throws {
    try withTemporaryFolder { folder in
      var lines = ["path,label,feature_0,feature_1"]
      for row in 0..<40 {
        lines.append(
          "r\(row),\(row % 4 == 0 ? "b" : "a"),\(row % 4 == 0 ? 3 : 0).\(row % 7),\(row % 5)")
      }
      let table = lines.joined(separator: "\n") + "\n"
      try AtomicFile.write(table, to: folder + "/f.csv")
      let trained = try Programme.run(
        [
          "train", "f.csv", "--method", "logistic", "--output", "runs", "--experiment", "r",
          "--threads", "1", "-q",
        ], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      let cases: [([String], String)] = [
        (
          ["predict", "runs/r", "f.csv", "--output", "f.csv", "--overwrite"],
          "output: f.csv is read here"
        ),
        (
          ["predict", "runs/r", "f.csv", "--features", "x.csv", "--output", "x.csv"],
          "--output and --features both name x.csv; give two files"
        ),
        (
          ["evaluate", "runs/r", "--task", "number"],
          "task: runs/r is a run of classes, not of numbers; leave --task out"
        ),
      ]
      for (arguments, words) in cases {
        let ended = try Programme.run(arguments, in: folder)
        #expect(
          ended.status == 64 && ended.errors.contains(words),
          "\(arguments): \(ended.status) \(ended.errors)")
      }
      #expect(try text(folder + "/f.csv") == table)
      #expect(!FilePath.isFile(folder + "/x.csv"))
    }
  }
}
