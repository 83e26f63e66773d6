import Files
import Foundation
import Runs
import SteelyardCommand
import TestSupport
import Testing

/// `--class-weights` from a file to the run's record, and where it is refused.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct ClassWeightsTests {
  private static let flags = [
    "--model", "resnet20", "--img-size", "16", "--epochs", "1", "--batch-size", "8", "--threads",
    "1", "--amp", "off", "--no-tensorboard",
  ]

  private func withImages<R>(_ body: (String, [String]) throws -> R) throws -> R {
    try withTemporaryFolder { folder in
      _ = try DemoFolder(folder).draw(
        DemoSet(seed: 1, side: 16, most: 24, ratio: 4, testPerClass: 3), threads: 2)
      let kinds = try FileManager.default.contentsOfDirectory(atPath: folder + "/images/train")
      return try body(folder, kinds.sorted())
    }
  }

  /// The run holds the weights, so that it goes on without the file.
  @Test func theRunHoldsThem() throws {
    try withImages { folder, kinds in
      let rows = kinds.enumerated().map { "\($1),\($0 + 1)\n" }
      try AtomicFile.write("name,weight\n" + rows.joined(), to: folder + "/w.csv")
      let words = ["train", "images", "--method", "erm", "--class-weights", "w.csv"] + Self.flags
      let trained = try Programme.run(words + ["--experiment", "run"], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(trained.errors.contains("class weights: \(kinds[0]) "))
      let config = try String(contentsOfFile: folder + "/runs/run/config.yaml", encoding: .utf8)
      #expect(config.contains("class-weights: {"), "\(config)")
      #expect(config.contains("\(kinds[1]): 2"))
      try FileManager.default.removeItem(atPath: folder + "/w.csv")
      let resumed = try Programme.run(["train", "--resume", "runs/run"], in: folder)
      #expect(resumed.status == 0, "\(resumed.errors)")
      let lost = try Programme.run(words + ["--experiment", "other"], in: folder)
      #expect(lost.status != 0 && lost.errors.contains("there is no file"), "\(lost.errors)")
    }
  }

  @Test func refusedByName() throws {
    try withImages { folder, _ in
      for (method, reason) in [
        ("squared-error", "has a stage that cannot weigh rows by their class"),
        ("supcon", "has a stage that compares features, where no row's class has a loss to weigh"),
        ("logistic", "fits its last layer at once, and --class-weights weigh the loss of steps"),
      ] {
        let words = ["train", "images", "--method", method, "--class-weights", "inverse"]
        let refused = try Programme.run(words + Self.flags + ["--dry-run"], in: folder)
        #expect(refused.status != 0)
        #expect(
          refused.errors.contains(
            "\(method) \(reason); leave out --class-weights, or choose one of: erm, class-balanced"),
          "\(refused.errors)")
      }
      for method in ["bbn", "sade", "tlc", "fixmatch", "mean-teacher"] {
        let words = ["train", "images", "--method", method, "--class-weights", "inverse"]
        let taken = try Programme.run(words + Self.flags + ["--dry-run"], in: folder)
        #expect(taken.status == 0, "\(method): \(taken.errors)")
      }
    }
  }

  /// Weights that begin to hold late are told and kept; a beginning of no weights is refused.
  @Test func deferred() throws {
    try withImages { folder, _ in
      let plain = ["train", "images", "--method", "erm", "--dry-run", "--json"] + Self.flags
      let late = plain + ["--class-weights-start", "0.5"]
      let said = try Programme.run(late + ["--class-weights", "inverse"], in: folder)
      #expect(said.status == 0, "\(said.errors)")
      #expect(said.errors.contains("; from 0.500 of each stage on"), "\(said.errors)")
      #expect(said.output.contains("class-weights-start: 0.5"), "\(said.output)")
      let refused = try Programme.run(late, in: folder)
      #expect(refused.status == 64)
      #expect(refused.errors.contains("--class-weights-start says when --class-weights begin"))
    }
  }

  @Test func saysWhenItIsCorrectedTwice() throws {
    try withImages { folder, _ in
      let words = ["train", "images", "--method", "class-balanced", "--class-weights", "inverse"]
      let said = try Programme.run(words + Self.flags + ["--dry-run", "--json"], in: folder)
      #expect(said.status == 0)
      #expect(said.errors.contains("corrected twice: next to "), "\(said.errors)")
      #expect(said.output.contains("class-weights: inverse"))
    }
  }

  /// Shares of classes from the command line to what is drawn and to the run's record; refused where the method draws itself.
  @Test func sharesOfClasses() throws {
    try withImages { folder, kinds in
      let shares = kinds.enumerated().map { "\($1)=\($0 + 1)" }.joined(separator: ",")
      let words = ["train", "images", "--method", "erm", "--class-mass", shares] + Self.flags
      let trained = try Programme.run(words + ["--experiment", "run"], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(trained.errors.contains("class mass: rows are drawn as \(kinds[0]) "))
      let config = try String(contentsOfFile: folder + "/runs/run/config.yaml", encoding: .utf8)
      #expect(config.contains("class-mass: {"), "\(config)")
      for (method, reason) in [
        ("class-balanced", "says itself in what shares classes are drawn (ClassBalancedSampler)"),
        ("balanced-mixup", "says itself in what shares classes are drawn (ClassBalancedSampler)"),
        ("logistic", "fits its last layer to all rows and draws none"),
      ] {
        let words = ["train", "images", "--method", method, "--class-mass", shares]
        let refused = try Programme.run(words + Self.flags + ["--dry-run"], in: folder)
        #expect(refused.status != 0)
        #expect(
          refused.errors.contains(
            "\(method) \(reason); leave out --class-mass, or choose one of: erm, mixup"),
          "\(refused.errors)")
      }
      let some = try Programme.run(
        ["train", "images", "--method", "erm", "--class-mass", "\(kinds[0])=1"] + Self.flags,
        in: folder)
      #expect(
        some.errors.contains("class-mass: '\(kinds[1])' has no share; give one for every class"))
    }
  }

  /// Rows of buckets of classes from the command line to what is drawn and to the run's record; not together with shares, and
  /// refused where the method draws itself.
  @Test func bucketsOfClasses() throws {
    try withImages { folder, kinds in
      let buckets = "\(kinds[0])=3,\(kinds.dropFirst().joined(separator: "+"))=1"
      let words = ["train", "images", "--method", "erm", "--buckets", buckets] + Self.flags
      let trained = try Programme.run(words + ["--experiment", "run"], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(
        trained.errors.contains("buckets: of 4 rows in a row, 3 of \(kinds[0]), 1 of \(kinds[1])"),
        "\(trained.errors)")
      let config = try String(contentsOfFile: folder + "/runs/run/config.yaml", encoding: .utf8)
      #expect(config.contains("buckets: {"), "\(config)")
      let both = try Programme.run(words + ["--class-mass", "\(kinds[0])=1"], in: folder)
      #expect(both.status == 64)
      #expect(both.errors.contains("--class-mass and --buckets both say what is drawn"))
      let normals = try Programme.run(words + ["--hard-normals", "hand=yes"], in: folder)
      #expect(normals.status == 64)
      #expect(normals.errors.contains("--hard-normals is of several labels"), "\(normals.errors)")
      let refused = try Programme.run(
        ["train", "images", "--method", "class-balanced", "--buckets", buckets, "--dry-run"]
          + Self.flags, in: folder)
      #expect(refused.status == 64)
      #expect(
        refused.errors.contains(
          "(ClassBalancedSampler); leave out --buckets, or choose one of: erm, mixup"),
        "\(refused.errors)")
    }
  }

  /// A τ that is chosen on validation is said, and stands in the run.
  @Test func theChosenTau() throws {
    try withImages { folder, _ in
      let words = [
        "train", "images", "--method", "logit-adjustment-posthoc", "--set", "search=true",
      ]
      let trained = try Programme.run(words + Self.flags + ["--experiment", "run"], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(
        (trained.errors + trained.output).contains("chosen on validation, balanced accuracy "))
      let record = try ChoicesRecord.read(folder + "/runs/run/choices.json")
      #expect(record.choices.map(\.name) == ["tau"] && record.choices[0].stage == 1)
    }
  }
}
