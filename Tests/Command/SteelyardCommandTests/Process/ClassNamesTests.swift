import Files
import Foundation
import Runs
import SteelyardCommand
import TestSupport
import Testing

/// Classes in an order of one's own, under names of one's own.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct ClassNamesCommandTests {
  private static let flags = [
    "--model", "resnet20", "--img-size", "16", "--batch-size", "16", "--threads", "1", "--amp",
    "off", "--no-tensorboard", "--epochs", "1",
  ]

  private func withImages<R>(_ body: (String, [String]) throws -> R) throws -> R {
    try withTemporaryFolder { folder in
      let set = DemoSet(seed: 1, side: 16, most: 24, ratio: 4, testPerClass: 3)
      _ = try DemoFolder(folder).draw(set, threads: 2)
      let classes = try FileManager.default.contentsOfDirectory(atPath: folder + "/images/train")
        .sorted()
      return try body(folder, classes)
    }
  }

  @Test func theModelHasThemAndTheRunKeepsThem() throws {
    try withImages { folder, classes in
      func run(_ arguments: String...) throws -> Programme.Result {
        try Programme.run(arguments, in: folder)
      }
      func record(_ run: String) throws -> DataRecord {
        try JSONFile.read(DataRecord.self, from: folder + "/runs/\(run)/data.json")
      }
      let order = Array(classes.reversed())
      let rows = order.map { "\($0),the \($0) one\n" }
      try AtomicFile.write("class,name\n" + rows.joined(), to: folder + "/names.csv")
      for (name, flags) in [("plain", []), ("named", ["--class-names", "names.csv"])] {
        let trained = try Programme.run(
          ["train", "images", "--experiment", name] + Self.flags + flags, in: folder)
        #expect(trained.status == 0, "\(trained.errors)")
      }
      let names = order.map { "the \($0) one" }
      #expect(try record("named").classes == names)
      #expect(try record("named").digest == record("plain").digest)
      let splits = ["named", "plain"].map { folder + "/runs/\($0)/split.csv" }
      #expect(try FileBytes.read(splits[0]) == FileBytes.read(splits[1]))

      let header = "path,y_pred," + names.map { "prob_\($0)" }.joined(separator: ",")
      let predicted = try run("predict", "runs/named", "images/test", "-q")
      #expect(predicted.output.hasPrefix(header), "\(predicted.output.prefix(200))")
      let report = try String(contentsOfFile: folder + "/runs/named/report.html", encoding: .utf8)
      #expect(report.contains(names[0]))

      // The run has a copy of its own, and other data may have the labels of the data.
      try FileManager.default.removeItem(atPath: folder + "/names.csv")
      let again = try run("evaluate", "runs/named")
      #expect(again.status == 0, "\(again.errors)")
      #expect(again.output.contains(names[0]))
      try FileManager.default.moveItem(atPath: folder + "/images/test", toPath: folder + "/other")
      let other = try run("evaluate", "runs/named", "--data", "other")
      #expect(other.status == 0, "\(other.errors)")
    }
  }

  @Test func resumingKeepsThem() throws {
    try withImages { folder, classes in
      try AtomicFile.write(classes.reversed().joined(separator: "\n"), to: folder + "/n.txt")
      let trained = try Programme.run(
        ["train", "images", "--experiment", "run", "--class-names", "n.txt"] + Self.flags,
        in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      try FileManager.default.removeItem(atPath: folder + "/n.txt")
      let resumed = try Programme.run(["train", "--resume", "runs/run"], in: folder)
      #expect(resumed.status == 0, "\(resumed.errors)")
      let record = try JSONFile.read(DataRecord.self, from: folder + "/runs/run/data.json")
      #expect(record.classes == classes.reversed())
    }
  }

  @Test func trainAndInspectRefuseTheSame() throws {
    try withImages { folder, classes in
      try AtomicFile.write(
        (classes.dropFirst() + ["none"]).joined(separator: "\n"), to: folder + "/n.txt")
      for command in ["train", "inspect"] {
        let ended = try Programme.run([command, "images", "--class-names", "n.txt"], in: folder)
        #expect(ended.status == 2)
        #expect(ended.errors.contains("the class '\(classes[0])' ("), "\(ended.errors)")
        #expect(ended.errors.contains("n.txt:\(classes.count): no image has the class 'none'"))
      }
      let dropped = try Programme.run(
        ["inspect", "images", "--class-names", "n.txt", "--drop-class", classes[0]], in: folder)
      #expect(!dropped.errors.contains("the class '\(classes[0])' ("), "\(dropped.errors)")
      try AtomicFile.write(
        classes.indices.map { "number \($0)" }.joined(separator: "\n"), to: folder + "/n.txt")
      for (number, name) in classes.enumerated() {
        for part in ["train", "test"] {
          try FileManager.default.moveItem(
            atPath: "\(folder)/images/\(part)/\(name)", toPath: "\(folder)/images/\(part)/\(number)"
          )
        }
      }
      let numbered = try Programme.run(
        ["inspect", "images", "--class-names", "n.txt"], in: folder)
      #expect(numbered.status == 0, "\(numbered.errors)")
      #expect(numbered.errors.contains("the labels are numbers, taken for lines of n.txt"))
      let places = try classes.indices.map {
        try #require(numbered.output.range(of: "number \($0)")).lowerBound
      }
      #expect(places == places.sorted())
    }
  }
}
