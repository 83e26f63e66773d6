import Datasets
import Files
import Foundation
import Networks
import Runs
import SteelyardCommand
import TestSupport
import Testing
import Torch
import Weights

/// Features once, heads in seconds, and models of pictures of them, as a person has it.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct EmbedTests {
  private static let computing = ["--threads", "1", "--batch-size", "8"]
  private static let flags = [
    "--threads", "1", "--amp", "off", "--no-tensorboard", "--seed", "1", "--quiet",
  ]

  /// Pictures in `images`, and weights of a small network in `w.safetensors`.
  private func withImages(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let set = DemoSet(seed: 1, side: 16, most: 24, ratio: 4, testPerClass: 6)
      _ = try DemoFolder(folder).draw(set, threads: 2)
      for (name, seed) in [("w", UInt64(1)), ("other", 2)] {
        let network = try Architectures.named("resnet20").build(
          classes: 5, using: Generator(seed: seed))
        try Safetensors.write(network.stateDict, to: "\(folder)/\(name).safetensors")
      }
      try body(folder)
    }
  }

  private func embed(
    _ folder: String, _ output: String = "f.npz", _ more: [String] = []
  ) throws -> Programme.Result {
    try Programme.run(
      [
        "embed", "images", "--model", "resnet20", "--pretrained", "w.safetensors", "--output",
        output,
      ] + Self.computing + more, in: folder)
  }

  private func run(_ arguments: [String], _ folder: String) throws -> Programme.Result {
    let result = try Programme.run(arguments, in: folder)
    #expect(result.status == 0, "\(arguments): \(result.errors)")
    return result
  }

  /// From pictures to features to a head that predicts from pictures, and what it says is what the run on features said.
  @Test func fromPicturesToAModelOfPictures() throws {
    try withImages { folder in
      let embedded = try embed(folder)
      #expect(embedded.status == 0, "\(embedded.errors)")
      #expect(embedded.output.contains("× 64 numbers of resnet20"), "\(embedded.output)")
      #expect(!FilePath.isFolder(folder + "/f.npz.parts"))
      let names = Set(try NpzArchive(path: folder + "/f.npz").names)
      #expect(
        names == [
          "features", "ids", "labels", "splits", "origin", "weights_digest",
          "preprocessing_digest",
        ])
      for (method, head) in [
        ("logistic", []), ("knn", []), ("balanced-mixup", ["--model", "mlp", "--epochs", "2"]),
      ] {
        _ = try run(
          [
            "train", "f.npz", "--method", method, "--backbone", "w.safetensors", "--experiment",
            method,
          ] + head + Self.flags, folder)
        let directory = try RunDirectory(existing: folder + "/runs/" + method)
        _ = try run(["predict", "runs/\(method)", "images", "-o", "\(method).csv"], folder)
        let pictures = try rows(folder + "/\(method).csv")
        let features = try rows(directory.predictions("test"))
        #expect(!features.isEmpty)
        for (path, expected) in features {
          let found = try #require(pictures["images/" + path], "\(path)")
          #expect(difference(found, expected, absolute: 2e-4) == nil, "\(method), \(path)")
        }
        for command in [
          ["predict", "runs/\(method)", "f.npz"], ["evaluate", "runs/\(method)"],
          ["decide", "runs/\(method)"], ["report", "runs/\(method)"],
        ] {
          _ = try run(command, folder)
        }
      }
    }
  }

  /// Features of pictures and reports of another table, joined by the paths that stand with the features as ids.
  @Test func reportsStandBesideFeaturesOfPictures() throws {
    try withImages { folder in
      #expect(try embed(folder).status == 0)
      let ids = try NpzArchive(path: folder + "/f.npz").names(in: "ids")
      let reports = ids.enumerated().map { "\($1),word\($0 % 5) word\($0 % 3)" }
      try AtomicFile.write(
        (["path,report"] + reports.dropFirst()).joined(separator: "\n") + "\n",
        to: folder + "/reports.csv")
      let trained = try run(
        [
          "train", "f.npz", "--method", "logistic", "--text-table", "reports.csv",
          "--text-columns", "report", "--text-size", "4", "--experiment", "told",
        ] + Self.flags.dropLast(), folder)
      for words in [
        "the texts of \(ids.count - 1) rows are those that reports.csv has for their names, in 'path'",
        "1 row is not in reports.csv (first \(ids[0])) and has an empty text",
        "features: 68 numbers a row",
      ] { #expect(trained.errors.contains(words), "\(words)\n\(trained.errors)") }
      _ = try run(["predict", "runs/told", "f.npz", "--text-table", "reports.csv"], folder)
      let bare = try Programme.run(["predict", "runs/told", "f.npz"], in: folder)
      #expect(bare.status == 2 && bare.errors.contains("--text-table"), "\(bare.errors)")
      let judged = try run(["evaluate", "runs/told", "--resamples", "0"], folder)
      #expect(judged.output.contains("mcc"))
    }
  }

  /// Probabilities by path.
  private func rows(_ path: String) throws -> [String: [Double]] {
    var reader = try DelimitedReader(path: path)
    let columns = reader.columns.indices.filter { reader.columns[$0].hasPrefix("prob_") }
    var rows: [String: [Double]] = [:]
    while let row = try reader.next() {
      rows[row.fields[0]] = columns.compactMap { Double(row.fields[$0]) }
    }
    return rows
  }

  /// A head on features is what the same method makes of the network itself.
  @Test func featuresAndTheNetworkItselfHaveOneAnswer() throws {
    try withImages { folder in
      #expect(try embed(folder).status == 0)
      _ = try run(
        ["train", "f.npz", "--method", "knn", "--experiment", "rows"] + Self.flags, folder)
      _ = try run(
        [
          "train", "images", "--model", "resnet20", "--pretrained", "w.safetensors", "--method",
          "knn", "--experiment", "pictures", "--augment", "none",
        ] + Self.flags, folder)
      let (rows, pictures) = (
        try rows(folder + "/runs/rows/predictions-test.csv"),
        try self.rows(folder + "/runs/pictures/predictions-test.csv")
      )
      #expect(Set(rows.keys) == Set(pictures.keys))
      for (path, p) in rows {
        #expect(difference(p, pictures[path] ?? [], absolute: 2e-4) == nil, "\(path)")
      }
    }
  }

  /// Stopped and begun again, with other workers, to the same bytes; other settings are not gone on with.
  @Test func stoppedItGoesOnToTheSameBytes() throws {
    try withImages { folder in
      #expect(try embed(folder, "whole.npz").status == 0)
      let whole = try FileBytes.read(folder + "/whole.npz")
      #expect(try embed(folder, "again.npz", ["--workers", "1"]).status == 0)
      #expect(try FileBytes.read(folder + "/again.npz") == whole)
      // A part that is there is not made again: one of a pass that was killed, here with numbers of its own.
      let parts = folder + "/half.npz.parts"
      let process = try Programme.start(
        [
          "embed", "images", "--model", "resnet20", "--pretrained", "w.safetensors", "--output",
          "half.npz",
        ] + Self.computing, in: folder)
      process.terminate()
      process.waitUntilExit()
      let ended = try embed(
        folder, "half.npz", FilePath.isFile(folder + "/half.npz") ? ["--overwrite"] : [])
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(try FileBytes.read(folder + "/half.npz") == whole)
      #expect(!FilePath.isFolder(parts))
      try FileManager.default.createDirectory(
        atPath: parts, withIntermediateDirectories: false)
      try AtomicFile.write(
        "{\"format\":1,\"digest\":\"x\",\"rows\":1,\"width\":1,\"partRows\":1}\n",
        to: parts + "/embedding.json")
      let refused = try embed(folder, "half2.npz")
      #expect(refused.status == 0)
      try FileManager.default.removeItem(atPath: folder + "/half.npz")
      let other = try embed(folder, "half.npz")
      #expect(other.status == 64)
      #expect(other.errors.contains("Option to begin anew: --overwrite"), "\(other.errors)")
      #expect(try embed(folder, "half.npz", ["--overwrite"]).status == 0)
      #expect(try FileBytes.read(folder + "/half.npz") == whole)
    }
  }

  @Test func whatDoesNotGoTogetherIsRefused() throws {
    try withImages { folder in
      #expect(try embed(folder).status == 0)
      let exists = try embed(folder)
      #expect(exists.status == 64 && exists.errors.contains("f.npz exists"), "\(exists.errors)")
      let other = try Programme.run(
        ["train", "f.npz", "--method", "logistic", "--backbone", "other.safetensors"] + Self.flags,
        in: folder)
      #expect(other.status == 64)
      #expect(
        other.errors.contains("is not what the features of f.npz were made with")
          || other.errors.contains("/f.npz were made with"), "\(other.errors)")
      try AtomicFile.write(
        "path,label,feature_0\na,x,1\nb,y,2\nc,x,3\nd,y,4\n", to: folder + "/t.csv")
      let foreign = try Programme.run(
        [
          "train", "t.csv", "--method", "class-mean", "--split", "0.5,0.25,0.25", "--backbone",
          "w.safetensors",
        ] + Self.flags, in: folder)
      #expect(
        foreign.status == 64
          && foreign.errors.contains("does not say of which network its features are"),
        "\(foreign.errors)")
      let images = try Programme.run(
        ["train", "images", "--backbone", "w.safetensors"] + Self.flags, in: folder)
      #expect(images.status == 64 && images.errors.contains("--pretrained"), "\(images.errors)")
      for arguments in [["--views", "13"], ["--pool", "mean"], ["--output", "f.txt"]] {
        let result = try embed(folder, "g.npz", arguments)
        #expect(result.status == 64, "\(arguments): \(result.errors)")
      }
      let nothing = try Programme.run(["embed", "images", "-o", "g.npz"], in: folder)
      #expect(nothing.status == 64 && nothing.errors.contains("--run RUN"), "\(nothing.errors)")
    }
  }

  /// A folder that another pass has just made and not yet written into is that pass's, and is left alone.
  @Test func anotherPassIsWaitedFor() throws {
    try withImages { folder in
      let parts = folder + "/f.npz.parts"
      try FileManager.default.createDirectory(
        atPath: parts, withIntermediateDirectories: false)
      do {
        let claim = try CompareDirectory(parts).claimed()
        #expect(claim.isInPlace)
        for more in [[], ["--overwrite"]] {
          let busy = try embed(folder, "f.npz", more)
          #expect(
            busy.status == 64
              && busy.errors.contains("another steelyard embed writes f.npz; wait for it"),
            "\(busy.errors)")
        }
        #expect(FilePath.isFolder(parts))
        withExtendedLifetime(claim) {}
      }
      #expect(try embed(folder).status == 0)
      #expect(!FilePath.isFolder(parts))
      let claim: FolderClaim
      try FileManager.default.createDirectory(
        atPath: parts, withIntermediateDirectories: false)
      claim = try CompareDirectory(parts).claimed()
      try FileManager.default.removeItem(atPath: parts)
      #expect(!claim.isInPlace)
    }
  }

  /// Steps that a fitted head does not take are named; another number of views is not what the backbone sees.
  @Test func whatHasNoEffectIsSaid() throws {
    try withImages { folder in
      #expect(try embed(folder).status == 0)
      let fitted = try Programme.run(
        [
          "train", "f.npz", "--method", "class-mean", "--backbone", "w.safetensors", "--lr", "3",
          "--epochs", "9", "--experiment", "means", "--no-tensorboard",
        ], in: folder)
      #expect(fitted.status == 0, "\(fitted.errors)")
      #expect(
        fitted.errors.contains(
          "class-mean is fitted to the features, and no step of gradient descent is made: --lr, --epochs have no effect"
        ), "\(fitted.errors)")
      #expect(try embed(folder, "v.npz", ["--views", "2"]).status == 0)
      let views = try Programme.run(["predict", "runs/means", "v.npz"], in: folder)
      #expect(
        views.status == 64 && views.errors.contains("means of 2 views"), "\(views.errors)")
    }
  }

  /// Files beside the output count as it does, and what is read is never written over.
  @Test func noOtherFileIsDestroyed() throws {
    try withImages { folder in
      let labels = folder + "/f.labels.csv"
      try AtomicFile.write("path,label\na,x\n", to: labels)
      let beside = try embed(folder, "f.npy")
      #expect(
        beside.status == 64 && beside.errors.contains("f.labels.csv exists"), "\(beside.errors)")
      #expect(try FileBytes.read(labels) == Array("path,label\na,x\n".utf8))
      #expect(!FilePath.isFile(folder + "/f.npy"))
      let weights = try FileBytes.read(folder + "/w.safetensors")
      let over = try embed(folder, "w.safetensors", ["--overwrite"])
      #expect(
        over.status == 64 && over.errors.contains("would be written over"), "\(over.errors)")
      #expect(try FileBytes.read(folder + "/w.safetensors") == weights)
    }
  }

  /// A model on a backbone sees one view, and features of its own backbone alone.
  @Test func aBackboneTakesItsOwnFeaturesAlone() throws {
    try withImages { folder in
      #expect(try embed(folder, "v.npz", ["--views", "2"]).status == 0)
      let views = try Programme.run(
        ["train", "v.npz", "--method", "logistic", "--backbone", "w.safetensors"] + Self.flags,
        in: folder)
      #expect(
        views.status == 64 && views.errors.contains("means of 2 views"), "\(views.errors)")
      #expect(try embed(folder).status == 0)
      _ = try run(
        [
          "train", "f.npz", "--method", "logistic", "--backbone", "w.safetensors", "--experiment",
          "head",
        ] + Self.flags, folder)
      _ = try run(
        [
          "embed", "images", "--model", "resnet20", "--pretrained", "other.safetensors",
          "--output", "o.npz",
        ] + Self.computing, folder)
      let other = try Programme.run(["predict", "runs/head", "o.npz"], in: folder)
      #expect(
        other.status == 64 && other.errors.contains("is not what the features of"),
        "\(other.errors)")
    }
  }

  /// A picture that does not decode is an error with its name, or left out with a note.
  @Test func badPictures() throws {
    try withImages { folder in
      let first = try #require(
        try FileManager.default.subpathsOfDirectory(atPath: folder + "/images").first {
          $0.hasSuffix(".png")
        })
      try AtomicFile.write([1, 2, 3], to: folder + "/images/" + first)
      let refused = try embed(folder)
      #expect(refused.status == 2 && refused.errors.contains(first), "\(refused.errors)")
      let left = try embed(folder, "f.npz", ["--on-bad-image", "skip"])
      #expect(left.status == 0 && left.errors.contains("left out: " + first), "\(left.errors)")
      let ids = try NpzArchive(path: folder + "/f.npz").names(in: "ids")
      #expect(!ids.contains(first) && !ids.isEmpty)
    }
  }

  /// Of a run of Steelyard, whose features a head then stands on; and the frozen baseline of weights in its files.
  @Test func aRunAsBackboneAndTheFrozenBaseline() throws {
    try withImages { folder in
      let trained = try Programme.run(
        [
          "train", "images", "--model", "resnet20", "--pretrained", "w.safetensors", "--epochs",
          "1", "--method", "erm", "--experiment", "net", "--threads", "1", "--amp", "off",
          "--no-tensorboard",
        ], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(
        trained.errors.contains("frozen baseline, knn on test: accuracy"), "\(trained.errors)")
      let directory = try RunDirectory(existing: folder + "/runs/net")
      let record = try FrozenRecord.read(directory.frozen)
      #expect(record.heads.map(\.method) == ["knn", "logistic"])
      #expect(FilePath.isFile(directory.frozenPredictions("logistic", "test")))
      let page = try String(contentsOfFile: directory.reportPage, encoding: .utf8)
      #expect(page.contains("The same weights without training, on test"))
      _ = try run(
        ["embed", "images", "--run", "runs/net", "-o", "g.safetensors", "--half"]
          + Self.computing, folder)
      _ = try run(
        [
          "train", "g.safetensors", "--method", "logistic", "--backbone", "runs/net",
          "--experiment", "head",
        ] + Self.flags, folder)
      _ = try run(["predict", "runs/head", "images", "-o", "head.csv"], folder)
      let none = try Programme.run(
        [
          "train", "images", "--model", "resnet20", "--pretrained", "w.safetensors", "--epochs",
          "1", "--method", "erm", "--experiment", "without", "--no-frozen",
        ] + Self.flags, in: folder)
      #expect(none.status == 0 && !FilePath.isFile(folder + "/runs/without/frozen.json"))
    }
  }
}
