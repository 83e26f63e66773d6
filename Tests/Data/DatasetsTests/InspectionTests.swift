import Datasets
import Files
import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct InspectionTests {
  private func inspect(_ folder: String) throws -> Inspection {
    let data = try Dataset.open(folder)
    return Inspection(data, Survey(data, threads: 2))
  }

  @Test func countsSizesAndFormats() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(
        (0..<6).map { "train/a/\($0).png" } + ["train/b/1.png", "train/b/2.png", "test/a/1.png"],
        in: folder)
      try Fixture.file("\(folder)/test/b/1.pgm", Array("P5\n7 5\n255\n".utf8) + Array(0..<35))
      let inspection = try inspect(folder)
      #expect(inspection.images == 10)
      #expect(inspection.splits == ["train": 8, "test": 2])
      #expect(inspection.classes.map(\.name) == ["a", "b"])
      #expect(
        inspection.classes.map(\.splits) == [["train": 6, "test": 1], ["train": 2, "test": 1]])
      #expect(inspection.imbalanceRatio == 3)
      // exp(−¾ ln ¾ − ¼ ln ¼)
      #expect(abs((inspection.effectiveClasses ?? 0) - 1.754765) < 1e-6)
      #expect(inspection.width.map { [$0.minimum, $0.median, $0.maximum] } == [3, 3, 7])
      #expect(inspection.height.map { [$0.minimum, $0.median, $0.maximum] } == [2, 2, 5])
      #expect(inspection.formats == ["PNG": 9, "Netpbm": 1])
      #expect(inspection.bits == ["8": 10])
      #expect(inspection.groups == nil)
      #expect(inspection.unreadable.isEmpty)
    }
  }

  @Test func jsonComesBackAndIsTheSameEachTime() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a/1.png", "a/2.png", "b/3.png"], in: folder)
      let first = try inspect(folder)
      let bytes = try JSONFile.encode(first)
      let again = try JSONFile.encode(inspect(folder))
      #expect(again == bytes)
      let decoded = try JSONFile.decode(Inspection.self, from: bytes, name: "i")
      #expect(decoded == first)
    }
  }

  @Test func groupsAreCounted() throws {
    try withTemporaryFolder { folder in
      try Fixture.images((0..<6).map { "\($0).png" }, in: folder)
      try Fixture.file(
        "\(folder)/labels.csv",
        "path,label,group\n0.png,a,p\n1.png,a,p\n2.png,a,p\n3.png,b,q\n4.png,b,q\n5.png,b,\n")
      let groups = try #require(try inspect(folder).groups)
      #expect(groups.count == 2)
      #expect(groups.ungrouped == 1)
      let images = groups.images
      let spread: [Int] = [images.minimum, images.median, images.maximum]
      #expect(spread == [2, 2, 3])
    }
  }

  /// Files, the problems that must be found, and the advice.
  static let refused: [(files: [String], problem: String, advice: String)] = [
    (
      ["train/a/1.png", "train/b/2.png", "test/a/3.png", "test/c/4.png"],
      "DIR/test/c/4.png: the class 'c' occurs in test (1 image, first here) but not in train;"
        + " move some to train or drop the class",
      "Split again, or drop what train lacks: 'c'."
    ),
    (
      ["val/a/1.png", "test/b/2.png"], "the data have no image in train; they have: val, test",
      "Split again: no image is in train."
    ),
    (
      ["a/1.png", "a/2.png"], "training holds only the class 'a'; a classifier needs at least two",
      "Only one class: a classifier needs a second one."
    ),
    (
      ["train/a/1.png", "test/a/2.png"],
      "training holds only the class 'a'; a classifier needs at least two",
      "Only one class: a classifier needs a second one."
    ),
  ]

  @Test(arguments: refused.indices) func whatTrainingRefusesIsAProblem(index: Int) throws {
    let (files, problem, advice) = Self.refused[index]
    try withTemporaryFolder { folder in
      try Fixture.images(files, in: folder)
      let inspection = try inspect(folder)
      #expect(
        inspection.problems.map { $0.replacingOccurrences(of: folder, with: "DIR") } == [problem])
      #expect(inspection.recommendation == advice)
    }
  }

  @Test func problemsAreAllThere() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["train/a/1.png", "test/a/2.png", "test/b/3.png"], in: folder)
      try Fixture.file("\(folder)/test/a/copy.png", Fixture.png(0))
      try Fixture.file("\(folder)/train/a/bad.png", "no image")
      let problems = try inspect(folder).problems
      #expect(problems.count == 3)
      #expect(
        problems[0].hasPrefix("\(folder)/train/a/bad.png: not an image; expected one of JPEG"))
      #expect(problems[1].contains("the class 'b' occurs in test"))
      #expect(
        problems[2] == """
          the parts of the split share examples or groups, so the numbers would flatter:
          same bytes: test/a/copy.png (test) = train/a/1.png (train)
          Correct the split, or allow the leakage and say so beside every number.
          """)
    }
  }

  @Test func soundDataHaveNoProblem() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a/p/1.png", "a/q/2.png", "a/5.png", "b/3.png"], in: folder)
      try Fixture.file("\(folder)/b/4.png", Fixture.png(0))
      let inspection = try inspect(folder)
      // Equal images without a split are no leak: the split made here keeps them together.
      #expect(inspection.problems == [])
      #expect(inspection.deeperFolders == 2)
      #expect(inspection.leakage.warnings.count == 1)
      #expect(
        inspection.recommendation == "Decide 1 set of equal images that carry different labels.")
    }
    try withTemporaryFolder { folder in
      try Fixture.images(["train/a/1.png", "train/a/p/2.png", "train/b/3.png"], in: folder)
      #expect(try inspect(folder).deeperFolders == 1)
    }
  }

  @Test func adviceStartsWithWhatMustBeMended() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["train/a/1.png", "train/b/2.png", "test/a/3.png"], in: folder)
      try Fixture.file("\(folder)/test/b/4.png", Fixture.png(0))
      #expect(
        try inspect(folder).recommendation
          == "Split again: 1 set of equal images in more than one split would flatter every number."
      )
      try Fixture.file("\(folder)/train/a/5.png", "no image")
      #expect(
        try inspect(folder).recommendation
          == "Repair or remove 1 unreadable file first, or leave them out of training.")
    }
  }

  @Test(arguments: [
    ([80, 80], "Balanced: plain `erm` is the method to beat."),
    (
      [240, 80],
      "Mild imbalance (3.0:1): start with `erm`, compare others with it, and judge by macro-F1,"
        + " not accuracy."
    ),
    (
      [480, 4],
      "Strong imbalance (120:1): compare `class-balanced` and `square-root` with `erm`. Trained from scratch,"
        + " `class-balanced` had macro-F1 0.485 against 0.371 of `erm` (cells, 316:1, smallest class 8 images, 3 seeds,"
        + " Results/methods.md); it alone found the rarest classes, at the same MCC. From pretrained weights,"
        + " `square-root` had macro-F1 0.653 against 0.570 of `erm` (cells, 300:1, smallest class 6 images, 3 seeds,"
        + " Results/heart.md); its MCC was higher too, 0.736 against 0.704; `balanced-mixup` (0.608) had a fifth of the"
        + " calibration error. Judge by MCC, macro-F1 and the recall of the rarest classes. Always answering the largest class is already 99 % accurate. Fewer than 10 test"
        + " images for 'b': read their recall with its interval."
    ),
    (
      [250, 5],
      "Strong imbalance (50:1): compare `class-balanced` with `erm`. Trained from scratch, `class-balanced` had"
        + " macro-F1 0.485 against 0.371 of `erm` (cells, 316:1, smallest class 8 images, 3 seeds, Results/methods.md);"
        + " it alone found the rarest classes, at the same MCC. From pretrained weights `balanced-mixup` was not ahead of"
        + " `erm` on three sets of up to 34:1 (Results/frozen.md)."
        + " Judge by MCC, macro-F1 and the recall of the rarest classes. Always answering the largest class is already 98 % accurate. Fewer than 10 test images for"
        + " 'b': read their recall with its interval."
    ),
  ])
  func adviceFollowsTheImbalance(counts: [Int], text: String) throws {
    try withTemporaryFolder { folder in
      var number = 0
      for (label, count) in zip(["a", "b"], counts) {
        for _ in 0..<count {
          let header = Array("P5\n2 1\n255\n".utf8)
          let pixels = [UInt8(number / 256), UInt8(number % 256)]
          try FileManager.default.createDirectory(
            atPath: "\(folder)/\(label)", withIntermediateDirectories: true)
          try Data(header + pixels).write(
            to: URL(fileURLWithPath: "\(folder)/\(label)/\(number).pgm"))
          number += 1
        }
      }
      #expect(try inspect(folder).recommendation == text)
    }
  }

  /// Rows of numbers have evidence of their own: above 60:1 a method, below it the plain one.
  @Test(arguments: [
    (
      240, 4,
      "compare `smote-tomek` with `erm`. Where it was measured, `smote-tomek` had macro-F1 0.524 against 0.473 of `erm`"
    ),
    (236, 4, "begin with `erm`: on frozen features of 14:1 none of 48 methods was better"),
  ])
  func adviceOnRowsOfNumbers(common: Int, rare: Int, text: String) throws {
    try withTemporaryFolder { folder in
      let rows = (0..<common + rare).map {
        "\(Double($0) * 0.37),\(($0 * 7919) % 1000)\($0 < common ? ",a" : ",b")\n"
      }
      try Fixture.file("\(folder)/t.csv", "x,y,label\n" + rows.joined())
      let data = try Dataset.open("\(folder)/t.csv", input: .features)
      let advice = Inspection(data, Survey(data, threads: 1, fingerprints: false)).recommendation
      #expect(advice.contains(text), "\(advice)")
    }
  }

  /// Ten ranges of equal width of the training part, the empty ones left out; what lies beyond them counts in the last.
  @Test func rangesOfANumberStandForClasses() throws {
    try withTemporaryFolder { folder in
      let rows: [(Double, String)] =
        (0..<20).map { (Double($0) / 20, "train") } + [(9.5, "train"), (10, "train"), (12, "test")]
      let lines = rows.enumerated().map { "\($0),\($1.0),\($1.1)\n" }
      try Fixture.file("\(folder)/t.csv", "feature_0,dose,split\n" + lines.joined())
      let data = try Dataset.open(
        "\(folder)/t.csv", labels: .number, columns: ColumnNames(label: "dose"), input: .features)
      let found = Inspection(data, Survey(data, threads: 1, fingerprints: false))
      #expect(found.number == "dose" && found.withoutLabel == nil)
      #expect(found.classes.map(\.name) == ["0 to 1", "9 to 10"])
      #expect(found.classes.map(\.splits) == [["train": 20], ["train": 2, "test": 1]])
      #expect(found.imbalanceRatio == 10 && found.effectiveClasses == nil)
      #expect(found.problems.isEmpty)
      #expect(found.recommendation.hasPrefix("A number: compare `density-weighted`"))
    }
  }

  @Test func aNumberThatNeverDiffersIsRefused() throws {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/t.csv", "feature_0,dose\n1,2.5\n2,2.5\n3,2.5\n")
      let data = try Dataset.open(
        "\(folder)/t.csv", labels: .number, columns: ColumnNames(label: "dose"), input: .features)
      let found = Inspection(data, Survey(data, threads: 1, fingerprints: false))
      #expect(found.problems.count == 1 && found.problems[0].contains("2.5"), "\(found.problems)")
      #expect(found.classes.map(\.images) == [3])
      #expect(found.recommendation.hasPrefix("Only one value of dose: "))
    }
  }

  /// The share of the largest class is never rounded to all.
  @Test(arguments: [
    ([995, 5], "99.5"), ([997, 3], "99.7"), ([1999, 1], "99.9"), ([199, 2], "99"),
  ])
  func almostAllIsNotAll(counts: [Int], share: String) {
    var pixels = PixelStore()
    let numbers = pixels.append(
      (0..<counts.reduce(0, +)).flatMap { [UInt8($0 / 256), UInt8($0 % 256)] },
      count: counts.reduce(0, +), size: ImageSize(width: 2, height: 1), channels: 1)
    let data = Dataset(
      name: "made", layout: .medMNIST,
      examples: numbers.map {
        Example(
          path: "\($0)", source: .pixels($0), label: $0 < counts[0] ? "a" : "b", file: "t.npz")
      }, pixels: pixels)
    let advice = Inspection(data, Survey(data, threads: 1, fingerprints: false)).recommendation
    #expect(advice.contains("the largest class is already \(share) % accurate."), "\(advice)")
  }

  @Test(.enabled(if: RealData.has("chula-rbc12"), "\(RealData.absent)"))
  func bloodCellsHaveOneCopyAcrossSmears() throws {
    let data = try Dataset.open(RealData.path("chula-rbc12"))
    #expect(data.examples.count == 22_106)
    let survey = Survey(data, threads: 2, pixels: false)
    let inspection = Inspection(data, survey)
    #expect(inspection.classes.count == 13)
    #expect(inspection.groups?.count == 621)
    #expect(inspection.leakage.duplicates.count == 1)
    #expect(inspection.formats == ["JPEG": 22_106])
    #expect(inspection.width.map { [$0.minimum, $0.maximum] } == [80, 80])
    #expect(inspection.imbalanceRatio.map { abs($0 - 6330.0 / 184) < 1e-12 } == true)
  }
}
