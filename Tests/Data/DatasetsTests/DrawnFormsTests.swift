import Datasets
import Files
import Foundation
import Imaging
import Randomness
import TestSupport
import Testing

/// Data of several forms with drawn contents, written by other means than ours.
@Suite struct DrawnFormsTests {
  private static let names = [
    "cat", "dog \"big\"", "c,d", "e|f", "[g]", "h\\i", "é", "日本", "Cat", "1", "0", "a;b", "'l'",
    "x/y", "🦠", "-", "?",
    "p?", "true", "N",
  ]

  /// A file in COCO's form of drawn images, categories and annotations, written by Foundation: members and lists stand in any order,
  /// ids are numbers or texts, an image has a category once or several times.
  private func coco(_ seed: Int, several: Bool) throws -> (
    text: [UInt8], sets: [[String]], used: Set<String>
  ) {
    var random = RandomKey(seed: UInt64(seed)).folding("coco").source
    let count = 3 + random.below(4)
    // As a class, what looks like a list is refused.
    let names = Self.names.filter { name in several || !name.contains { ",|;[".contains($0) } }
    let categories = random.shuffle(names.count).prefix(2 + random.below(4)).map { names[$0] }
    let asText = random.below(2) == 0
    func id(_ number: Int) -> Any { asText ? "\(number)" as Any : number as Any }
    let imageIDs = random.shuffle(50).prefix(count).map { $0 }
    let categoryIDs = random.shuffle(50).prefix(categories.count).map { $0 }
    var sets = (0..<count).map { image -> [String] in
      several && random.below(5) == 0 && image > 1 ? [] : [categories[image % categories.count]]
    }
    if several {
      for image in 0..<count where image > 1 && random.below(2) == 0 {
        sets[image] = categories.filter { _ in random.below(2) == 0 }
      }
    }
    var annotations: [[String: Any]] = []
    for (image, set) in sets.enumerated() {
      for name in set {
        for _ in 0..<1 + random.below(3) {
          let category = categories.firstIndex(of: name) ?? 0
          annotations.append([
            "id": id(annotations.count + 1), "image_id": id(imageIDs[image]),
            "category_id": id(categoryIDs[category]), "bbox": [0.5, 1, 2, 3],
            "iscrowd": random.below(2), "segmentation": [[1, 2, 3, 4, 5, 6]],
          ])
        }
      }
    }
    let order = random.shuffle(annotations.count)
    let object: [String: Any] = [
      "info": ["year": 2026, "images": "none"] as [String: Any], "licenses": [[String: Any]](),
      "images": (0..<count).map { image -> [String: Any] in
        ["id": id(imageIDs[image]), "file_name": "\(image).png", "height": 2, "width": 3]
      },
      "categories": categories.enumerated().map { place, name -> [String: Any] in
        ["id": id(categoryIDs[place]), "name": name, "supercategory": "none"]
      },
      "annotations": order.map { annotations[$0] },
    ]
    let options: JSONSerialization.WritingOptions = seed % 2 == 0 ? [.prettyPrinted] : []
    let text = try JSONSerialization.data(withJSONObject: object, options: options)
    return (Array(text), sets, Set(sets.joined()))
  }

  @Test func annotationsOfSeveralLabels() throws {
    try withTemporaryFolder { folder in
      try Fixture.images((0..<6).map { "\($0).png" }, in: folder)
      for seed in 0..<40 {
        let (text, sets, used) = try coco(seed, several: true)
        try Fixture.file(folder + "/a.json", text)
        let data = try Dataset.open(folder + "/a.json", labels: .several)
        let names = try #require(data.labelNames)
        #expect(Set(names) == used && names.count == used.count, "seed \(seed)")
        #expect(data.examples.map(\.path) == sets.indices.map { "\($0).png" })
        for (example, set) in zip(data.examples, sets) {
          let found = zip(names, example.labels ?? []).filter { $1 == true }.map(\.0)
          #expect(Set(found) == Set(set), "seed \(seed): \(example.path)")
          #expect(example.labels?.allSatisfy { $0 != nil } == true)
        }
      }
    }
  }

  @Test func annotationsOfOneClass() throws {
    try withTemporaryFolder { folder in
      try Fixture.images((0..<6).map { "\($0).png" }, in: folder)
      for seed in 0..<20 {
        let (text, sets, _) = try coco(seed, several: false)
        try Fixture.file(folder + "/a.json", text)
        let data = try Dataset.open(folder + "/a.json")
        #expect(data.examples.map(\.label) == sets.map(\.first), "seed \(seed)")
        #expect(data.examples.map(\.path) == sets.indices.map { "\($0).png" })
      }
    }
  }

  private func idx(_ axes: [Int], _ bytes: [UInt8]) -> [UInt8] {
    [0, 0, 8, UInt8(axes.count)]
      + axes.flatMap { axis in withUnsafeBytes(of: UInt32(axis).bigEndian) { Array($0) } } + bytes
  }

  /// Pixels of a file of many images are the same pictures as PNGs of them: by value, by digest, by fingerprint.
  @Test func imagesOfOneFileAndOfMany() throws {
    try withTemporaryFolder { folder in
      var random = RandomSource(seed: 4)
      let pixels = (0..<12 * 40 * 40).map { _ in UInt8(random.below(256)) }
      let labels = (0..<12).map { UInt8($0 % 3) }
      try Fixture.file(folder + "/m/train-images-idx3-ubyte", idx([12, 40, 40], pixels))
      try Fixture.file(folder + "/m/train-labels-idx1-ubyte.gz", gzipped(idx([12], labels)))
      for number in 0..<12 {
        let own = Array(pixels[number * 1600..<(number + 1) * 1600])
        let image = Image(width: 40, height: 40, channels: 1, pixels: own)
        let place = "\(labels[number])/" + (number < 10 ? "0" : "") + "\(number).png"
        try Fixture.file(folder + "/p/" + place, PNG.encode(image))
      }
      let (one, many) = try (Dataset.open(folder + "/m"), Dataset.open(folder + "/p"))
      #expect(
        one.examples.map(\.path) == (0..<12).map { "train/" + ($0 < 10 ? "0" : "") + "\($0)" })
      #expect(one.examples.map(\.label) == labels.map { "\($0)" })
      let (first, second) = (Survey(one, threads: 1).facts, Survey(many, threads: 1).facts)
      for (index, example) in many.examples.enumerated() {
        let number = try #require(Int(FilePath.stem(of: example.path)))
        #expect(try many.image(at: index).pixels == one.image(at: number).pixels)
        #expect(second[index].pixels == first[number].pixels && first[number].pixels != nil)
        #expect(second[index].fingerprint == first[number].fingerprint)
        #expect(example.label == one.examples[number].label)
      }
    }
  }

  /// Two sets of images for one part would have the same names, so one must go; what is packed beside what is not is one set.
  @Test func twoSetsOfImagesForOnePart() throws {
    try withTemporaryFolder { folder in
      for name in ["train", "test", "t10k"] {
        try Fixture.file("\(folder)/\(name)-images-idx3-ubyte", idx([2, 1, 1], [3, 4]))
        try Fixture.file("\(folder)/\(name)-labels-idx1-ubyte", idx([2], [0, 1]))
      }
      #expect(
        Fixture.message(folder)
          == "DIR: has two sets of images for test, t10k-images-idx3-ubyte and test-images-idx3-ubyte;"
          + " move one elsewhere")
      for file in ["images-idx3-ubyte", "labels-idx1-ubyte"] {
        let kept = try FileBytes.read("\(folder)/t10k-" + file)
        try Fixture.file("\(folder)/t10k-\(file).gz", gzipped(kept))
        try FileManager.default.removeItem(atPath: "\(folder)/test-" + file)
      }
      let data = try Dataset.open(folder)
      #expect(data.examples.map(\.path) == ["train/0", "train/1", "test/0", "test/1"])
    }
  }

  /// A path that goes up and down again names the file that it leads to, also where a folder is a link.
  @Test func oneFileByTwoWays() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["img/a.png", "img/b.png", "sub/deep/c.png"], in: folder)
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link", withDestinationPath: "sub/deep")
      func message(_ paths: [String]) throws -> String {
        let rows = [["path", "label"]] + paths.enumerated().map { [$1, "c\($0 % 2)"] }
        try Fixture.file(folder + "/t.csv", rows.map { DelimitedWriter.line($0) }.joined())
        return Fixture.message(folder, "t.csv")
      }
      for twice in ["sub/../img/a.png", "img/../img/a.png", "link/../../img/a.png"] {
        #expect(
          try message(["img/a.png", twice])
            == "DIR/t.csv:3: the image '\(twice)' is listed already in line 2; remove one row")
      }
      #expect(
        try message(["img/../sub/deep/c.png", "link/c.png"])
          == "DIR/t.csv:3: the image 'link/c.png' is listed already in line 2; remove one row")
      #expect(try message(["img/a.png", "sub/../img/b.png"]) == "no error: 2 examples")
    }
  }

  /// Classes stand in the order of their bytes, whatever the order of the folders or rows, and whatever a number or a capital letter
  /// would say.
  @Test func classesAreInTheOrderOfTheirBytes() throws {
    let labels = ["10", "9", "2", "Z", "a", "é", "_", "B", "日本", "-1", "zebra", "\u{1F9A0}"]
    let expected = labels.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    for seed in 0..<20 {
      var random = RandomKey(seed: UInt64(seed)).folding("order").source
      let data = Dataset(
        name: "d", layout: .manifest,
        examples: random.shuffle(3 * labels.count).map { number in
          Example(
            path: "\(number)", source: .pixels(0), label: labels[number % labels.count],
            split: .train,
            file: "t.csv")
        })
      #expect(try data.trainingClasses().names == expected)
      let set = try data.labelled(.train, classes: data.trainingClasses())
      #expect(set.counts == [Int](repeating: 3, count: labels.count))
      for position in 0..<set.count {
        #expect(expected[set.labels[position]] == set.example(at: position).label)
      }
    }
    try withTemporaryFolder { folder in
      try Fixture.images(labels.map { "\($0)/x.png" }, in: folder)
      #expect(try Dataset.open(folder).trainingClasses().names == expected)
    }
  }
}
