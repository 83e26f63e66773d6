import Datasets
import Files
import Foundation
import TestSupport
import Testing

/// Folders as Roboflow exports them.
@Suite struct RoboflowTests {
  private static let categories = """
    {"id": 0, "name": "objects", "supercategory": "none"}, {"id": 1, "name": "helmet", "supercategory": "objects"},
    {"id": 2, "name": "vest", "supercategory": "objects"}
    """

  /// A file of boxes: images by name, each with the ids of its categories.
  private func boxes(_ images: [(name: String, categories: [Int])]) -> String {
    let entries = images.enumerated().map { "{\"id\": \($0), \"file_name\": \"\($1.name)\"}" }
    var annotations: [String] = []
    for (image, row) in images.enumerated() {
      for category in row.categories {
        annotations.append(
          "{\"id\": \(annotations.count), \"image_id\": \(image), \"category_id\": \(category), \"bbox\": [0, 0, 1, 1]}"
        )
      }
    }
    return "{\"info\": {}, \"licenses\": [], \"categories\": [\(Self.categories)],\n"
      + " \"images\": [\(entries.joined(separator: ", "))],\n"
      + " \"annotations\": [\(annotations.joined(separator: ", "))]}\n"
  }

  private func detection(in folder: String) throws {
    try Fixture.images(
      ["train/a.png", "train/b.png", "train/c.png", "valid/d.png", "test/e.png"], in: folder)
    try Fixture.file(
      "\(folder)/train/_annotations.coco.json",
      boxes([("a.png", [1, 1, 2]), ("b.png", []), ("c.png", [2])]))
    // The part has no vest, and a part may have no box at all.
    try Fixture.file("\(folder)/valid/_annotations.coco.json", boxes([("d.png", [1])]))
    try Fixture.file("\(folder)/test/_annotations.coco.json", boxes([("e.png", [])]))
    try Fixture.file("\(folder)/README.roboflow.txt", "x")
  }

  @Test func boxesAreLabelsOfTheirImages() throws {
    try withTemporaryFolder { folder in
      try detection(in: folder)
      #expect(
        LabelSign.found(at: folder)?.sign
          == "its annotations, in COCO's form, say the categories of each image")
      let data = try Dataset.open(folder, labels: .several)
      #expect(data.labelNames == ["helmet", "vest"])
      #expect(
        data.examples.map(\.path)
          == ["test/e.png", "train/a.png", "train/b.png", "train/c.png", "valid/d.png"])
      #expect(data.examples.map(\.split) == [.test, .train, .train, .train, .val])
      #expect(
        data.examples.map { $0.labels ?? [] }
          == [[false, false], [true, true], [false, false], [false, true], [true, false]])
      // Of all parts together: a category that one of them lacks is a label all the same.
      #expect(
        data.reading.notes.map(\.description).filter { $0.contains("COCO") } == [
          "read as COCO's annotations: 5 annotations of 2 categories in 5 images, 2 of them without any;"
            + " no annotation is of 'objects', so it is no label"
        ])
    }
  }

  /// One part alone is a data set; where labels are not asked for, all images of a folder are meant.
  @Test func onePartAndImagesAlone() throws {
    try withTemporaryFolder { folder in
      try detection(in: folder)
      let part = try Dataset.open(folder + "/train", labels: .several)
      #expect(part.examples.map(\.path) == ["a.png", "b.png", "c.png"])
      #expect(part.examples.allSatisfy { $0.split == nil })
      try Fixture.images(["train/new.png"], in: folder)
      #expect(try Dataset.unlabelled([folder + "/train"]).examples.count == 4)
      #expect(try Dataset.unlabelled([folder]).examples.count == 6)
    }
  }

  private func labels(in folder: String) throws {
    try Fixture.images(["train/a.png", "train/b.png", "valid/c.png"], in: folder)
    try Fixture.file(
      "\(folder)/train/_classes.csv", "filename, helmet, vest\na.png, 1, 1\nb.png, 0, 0\n")
    // The order of the columns is each table's own.
    try Fixture.file("\(folder)/valid/_classes.csv", "filename, vest, helmet\nc.png, 1, 0\n")
  }

  @Test func columnsBehindTheFileNameAreLabels() throws {
    try withTemporaryFolder { folder in
      try labels(in: folder)
      #expect(
        LabelSign.found(at: folder)?.sign
          == "the columns of _classes.csv, as Roboflow writes it, are labels")
      let data = try Dataset.open(folder, labels: .several)
      #expect(data.labelNames == ["helmet", "vest"])
      #expect(data.examples.map(\.path) == ["train/a.png", "train/b.png", "valid/c.png"])
      #expect(data.examples.map(\.split) == [.train, .train, .val])
      #expect(
        data.examples.map { $0.labels ?? [] } == [[true, true], [false, false], [false, true]])
      let alone = try Dataset.open(folder + "/valid/_classes.csv", labels: .several)
      #expect(alone.labelNames == ["vest", "helmet"] && alone.examples.count == 1)
      // Options come first.
      let asked = ColumnNames(label: "vest")
      #expect(LabelSign.found(at: folder, columns: asked) == nil)
      let classes = try Dataset.open(folder, columns: asked)
      #expect(classes.examples.map(\.label) == ["1", "0", "1"])
    }
  }

  @Test func whatIsWrongIsNamed() throws {
    try withTemporaryFolder { folder in
      try labels(in: folder)
      #expect(
        Fixture.message(folder).contains(
          "DIR/train/_classes.csv:2: several columns say a class"), "\(Fixture.message(folder))")
      let path = "\(folder)/valid/_classes.csv"
      try Fixture.file(path, "filename, vest, helmet\nc.png, maybe, 0\n")
      var found = Fixture.message(folder, labels: .several)
      #expect(found.contains("DIR/valid/_classes.csv:2") && found.contains("maybe"), "\(found)")
      // Masks have no files.
      try Fixture.file(path, "Pixel Value, Class\n0, background\n1, helmet\n")
      found = Fixture.message(folder, labels: .several)
      #expect(
        found.contains("DIR/valid/_classes.csv:1: no image path column; found: Pixel Value, Class"),
        "\(found)")
      #expect(LabelSign.found(at: path) == nil)
      try Fixture.file(path, "filename, vest\nc.png, 1\n")
      found = Fixture.message(folder, labels: .several)
      #expect(found.contains("expected at least two, one a class"), "\(found)")
    }
  }

  @Test func partsMustAllHaveATable() throws {
    try withTemporaryFolder { folder in
      try detection(in: folder)
      try Fixture.file("\(folder)/train/_classes.csv", "filename, a, b\na.png, 1, 0\n")
      var found = Fixture.message(folder, labels: .several)
      #expect(
        found
          == "DIR/train: holds several tables (_annotations.coco.json, _classes.csv); name the one to use"
      )
      try FileManager.default.removeItem(atPath: "\(folder)/train/_classes.csv")
      try FileManager.default.removeItem(atPath: "\(folder)/test/_annotations.coco.json")
      found = Fixture.message(folder, labels: .several)
      #expect(
        found.hasPrefix("DIR/test: has no table, while ")
          && found.contains("_annotations.coco.json describes another split"), "\(found)")
    }
  }

  @Test func wrongAnnotationsNameTheirFile() throws {
    try withTemporaryFolder { folder in
      try detection(in: folder)
      try Fixture.file("\(folder)/valid/_annotations.coco.json", boxes([("d.png", [7])]))
      var found = Fixture.message(folder, labels: .several)
      #expect(
        found.contains("DIR/valid/_annotations.coco.json:4")
          && found.contains("has the category_id 7"), "\(found)")
      for (part, images) in [("train", ["a", "b", "c"]), ("valid", ["d"]), ("test", ["e"])] {
        try Fixture.file(
          "\(folder)/\(part)/_annotations.coco.json",
          boxes(images.map { ("\($0).png", []) }))
      }
      found = Fixture.message(folder, labels: .several)
      #expect(found.contains("has no entry in 'annotations', so no image has a label"), "\(found)")
    }
  }
}
