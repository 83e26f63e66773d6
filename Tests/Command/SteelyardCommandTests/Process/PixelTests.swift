import Files
import Foundation
import Runs
import SteelyardCommand
import TestSupport
import Testing

/// What pixels mean: one scale for a set, kept with the model; pages, bands and alpha said and chosen.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct PixelTests {
  private static let flags = [
    "--model", "resnet20", "--img-size", "16", "--epochs", "1", "--batch-size", "16", "--threads",
    "1", "--amp", "off", "--augment", "none", "--method", "erm", "--experiment", "run",
    "--no-tensorboard",
  ]

  /// 16-bit signed samples, 16 × 16.
  private func fits(_ value: (Int) -> Int) -> [UInt8] {
    let cards = [
      "SIMPLE  =                    T", "BITPIX  =                   16", "NAXIS   = 2",
      "NAXIS1  = 16", "NAXIS2  = 16", "END",
    ]
    let header = cards.map { $0.padding(toLength: 80, withPad: " ", startingAt: 0) }.joined()
      .padding(toLength: 2880, withPad: " ", startingAt: 0)
    let data = (0..<256).flatMap { place -> [UInt8] in
      let word = UInt16(bitPattern: Int16(value(place)))
      return [UInt8(word >> 8), UInt8(word & 255)]
    }
    return Array(header.utf8) + data + [UInt8](repeating: 0, count: 2880 - 512)
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    try FileManager.default.createDirectory(
      atPath: FilePath.folder(of: path), withIntermediateDirectories: true)
    try AtomicFile.write(bytes, to: path)
  }

  /// Two classes that differ in brightness alone, by a factor of three.
  private func withImages<R>(_ body: (String) throws -> R) throws -> R {
    try withTemporaryFolder { folder in
      for number in 0..<20 {
        for (name, factor) in [("strong", 3), ("weak", 1)] {
          let bytes = fits { factor * (200 + ($0 * 7 + number * 13) % 101) - 100 }
          try write(bytes, to: "\(folder)/set/\(name)/\(number).fits")
        }
      }
      return try body(folder)
    }
  }

  private func run(_ arguments: [String], in folder: String) throws -> Programme.Result {
    try Programme.run(arguments, in: folder)
  }

  private func option(_ name: String, in folder: String) throws -> String {
    let config = try String(contentsOfFile: folder + "/runs/run/config.yaml", encoding: .utf8)
    return config.split(separator: "\n").first { $0.hasPrefix("\(name): ") }.map(String.init) ?? ""
  }

  @Test func theScaleOfTheTrainingPartIsKeptAndUsed() throws {
    try withImages { folder in
      let trained = try run(["train", "set"] + Self.flags, in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(
        trained.errors.contains("intensity: 40 images of 16-bit signed samples: 100…"),
        "\(trained.errors)")
      #expect(
        trained.errors.contains(
          " become black and white, the 0.5 and 99.5 % points of the training part;"
            + " --intensity LOW,HIGH states others"))
      #expect(try option("intensity", in: folder).contains("100"))
      let model = String(
        decoding: try FileBytes.read(folder + "/runs/run/model.safetensors").prefix(20_000),
        as: UTF8.self)
      #expect(
        model.contains("\\\"pixels\\\":{") && model.contains("\\\"low\\\":100"),
        "\(model.prefix(900))")

      let evaluated = try run(["evaluate", "runs/run", "--output-dir", "again"], in: folder)
      #expect(evaluated.status == 0, "\(evaluated.errors)")
      #expect(evaluated.errors.contains("intensity: 100…"), "\(evaluated.errors)")
      #expect(!evaluated.errors.contains("warning"))
      let table = "predictions-test.csv"
      #expect(
        try FileBytes.read(folder + "/again/\(table)")
          == FileBytes.read(folder + "/runs/run/\(table)"))

      let resumed = try run(["train", "--resume", "runs/run"], in: folder)
      #expect(resumed.status == 0, "\(resumed.errors)")
      #expect(
        try FileBytes.read(folder + "/again/\(table)")
          == FileBytes.read(folder + "/runs/run/\(table)"))

      try write(fits { 9000 + $0 }, to: folder + "/new/bright.fits")
      let predicted = try run(["predict", "runs/run", "new"], in: folder)
      #expect(predicted.status == 0, "\(predicted.errors)")
      #expect(
        predicted.errors.contains("warning: 100.0 % of the samples lie beyond"),
        "\(predicted.errors)")
      let other = try run(["predict", "runs/run", "new", "--intensity", "0,10000"], in: folder)
      #expect(other.status == 0, "\(other.errors)")
      #expect(
        other.errors.contains("pixels: read otherwise than the model was trained to")
          && other.errors.contains("intensity: 0…10000 became"), "\(other.errors)")
      #expect(!predicted.errors.contains("range of their type"))

      // Samples of a type that training did not have are not passed over in silence.
      let foreign = try run(
        ["predict", "runs/run", Golden.path("Imaging/Stored/uint16.tif")], in: folder)
      #expect(
        foreign.errors.contains(
          "pixels: read by the range of their type, not by the model's scale: 1 image of 16-bit unsigned samples;"
        ),
        "\(foreign.errors)")
    }
  }

  @Test func aStatedScaleIsTakenAsItIs() throws {
    try withImages { folder in
      let flags = Self.flags + ["--intensity", "-100,1000", "--dry-run"]
      let tried = try run(["train", "set"] + flags, in: folder)
      #expect(tried.status == 0, "\(tried.errors)")
      #expect(
        tried.errors.contains(": -100…1000 become black and white, as stated\n"), "\(tried.errors)")
      #expect(tried.output.contains("\nintensity: -100,1000  "), "\(tried.output)")
      let wrong = try run(["train", "set", "--intensity", "9,3"], in: folder)
      #expect(wrong.status == 64)
      #expect(wrong.errors.contains("expected two numbers low,high, the first below the second"))
    }
  }

  @Test func inspectionSaysWhatFilesLeaveOpen() throws {
    try withTemporaryFolder { folder in
      for name in ["pages.tif", "unspecified.tif", "unassalpha.tif", "uint8.tif"] {
        let bytes = try FileBytes.read(Golden.path("Imaging/Stored/\(name)"))
        try write(bytes, to: "\(folder)/set/a/\(name)")
        if name != "uint8.tif" { try write(bytes, to: "\(folder)/set/b/\(name)") }
      }
      let text = try run(["inspect", "set"], in: folder).output
      #expect(
        text.contains(
          "pages: 2 images with several pages or frames (at most 3); page 1 is read, the others are not;"
            + " --page chooses\n"), "\(text)")
      #expect(
        text.contains(
          "bands: 2 images with bands that are neither colour nor alpha; they are left out; --bands chooses\n"
        ), "\(text)")
      #expect(
        text.contains(
          "alpha: 2 images with an alpha channel, composed onto black; --alpha-background chooses\n"
        ),
        "\(text)")
      let chosen = try run(
        ["inspect", "set", "--bands", "1", "--alpha-background", "ignore"], in: folder
      ).output
      #expect(chosen.contains("alpha: 2 images with an alpha channel, left out"), "\(chosen)")
      let page = try run(["inspect", "set", "--page", "2"], in: folder)
      #expect(page.status == 2)
      #expect(page.output.contains("page 2 was asked for, and the file has 1"), "\(page.output)")
    }
  }

  @Test func twelveBitsInSixteenAreSaid() throws {
    try withTemporaryFolder { folder in
      for number in 0..<6 {
        let samples = (0..<64).flatMap { place -> [UInt8] in
          let value = (place * 61 + number * 17) % 4096
          return [UInt8(value >> 8), UInt8(value & 255)]
        }
        let bytes = Array("P5\n8 8\n65535\n".utf8) + samples
        try write(bytes, to: "\(folder)/set/\(number % 2 == 0 ? "a" : "b")/\(number).pgm")
      }
      let text = try run(["inspect", "set"], in: folder).output
      #expect(
        text.contains("intensity: 6 images of 16-bit samples of which 99.5 % lie below"), "\(text)")
      #expect(
        text.contains(": 12 bits in 16; they are read by that scale; --intensity 0,65535"),
        "\(text)")
    }
  }
}
