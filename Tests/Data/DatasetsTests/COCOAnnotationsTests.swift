import Datasets
import Files
import TestSupport
import Testing

/// Images with the categories of their annotations, in COCO's form.
@Suite struct COCOAnnotationsTests {
  private let images = """
    {"id": 7, "file_name": "a.png", "width": 3, "patient": "p1"},
    {"id": 9, "file_name": "b.png", "width": 3, "patient": "p1"},
    {"id": 4, "file_name": "c.png", "width": 3, "patient": "p2"}
    """
  private let categories = """
    {"id": 1, "name": "cat", "supercategory": "animal"}, {"id": 2, "name": "dog \\"big\\""},
    {"id": 5, "name": "owl"}
    """
  private let annotations = """
    {"id": 1, "image_id": 9, "category_id": 2, "bbox": [0, 0, 1, 1], "segmentation": [[0, 0, 1, 1, 2, 2]]},
    {"id": 2, "image_id": 9, "category_id": 1, "segmentation": {"counts": [1, 2], "size": [3, 2]}},
    {"id": 3, "image_id": 9, "category_id": 1}, {"id": 4, "image_id": 7, "category_id": 1}
    """

  private func text(
    images: String? = nil, categories: String? = nil, annotations: String? = nil
  ) -> String {
    "{\"info\": {\"year\": 2020},\n \"images\": [\(images ?? self.images)],\n"
      + " \"categories\": [\(categories ?? self.categories)],\n"
      + " \"annotations\": [\(annotations ?? self.annotations)]}\n"
  }

  private func withImages(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a.png", "b.png", "c.png"], in: folder)
      try body(folder)
    }
  }

  private func message(_ text: String, labels: LabelPolicy = .several) throws -> String {
    var found = ""
    try withImages { folder in
      try Fixture.file("\(folder)/instances.json", text)
      found = Fixture.message(folder, "instances.json", labels: labels)
    }
    return found
  }

  @Test func anImageHasTheSetOfItsAnnotationsCategories() throws {
    try withImages { folder in
      let path = folder + "/instances.json"
      try Fixture.file(path, text())
      let data = try Dataset.open(path, labels: .several)
      #expect(data.labelNames == ["cat", "dog \"big\""])
      #expect(data.examples.map(\.path) == ["a.png", "b.png", "c.png"])
      #expect(
        data.examples.map { $0.labels ?? [] }
          == [[true, false], [true, true], [false, false]])
      #expect(data.examples[1].group == "p1" && data.examples[1].attributes["width"] == "3")
      #expect(data.examples[1].origin.hasSuffix("instances.json:3"))
      #expect(
        data.reading.notes.first?.description
          == "read as COCO's annotations: 4 annotations of 2 categories in 3 images, 1 of them without any;"
          + " no annotation is of 'owl', so it is no label")
      #expect(
        data.reading.tables[0].usedText.hasPrefix(
          "file_name as path, categories as lists of labels"))
      #expect(
        LabelSign.found(at: path)?.sign
          == "its annotations, in COCO's form, say the categories of each image")
    }
  }

  /// The order of the lists, and how the file is broken into lines, say nothing.
  @Test func anyOrderOfTheListsIsTheSame() throws {
    try withImages { folder in
      try Fixture.file(folder + "/x.json", text())
      let other =
        "{\"annotations\": [\(annotations)], \"categories\": [\(categories)], \"images\": [\(images)]}"
      try Fixture.file(folder + "/y.json", other.replacing("\n", with: " "))
      let (x, y) = (
        try Dataset.open(folder + "/x.json", labels: .several),
        try Dataset.open(folder + "/y.json", labels: .several)
      )
      #expect(x.labelNames == y.labelNames)
      #expect(x.examples.map(\.labels) == y.examples.map(\.labels))
    }
  }

  /// As classes, an image of one category is of that class; without labels all images are there.
  @Test func classesAndImagesAlone() throws {
    try withImages { folder in
      let path = folder + "/instances.json"
      try Fixture.file(
        path,
        text(
          annotations: """
            {"id": 1, "image_id": 7, "category_id": 1}, {"id": 2, "image_id": 9, "category_id": 2},
            {"id": 3, "image_id": 4, "category_id": 1}, {"id": 4, "image_id": 4, "category_id": 1}
            """))
      #expect(try Dataset.open(path).examples.map(\.label) == ["cat", "dog \"big\"", "cat"])
      try Fixture.file(path, "{\"images\": [\(images)], \"categories\": [\(categories)]}")
      let alone = try Dataset.open(path, labels: .optional)
      #expect(alone.examples.count == 3 && alone.examples.allSatisfy { $0.label == nil })
    }
    #expect(
      try message(text(), labels: .required).contains(
        "the label '[\"dog \\\"big\\\"\", \"cat\"]' is a list of classes"))
  }

  /// A crowd is there as one animal is; a name that JSON must escape stays as it is.
  @Test func crowdsCountAndNamesAreKept() throws {
    try withImages { folder in
      let path = folder + "/instances.json"
      try Fixture.file(
        path,
        text(
          categories: "{\"id\": 1, \"name\": \"a\\tb\\u0001c\"}",
          annotations: "{\"image_id\": 4, \"category_id\": 1, \"iscrowd\": 1}"))
      let data = try Dataset.open(path, labels: .several)
      #expect(data.labelNames == ["a\tb\u{1}c"])
      #expect(data.examples.map { $0.labels ?? [] } == [[false], [false], [true]])
    }
  }

  /// Panoptic annotations are said once, however many there are.
  @Test func panopticAnnotationsAreNamed() throws {
    let segments = "\"segments_info\": [{\"id\": 3, \"category_id\": 1}]"
    let found = try message(
      text(
        annotations:
          "{\"image_id\": 7, \"file_name\": \"a.png\", \(segments)}, {\"image_id\": 9, \(segments)}"
      ))
    #expect(
      found.contains(
        "annotations[0] has its categories in 'segments_info', as panoptic annotations do, which are not read; name the file of"
          + " instances, whose annotations have a 'category_id' each"), "\(found)")
    #expect(!found.contains("annotations[1]"), "\(found)")
  }

  @Test func eachMistakeNamesItsEntry() throws {
    let cases: [(String, String)] = [
      (
        text(annotations: "{\"id\": 1, \"image_id\": 7, \"category_id\": 3}"),
        "annotations[0] (id 1) has the category_id 3, and no entry of 'categories' has this id; correct it, add that entry, or"
          + " remove this one"
      ),
      (
        text(annotations: "{\"id\": 1, \"image_id\": 8, \"category_id\": 1}"),
        "annotations[0] (id 1) has the image_id 8, and no entry of 'images' has this id"
      ),
      (
        text(annotations: "{\"id\": 1, \"image_id\": 7, \"caption\": \"a cat\"}"),
        "annotations[0] (id 1) has no 'category_id'; add it, or remove the entry"
      ),
      (
        text(
          annotations:
            "{\"id\": 1, \"image_id\": 7, \"category_id\": 1}, {\"id\": 1, \"image_id\": 9, \"category_id\": 1}"
        ),
        "annotations[1] has the id 1 of annotations[0]; give each entry an id of its own"
      ),
      (
        text(images: images + ", {\"id\": 4, \"file_name\": \"a.png\"}"),
        "images[3] has the id 4 of images[2]; give each entry an id of its own"
      ),
      (text(images: images + ", {\"id\": 5}"), "images[3] (id 5) has no 'file_name'"),
      (text(images: images + ", {\"file_name\": \"d.png\"}"), "images[3] has no 'id'"),
      (text(images: images + ", 5"), "images[3] is no JSON object"),
      (
        text(categories: categories + ", {\"id\": 1, \"name\": \"fox\"}"),
        "categories[3] has the id 1 of categories[0]"
      ),
      (
        text(categories: categories + ", {\"id\": 6, \"name\": \"cat\"}"),
        "categories[3] (id 6) is called 'cat' as categories[0] (id 1) is; give each category a name of its own, or their"
          + " annotations one category_id"
      ),
      (text(annotations: "3"), "annotations[0] is no JSON object"),
    ]
    for (text, expected) in cases {
      let found = try message(text)
      #expect(found.contains("DIR/instances.json:"), "\(found)")
      #expect(found.contains(expected), "\(found)")
    }
  }

  @Test func withoutAnnotationsThereIsNothingToLearn() throws {
    let expected =
      "DIR/instances.json: has no entry in 'annotations', so no image has a label; name the file that has the annotations"
    #expect(try message(text(annotations: "")) == expected)
    #expect(
      try message("{\"images\": [\(images)], \"categories\": [\(categories)]}") == expected)
    let cut = try message(String(text().dropLast(4)))
    #expect(cut.contains("is not JSON: expected ',' or '}'"), "\(cut)")
    let gone = try message(
      text(
        images: "{\"id\": 7, \"file_name\": \"z.png\"}",
        annotations: "{\"image_id\": 7, \"category_id\": 1}"))
    #expect(gone.contains("the image 'z.png' does not exist"), "\(gone)")
  }

  /// An inspection counts the images that have each label, and those that have none.
  @Test func anInspectionCountsLabels() throws {
    try withImages { folder in
      try Fixture.file("\(folder)/instances.json", text())
      let data = try Dataset.open("\(folder)/instances.json", labels: .several)
      let found = Inspection(data, Survey(data, threads: 1))
      #expect(found.classes.map(\.name) == ["cat", "dog \"big\""])
      #expect(found.classes.map(\.images) == [2, 1])
      #expect(found.withoutLabel == 1 && found.effectiveClasses == nil && found.imbalanceRatio == 2)
      #expect(found.problems.isEmpty, "\(found.problems)")
      #expect(found.recommendation.hasPrefix("Several labels: "))
    }
  }
}
