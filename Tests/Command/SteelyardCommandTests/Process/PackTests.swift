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

  /// Whatever else has the name stays: another archive, a packed file of other images.
  @Test func anotherFileIsNotReplaced() throws {
    try withImages { folder in
      for output in ["other.tar", "others.tar"] {
        let path = "\(folder)/\(output)"
        if output == "other.tar" {
          try AtomicFile.write(TarHeader.end, to: path)
        } else {
          try PackedFile.write(
            to: path, content: "files", source: "", table: nil, count: 1
          ) { (range) throws(FileError) in
            ContentDigest(of: [1]).map { [PackedContent(name: "a", bytes: [1], digest: $0)] } ?? []
          }
        }
        let before = try FileBytes.read(path)
        let result = try run(["pack", "images", "--output", output], folder)
        #expect(result.status == 64, "\(result.errors)")
        #expect(result.errors.contains("exists and is no packed file of these images"))
        #expect(try FileBytes.read(path) == before)
      }
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

  /// A damaged image is named by file and number, before anything is learned; packing again mends it.
  @Test func aDamagedImageIsNamed() throws {
    try withImages { folder in
      _ = try run(["pack", "images", "--output", "p.tar"], folder)
      var bytes = try FileBytes.read(folder + "/p.tar")
      bytes[try PackedFile(path: folder + "/p.tar").record(4).range.lowerBound + 60] ^= 1
      try AtomicFile.write(bytes, to: folder + "/p.tar")
      let result = try run(["train", "p.tar"] + Self.flags, folder)
      #expect(result.status == 2, "\(result.errors)")
      let words = result.errors
      #expect(words.contains("/p.tar/") && words.contains(": its record 4, '"), "\(words)")
      #expect(result.errors.contains("or pack the data again"))
      let mended = try run(["pack", "images", "--output", "p.tar", "--json"], folder)
      #expect(mended.output.contains("\"written\" : true"))
      #expect(try run(["inspect", "p.tar"], folder).status == 0)
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

  /// Labels of several kinds, unknown ones among them, names with blanks, `..` in paths and a list of classes beside the file.
  @Test func tablesKeepTheirMeaning() throws {
    try withImages { folder in
      let names = try FileManager.default.subpathsOfDirectory(atPath: folder + "/images/train")
        .filter { $0.hasSuffix(".png") }.sorted().prefix(6)
      try FileManager.default.createDirectory(
        atPath: folder + "/t", withIntermediateDirectories: true)
      let cells = ["1,0", "0,1", "1,1", "-1,1", ",0", "1,"]
      try AtomicFile.write(
        "path,site,wet,dry\n"
          + zip(names, cells).map { "../images/train/\($0),\"a, b\",\($1)\n" }.joined(),
        to: folder + "/t/l.csv")
      try FileManager.default.createDirectory(
        atPath: folder + "/p", withIntermediateDirectories: true)
      try AtomicFile.write("zero\none\n", to: folder + "/p/classes.txt")
      let columns = ["--label-columns", "wet,dry"]
      let packed = try run(["pack", "t/l.csv", "--output", "p/l.tar"] + columns, folder)
      #expect(packed.status == 0, "\(packed.errors)")
      let plain = try run(["inspect", "t/l.csv", "--json"] + columns, folder).output
      let found = try run(["inspect", "p/l.tar", "--json"] + columns, folder)
      #expect(found.status == 0, "\(found.errors)")
      for key in ["\"wet\"", "\"unknown\"", "\"site\""] {
        #expect(found.output.contains(key) == plain.contains(key), "\(key)")
      }
      #expect(
        try TarArchive(path: folder + "/p/l.tar").entries.allSatisfy { !$0.name.contains("..") })
      let refused = try run(
        ["pack", "t/l.csv", "--output", "p/l.tar", "--unknown", "ones"] + columns, folder)
      #expect(refused.status == 64 && refused.errors.contains("unknown: "), "\(refused.errors)")
    }
  }

  /// COCO's annotations are labels in the packed file, too, without a word.
  @Test func annotationsStayLabels() throws {
    try withImages { folder in
      let names = try FileManager.default.subpathsOfDirectory(atPath: folder + "/images/train")
        .filter { $0.hasSuffix(".png") }.sorted().prefix(3)
      let images = names.enumerated().map {
        "{\"id\": \($0), \"file_name\": \"images/train/\($1)\"}"
      }
      try AtomicFile.write(
        """
        {"images": [\(images.joined(separator: ", "))],
         "categories": [{"id": 1, "name": "cat"}, {"id": 2, "name": "a \\"b\\""}],
         "annotations": [{"id": 1, "image_id": 0, "category_id": 1}, {"id": 2, "image_id": 0, "category_id": 2},
          {"id": 3, "image_id": 1, "category_id": 2}]}
        """, to: folder + "/c.json")
      let packed = try run(["pack", "c.json", "--output", "c.tar"], folder)
      #expect(packed.status == 0, "\(packed.errors)")
      let plain = try run(["inspect", "c.json"], folder)
      let found = try run(["inspect", "c.tar"], folder)
      #expect(plain.status == 0 && found.status == 0, "\(found.errors)")
      #expect(found.output.contains("cat") && found.output.contains("a \"b\""), "\(found.output)")
    }
  }

  /// What is read is not written over, under whatever name it is read.
  @Test func shardsStayWhatTheyAre() throws {
    try withImages { folder in
      for name in ["a", "b"] {
        _ = try run(["pack", "images", "--output", "x.tar"], folder)
        try FileManager.default.createDirectory(
          atPath: folder + "/sh", withIntermediateDirectories: true)
        // Without its index a packed file is a shard of class folders.
        let entries = try TarArchive(path: folder + "/x.tar").entries
        let bytes = try FileBytes.read(folder + "/x.tar")
        let image = try #require(entries.first { $0.name.hasSuffix(".png") })
        let content = Array(bytes[image.range]) + [UInt8](name.utf8)
        let shard =
          TarHeader.bytes(name: "\(name)/1.png", size: content.count) + content
          + [UInt8](repeating: 0, count: TarHeader.padding(after: content.count)) + TarHeader.end
        try AtomicFile.write(shard, to: folder + "/sh/\(name).tar")
      }
      let before = try FileBytes.read(folder + "/sh/a.tar")
      for arguments in [
        ["sh", "--output", "sh/a.tar"], ["sh/{a..a}.tar", "--output", "./sh/a.tar"],
      ] {
        let result = try run(["pack"] + arguments, folder)
        #expect(result.status != 0, "\(result.output)")
        #expect(try FileBytes.read(folder + "/sh/a.tar") == before)
      }
      let beside = try run(["pack", "sh", "--output", "sh/c.tar"], folder)
      #expect(beside.status == 64 && beside.errors.contains("would lie among the shards"))
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

  /// Without a folder for it, `disk` ends with words before a run directory is made; `auto` does without.
  @Test func aCacheThatCannotBeWritten() throws {
    try withImages { folder in
      try AtomicFile.write("x", to: folder + "/cache")
      let result = try run(["train", "images", "--cache", "disk"] + Self.flags, folder)
      #expect(result.status == 1, "\(result.errors)")
      #expect(result.errors.contains("cannot be made; name another place with XDG_CACHE_HOME"))
      #expect(!FilePath.isFolder(folder + "/runs"))
      #expect(try run(["train", "images"] + Self.flags, folder).status == 0)
    }
  }
}
