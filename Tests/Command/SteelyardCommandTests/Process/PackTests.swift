import Files
import Foundation
import SteelyardCommand
import TestSupport
import Testing

/// A data set in one file, and prepared images in the user's cache, as a person has them.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct PackTests {
  private static let flags = [
    "--model", "resnet20", "--img-size", "16", "--epochs", "2", "--batch-size", "16", "--threads",
    "1", "--amp", "off", "--no-tensorboard", "--seed", "1",
  ]

  /// Images in `images`, of five classes in train and test.
  private func withImages(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let set = DemoSet(seed: 1, side: 24, most: 24, ratio: 4, testPerClass: 4)
      _ = try DemoFolder(folder).draw(set, threads: 2)
      try body(folder)
    }
  }

  /// With a cache of its own, so that nothing is found from elsewhere and nothing is left there.
  private func run(_ arguments: [String], _ folder: String) throws -> Programme.Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Programme.path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["XDG_CACHE_HOME": folder + "/cache"]
    ) { $1 }
    return try Programme.finish(process, in: folder)
  }

  private func trained(_ name: String, _ more: [String], _ folder: String) throws -> String {
    let result = try run(["train"] + more + Self.flags + ["--experiment", name], folder)
    #expect(result.status == 0, "\(result.errors)")
    return result.errors
  }

  private func model(_ name: String, _ folder: String) throws -> [UInt8] {
    try FileBytes.read("\(folder)/runs/\(name)/model.safetensors")
  }

  /// Packed, trained on, and packed again: the same model, nothing written twice, and what has changed is written anew.
  @Test func packedDataAreTheData() throws {
    try withImages { folder in
      let packed = try run(["pack", "images", "--output", "images.tar"], folder)
      #expect(packed.status == 0, "\(packed.errors)")
      #expect(packed.output.hasSuffix("steelyard train 'images.tar'\n"), "\(packed.output)")
      _ = try trained("plain", ["images"], folder)
      _ = try trained("packed", ["images.tar"], folder)
      let same = try model("plain", folder) == model("packed", folder)
      #expect(same)
      let before = try FileBytes.read(folder + "/images.tar")
      let again = try run(["pack", "images", "--output", "images.tar"], folder)
      #expect(again.output.contains("Nothing was written."), "\(again.output)")
      let image = try #require(
        FileManager.default.subpathsOfDirectory(atPath: folder + "/images/test").sorted()
          .first { $0.hasSuffix(".png") })
      try FileManager.default.removeItem(atPath: folder + "/images/test/" + image)
      let changed = try run(["pack", "images", "--output", "images.tar", "--json"], folder)
      #expect(changed.output.contains("\"written\" : true"), "\(changed.output)")
      #expect(try FileBytes.read(folder + "/images.tar") != before)
    }
  }

  /// Scaled pixels are data as well, and smaller ones.
  @Test func scaledPixels() throws {
    try withImages { folder in
      let packed = try run(
        ["pack", "images", "--output", "p.tar", "--shorter-side", "12", "--json"], folder)
      #expect(packed.status == 0, "\(packed.errors)")
      let found = try run(["inspect", "p.tar", "--json"], folder)
      #expect(found.status == 0, "\(found.errors)")
      #expect(found.output.contains("Netpbm"), "\(found.output)")
      #expect(try TarArchive(path: folder + "/p.tar").entries[0].name.hasSuffix(".png.ppm"))
    }
  }

  /// A damaged image is named by file and number, before anything is learned.
  @Test func aDamagedImageIsNamed() throws {
    try withImages { folder in
      _ = try run(["pack", "images", "--output", "p.tar"], folder)
      var bytes = try FileBytes.read(folder + "/p.tar")
      bytes[try PackedFile(path: folder + "/p.tar").record(4).range.lowerBound + 60] ^= 1
      try AtomicFile.write(bytes, to: folder + "/p.tar")
      let result = try run(["train", "p.tar"] + Self.flags, folder)
      #expect(result.status == 2, "\(result.errors)")
      #expect(result.errors.contains("p.tar") && result.errors.contains("damaged"))
    }
  }

  @Test func whatCannotBePacked() throws {
    try withImages { folder in
      for (arguments, words) in [
        (["images", "--output", "images.zip"], "expected a name that ends in .tar"),
        (["images", "--output", "p.tar", "--shorter-side", "4"], "expected 8 to 16384, got 4"),
      ] {
        let result = try run(["pack"] + arguments, folder)
        #expect(result.status == 64 && result.errors.contains(words), "\(result.errors)")
      }
      let png = try #require(
        FileManager.default.subpathsOfDirectory(atPath: folder + "/images").sorted()
          .first { $0.hasSuffix(".png") })
      try AtomicFile.write("words", to: folder + "/images/" + png)
      let result = try run(["pack", "images", "--output", "p.tar"], folder)
      #expect(result.status == 2 && result.errors.contains(png), "\(result.errors)")
      #expect(!FilePath.isFile(folder + "/p.tar"))
    }
  }

  /// From memory, from a file, from the same file again and from the images: the same model.
  @Test func whereImagesAreKept() throws {
    try withImages { folder in
      _ = try trained("ram", ["images", "--cache", "ram"], folder)
      let made = try trained("disk", ["images", "--cache", "disk"], folder)
      #expect(made.contains("cache: decoding ") && made.contains(", made in "), "\(made)")
      let files = try FolderListing.items(folder + "/cache/steelyard/images").map(\.name)
      #expect(files.count == 1 && files[0].hasSuffix(".tar"))
      let found = try trained("again", ["images", "--cache", "disk"], folder)
      #expect(found.contains("images are read decoded from ") && !found.contains("made in"))
      let auto = try trained("auto", ["images"], folder)
      #expect(!auto.contains("cache: "), "\(auto)")
      _ = try trained("off", ["images", "--cache", "off"], folder)
      let golden = try model("ram", folder)
      for name in ["disk", "again", "auto", "off"] {
        let same = try model(name, folder) == golden
        #expect(same, "\(name)")
      }
    }
  }

  /// Without a folder for it, `disk` ends with words; what stands in the file's place is no cache and is replaced.
  @Test func aCacheThatCannotBeWritten() throws {
    try withImages { folder in
      try AtomicFile.write("x", to: folder + "/cache")
      let result = try run(["train", "images", "--cache", "disk"] + Self.flags, folder)
      #expect(result.status == 1 && result.errors.contains("cache"), "\(result.errors)")
    }
  }
}
