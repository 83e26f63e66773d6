import Files
import Foundation
import SteelyardCommand
import TestSupport
import Testing

/// Files to predict on, some of which are no images.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct PredictFilesTests {
  /// Trains a model and puts one good image and some bad files into `new`.
  private func withModel<R>(_ body: (String) throws -> R) throws -> R {
    try withTemporaryFolder { folder in
      let set = DemoSet(seed: 1, side: 16, most: 16, ratio: 4, testPerClass: 2)
      _ = try DemoFolder(folder).draw(set, threads: 2)
      let trained = try Programme.run(
        [
          "train", "images", "--model", "resnet20", "--img-size", "16", "--epochs", "1",
          "--batch-size", "16", "--threads", "1", "--amp", "off", "--experiment", "run",
          "--no-tensorboard", "-q",
        ], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      let names = try FileManager.default.subpathsOfDirectory(atPath: folder + "/images/test")
      let image = try #require(names.sorted().first { $0.hasSuffix(".png") })
      let png = try FileBytes.read(folder + "/images/test/" + image)
      let files: [(String, [UInt8])] = [
        ("a.png", png), ("b.png", Array("words".utf8)), ("sub/c.png", Array(png.prefix(60))),
        ("x.dcm", [UInt8](repeating: 0, count: 128) + Array("DICM".utf8)), ("IM1", png),
        ("LICENSE", Array("words".utf8)),
      ]
      try FileManager.default.createDirectory(
        atPath: folder + "/new/sub", withIntermediateDirectories: true)
      for (name, bytes) in files {
        try Data(bytes).write(to: URL(fileURLWithPath: folder + "/new/" + name))
      }
      return try body(folder)
    }
  }

  /// How often `part` stands in `text`.
  private func count(_ part: String, in text: String) -> Int { text.ranges(of: part).count }

  /// An image and its mirror image on average: another answer than that of the image alone.
  @Test func mirrorImages() throws {
    try withModel { folder in
      let words = ["predict", "runs/run", "images/test", "--json"]
      let plain = try Programme.run(words, in: folder)
      let both = try Programme.run(words + ["--mirror"], in: folder)
      #expect(plain.status == 0 && both.status == 0, "\(both.errors)")
      #expect(plain.output != both.output)
    }
  }

  @Test func everyBadFileIsNamedOnce() throws {
    try withModel { folder in
      func predict(_ arguments: String...) throws -> Programme.Result {
        try Programme.run(["predict", "runs/run"] + arguments, in: folder)
      }
      let refused = try predict("new")
      #expect(refused.status == 2 && refused.output.isEmpty)
      #expect(
        refused.errors.contains(
          "note: not counted: 1 without an extension (PNG image, new/IM1), 1 without an extension"
            + " (new/LICENSE), 1 .dcm (DICOM, new/x.dcm)\n"),
        "\(refused.errors)")
      #expect(refused.errors.contains("new/b.png: not an image; expected one of"))
      #expect(refused.errors.contains("\nnew/sub/c.png: the PNG file "))
      #expect(count("b.png", in: refused.errors) == 1 && count("c.png", in: refused.errors) == 1)
      #expect(
        refused.errors.hasSuffix("Option for images that do not decode: --on-bad-image skip\n"))

      let skipped = try predict("new", "--on-bad-image", "skip")
      #expect(skipped.status == 0, "\(skipped.errors)")
      let paths = skipped.output.split(separator: "\n").dropFirst().map { $0.prefix { $0 != "," } }
      #expect(paths == ["new/a.png"])
      #expect(skipped.errors.contains("left out: new/b.png: not an image; expected one of"))
      #expect(skipped.errors.contains("left out: new/sub/c.png: the PNG file "))
      #expect(
        count("b.png", in: skipped.errors) == 1 && count("c.png", in: skipped.errors) == 1)
    }
  }

  @Test func skippingEverythingIsAnError() throws {
    try withModel { folder in
      for (name, words) in [
        ("new/sub", "Error: new/sub/c.png: the PNG file "),
        ("new/x.dcm", "Error: new/x.dcm: is a DICOM"),
      ] {
        let nothing = try Programme.run(
          ["predict", "runs/run", name, "--on-bad-image", "skip", "-q"], in: folder)
        #expect(nothing.status == 2 && nothing.output.isEmpty)
        #expect(nothing.errors.hasPrefix(words), "\(nothing.errors)")
      }
    }
  }

  @Test func filesThatAreSomethingElseAreNamedAsThat() throws {
    try withModel { folder in
      let names = ["new/a.png", "new/x.dcm", "new/LICENSE", "new/IM1"]
      let refused = try Programme.run(["predict", "runs/run"] + names + ["none.png"], in: folder)
      #expect(refused.status == 2)
      #expect(
        refused.errors.contains(
          "new/x.dcm: is a DICOM file, not an image; convert it to PNG or TIFF first, for example with"
            + " DCMTK's dcmj2pnm\nnew/LICENSE: is not an image; expected one of JPEG, PNG, "),
        "\(refused.errors)")
      #expect(refused.errors.contains("\nnone.png: no such file or folder; check the path\n"))
      #expect(
        refused.errors.hasSuffix("Option for files that are no images: --on-bad-image skip\n"))

      let skipped = try Programme.run(
        ["predict", "runs/run"] + names + ["--on-bad-image", "skip"], in: folder)
      #expect(skipped.status == 0, "\(skipped.errors)")
      // A file without an extension is what its content says.
      let paths = skipped.output.split(separator: "\n").dropFirst().map { $0.prefix { $0 != "," } }
      #expect(paths == ["new/a.png", "new/IM1"])
      #expect(skipped.errors.contains("note: left out: new/x.dcm: is a DICOM file, not an image;"))
      #expect(skipped.errors.contains("note: left out: new/LICENSE: is not an image;"))
    }
  }

  @Test func aRowOfATableNamesItsLineAndItsImage() throws {
    try withModel { folder in
      try AtomicFile.write("path\na.png\nb.png\n", to: folder + "/new/t.csv")
      let refused = try Programme.run(["predict", "runs/run", "new/t.csv", "-q"], in: folder)
      #expect(refused.status == 2)
      #expect(
        refused.errors.hasPrefix("Error: new/t.csv:3: b.png: not an image; expected one of"),
        "\(refused.errors)")
      #expect(count("b.png", in: refused.errors) == 1)
    }
  }

  @Test func anImageGivenTwiceIsRefused() throws {
    try withModel { folder in
      let twice = try Programme.run(
        ["predict", "runs/run", "new/a.png", "./new/a.png", "-q"], in: folder)
      #expect(twice.status == 2)
      #expect(
        twice.errors == "Error: ./new/a.png: the image is named twice; name it once\n",
        "\(twice.errors)")
    }
  }
}
