import Files
import Foundation
import Imaging
import TestSupport
import Testing

/// COCO's annotations, inspected and trained on as a user does.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct COCOTests {
  /// 40 images of 8 × 8 pixels with two labels: a bright top and a bright left side.
  private func set(in folder: String) throws {
    var (images, annotations): ([String], [String]) = ([], [])
    try FileManager.default.createDirectory(
      atPath: folder + "/photos", withIntermediateDirectories: true)
    for number in 0..<40 {
      let (top, left) = (number % 2 == 0, number % 3 == 0)
      var pixels: [UInt8] = []
      for y in 0..<8 {
        for x in 0..<8 {
          let isBright = top && y < 3 || left && x < 3
          pixels += [UInt8](repeating: (isBright ? 200 : 20) + UInt8(number), count: 3)
        }
      }
      try AtomicFile.write(
        PNG.encode(Image(width: 8, height: 8, channels: 3, pixels: pixels)),
        to: "\(folder)/photos/\(number).png")
      images.append("{\"id\": \(100 + number), \"file_name\": \"\(number).png\"}")
      for (category, has) in [(1, top), (2, left)] where has {
        annotations.append("{\"image_id\": \(100 + number), \"category_id\": \(category)}")
      }
    }
    try AtomicFile.write(
      "{\"images\": [\(images.joined(separator: ", "))], \"annotations\": [\(annotations.joined(separator: ", "))],"
        + " \"categories\": [{\"id\": 1, \"name\": \"top\"}, {\"id\": 2, \"name\": \"left\"}]}\n",
      to: folder + "/instances.json")
  }

  @Test func anInstancesFileIsInspectedAndTrainedOn() throws {
    try withTemporaryFolder { folder in
      try set(in: folder)
      let asked = ["instances.json", "--image-root", "photos"]
      let seen = try Programme.run(["inspect"] + asked, in: folder)
      #expect(seen.status == 0, "\(seen.errors)")
      for words in [
        "40 images, 2 labels", "file_name as path",
        "read as COCO's annotations: 34 annotations of 2",
      ] {
        #expect(seen.output.contains(words), "\(seen.output)")
      }
      #expect(
        seen.errors.contains("its annotations, in COCO's form, say the categories of each image"),
        "\(seen.errors)")
      let trained = try Programme.run(
        ["train"] + asked + [
          "--model", "resnet20", "--img-size", "8", "--epochs", "1", "-b", "8", "--augment", "none",
          "--output-dir", "runs", "--experiment", "r", "--threads", "1",
        ], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(trained.errors.contains("read as COCO's annotations"), "\(trained.errors)")
      let test = String(
        decoding: try FileBytes.read(folder + "/runs/r/predictions-test.csv"), as: UTF8.self)
      #expect(test.hasPrefix("path,true_left,true_top,prob_left,prob_top"), "\(test.prefix(80))")
    }
  }

  /// The same as Roboflow exports it, with boxes or with a column a label.
  @Test(arguments: ["_annotations.coco.json", "_classes.csv"])
  func anExportOfRoboflowIsTrainedOn(_ name: String) throws {
    try withTemporaryFolder { folder in
      try set(in: folder)
      for (part, numbers) in [("train", 0..<24), ("valid", 24..<32), ("test", 32..<40)] {
        let own = "\(folder)/export/\(part)"
        try FileManager.default.createDirectory(
          atPath: own, withIntermediateDirectories: true)
        var (images, annotations, table): ([String], [String], String) = (
          [], [], "filename, top, left\n"
        )
        for number in numbers {
          try FileManager.default.moveItem(
            atPath: "\(folder)/photos/\(number).png", toPath: "\(own)/\(number).png")
          images.append("{\"id\": \(number), \"file_name\": \"\(number).png\"}")
          let (top, left) = (number % 2 == 0, number % 3 == 0)
          for (category, has) in [(1, top), (2, left)] where has {
            annotations.append(
              "{\"id\": \(annotations.count), \"image_id\": \(number), \"category_id\": \(category), \"bbox\": [0, 0, 3, 3]}"
            )
          }
          table += "\(number).png, \(top ? 1 : 0), \(left ? 1 : 0)\n"
        }
        let boxes =
          "{\"images\": [\(images.joined(separator: ", "))], \"annotations\": [\(annotations.joined(separator: ", "))],"
          + " \"categories\": [{\"id\": 0, \"name\": \"sides\", \"supercategory\": \"none\"},"
          + " {\"id\": 1, \"name\": \"top\"}, {\"id\": 2, \"name\": \"left\"}]}\n"
        try AtomicFile.write(name.hasSuffix("json") ? boxes : table, to: own + "/" + name)
      }
      let seen = try Programme.run(["inspect", "export"], in: folder)
      #expect(seen.status == 0, "\(seen.errors)")
      #expect(seen.output.contains("40 images, 2 labels"), "\(seen.output)")
      if name.hasSuffix("json") {
        #expect(
          seen.output.contains("no annotation is of 'sides', so it is no label"), "\(seen.output)")
      }
      let trained = try Programme.run(
        [
          "train", "export", "--model", "resnet20", "--img-size", "8", "--epochs", "1", "-b", "8",
          "--augment", "none", "--output-dir", "runs", "--experiment", "r", "--threads", "1",
        ], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      let test = String(
        decoding: try FileBytes.read(folder + "/runs/r/predictions-test.csv"), as: UTF8.self)
      #expect(test.hasPrefix("path,true_") && test.contains("test/39.png"), "\(test)")
      #expect(test.split(separator: "\n").count == 9)
      // A folder of an export is all its images where labels are not asked for.
      let said = try Programme.run(["predict", "runs/r", "export/test"], in: folder)
      #expect(said.status == 0 && said.output.split(separator: "\n").count == 9, "\(said.errors)")
    }
  }

  /// Options that an inspection has no use for are refused.
  @Test func anInspectionIgnoresNoOption() throws {
    try withTemporaryFolder { folder in
      try set(in: folder)
      try AtomicFile.write(
        "feature_0,label\n1,a\n2,b\n3,a\n4,b\n", to: folder + "/classes.csv")
      let labels = ["instances.json", "--image-root", "photos"]
      let cases: [(arguments: [String], words: String)] = [
        (
          labels + ["--study-join", "max"],
          "--study-join: there are no probabilities to join; leave it out"
        ),
        (
          ["classes.csv", "--task", "number", "--order", "a,b"],
          "--order is of classes or labels, and the target is a number; leave it out"
        ),
        (
          labels + ["--task", "labels", "--order", "top,left"],
          "--order is of classes, and the data have several labels an image; leave it out"
        ),
        (
          ["classes.csv", "--unknown", "zeros"],
          "--unknown is for several labels, and the data are read as classes"
        ),
        (
          ["classes.csv", "--study-column", "visit"],
          "--study-column is for several labels, and the data are read as classes"
        ),
      ]
      for (arguments, words) in cases {
        let refused = try Programme.run(["inspect"] + arguments, in: folder)
        #expect(refused.status != 0 && refused.errors.contains(words), "\(refused.errors)")
      }
    }
  }
}
