import Datasets
import Files
import Imaging
import TestSupport
import Testing

/// Tables as well-known sets publish them, read without a word from the user.
@Suite struct PublishedTablesTests {
  private func open(
    _ images: [String], _ name: String, _ text: String, columns: ColumnNames = ColumnNames(),
    _ check: (Dataset) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      try Fixture.images(images, in: folder)
      try Fixture.file("\(folder)/\(name)", text)
      try check(Dataset.open("\(folder)/\(name)", columns: columns))
    }
  }

  @Test func ham10000() throws {
    try open(
      ["part_1/ISIC_0027419.jpg", "part_1/ISIC_0025030.jpg", "part_2/ISIC_0026769.jpg"],
      "HAM10000_metadata.csv",
      """
      lesion_id,image_id,dx,dx_type,age,sex,localization
      HAM_0000118,ISIC_0027419,bkl,histo,80.0,male,scalp
      HAM_0000118,ISIC_0025030,bkl,histo,80.0,male,scalp
      HAM_0002730,ISIC_0026769,nv,histo,,female,scalp

      """
    ) { data in
      #expect(data.examples.map(\.path) == ["ISIC_0027419", "ISIC_0025030", "ISIC_0026769"])
      #expect(data.examples.map(\.label) == ["bkl", "bkl", "nv"])
      #expect(data.examples.map(\.group) == ["HAM_0000118", "HAM_0000118", "HAM_0002730"])
      try #expect(data.image(at: 2).pixels.first == 2)
      let use = data.reading.tables[0]
      #expect(use.usedText == "image_id as path, dx as label, lesion_id as group; no split")
      #expect(use.leftAloneText == "dx_type, age, sex, localization")
      #expect(
        data.reading.notes.map(\.description) == [
          "3 paths without an extension, found as .jpg", "3 images found by name in part_1, part_2",
        ])
      #expect(data.reading.warnings == [])
    }
  }

  @Test func oneHotTruthOfISIC() throws {
    try open(
      ["images/ISIC_1.jpg", "images/ISIC_2.jpg", "images/ISIC_3.jpg"],
      "ISIC_2019_Training_GroundTruth.csv",
      "image,MEL,NV,BCC,UNK\nISIC_1,0.0,1.0,0.0,0.0\nISIC_2,0.0,1.0,0.0,0.0\nISIC_3,1.0,0.0,0.0,0.0\n"
    ) { data in
      #expect(data.examples.map(\.label) == ["NV", "NV", "MEL"])
      #expect(
        data.reading.tables[0].usedText
          == "image as path, MEL, NV, BCC, UNK as label, one column a class; no group, no split")
      #expect(data.reading.notes.contains(.classesWithoutImage(["BCC", "UNK"])))
      #expect(
        "\(ReadingNote.classesWithoutImage(["BCC", "UNK"]))"
          == "no image is of 'BCC', 'UNK', so they are no classes")
    }
  }

  @Test func labelStudioCSV() throws {
    try open(
      ["media/upload/1/0a1b2c3d-a.png", "b b.png"], "project-1.csv",
      """
      annotation_id,annotator,choice,created_at,id,image,lead_time,updated_at
      11,1,cat,2024-01-01T10:00:00Z,1,/data/upload/1/0a1b2c3d-a.png,1.5,2024-01-01T10:00:00Z
      12,1,dog,2024-01-01T10:00:05Z,2,/data/upload/1/99887766-b%20b.png,1.2,2024-01-01T10:00:05Z

      """
    ) { data in
      #expect(data.examples.map(\.label) == ["cat", "dog"])
      try #expect(data.image(at: 1).pixels.first == 1)
      #expect(
        data.reading.tables[0].usedText == "image as path, choice as label; no group, no split")
      #expect(data.reading.notes[0] == .labelStudioPaths(paths: 2))
      #expect(data.reading.warnings == [])
    }
  }

  @Test func labelStudioMinimalJSON() throws {
    try open(
      ["img/a.png", "img/b.png"], "project-1.json",
      """
      [
        {"image": "/data/local-files/?d=img%2Fa.png", "id": 1, "choice": "cat", "annotator": 1},
        {"image": "/data/local-files/?d=img/b.png", "id": 2, "choice": "dog", "annotator": 1}
      ]
      """
    ) { data in
      #expect(data.examples.map(\.label) == ["cat", "dog"])
      #expect(data.examples[1].origin.hasSuffix("project-1.json:3"))
      #expect(data.reading.notes == [.labelStudioPaths(paths: 2)])
      #expect("\(data.reading.notes[0])" == "2 addresses of Label Studio read as local files")
    }
  }

  @Test func labelStudioTasksAreRefused() throws {
    try withTemporaryFolder { folder in
      try Fixture.file(
        "\(folder)/t.json", "[{\"id\": 1, \"data\": {\"image\": \"a\"}, \"annotations\": []}]")
      #expect(
        Fixture.message(folder, "t.json")
          == "DIR/t.json: is Label Studio's JSON, in which labels stand deep inside; export JSON-MIN or"
          + " CSV")
    }
  }

  @Test func huggingFaceMetadataBesideClassFolders() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["cat/1.png", "cat/2.png", "dog/1.png"], in: folder)
      try Fixture.file(
        "\(folder)/metadata.csv", "file_name,site\ncat/1.png,n\ncat/2.png,n\ndog/1.png,s\n")
      let data = try Dataset.open(folder)
      #expect(data.examples.map(\.label) == ["cat", "cat", "dog"])
      #expect(data.splits == [])
      #expect(
        data.reading.tables[0].usedText
          == "file_name as path, the folder of each image as label; no group, no split")
    }
    try withTemporaryFolder { folder in
      try Fixture.images(["train/cat/1.png", "train/dog/1.png", "test/cat/1.png"], in: folder)
      try Fixture.file(
        "\(folder)/metadata.jsonl",
        ["train/cat/1.png", "train/dog/1.png", "test/cat/1.png"]
          .map { "{\"file_name\": \"\($0)\"}\n" }.joined())
      let data = try Dataset.open(folder)
      #expect(data.examples.map(\.label) == ["cat", "dog", "cat"])
      #expect(data.examples.map(\.split) == [.train, .train, .test])
      #expect(
        data.reading.tables[0].usedText
          == "file_name as path, the folder of each image as label, the folder of each image as split;"
          + " no group")
    }
  }

  @Test func aptos() throws {
    try open(
      ["train_images/000c1434d8d7.png", "train_images/001639a390f0.png", "test_images/0.png"],
      "train.csv", "id_code,diagnosis\n000c1434d8d7,2\n001639a390f0,4\n"
    ) { data in
      #expect(data.examples.map(\.label) == ["2", "4"])
      #expect(
        data.reading.tables[0].usedText == "id_code as path, diagnosis as label; no group, no split"
      )
    }
    // The folder itself has no classes; it is not read as two classes of images.
    try withTemporaryFolder { folder in
      try Fixture.images(["train_images/1.png", "test_images/2.png"], in: folder)
      try Fixture.file("\(folder)/train.csv", "id_code,diagnosis\n1,2\n")
      #expect(
        Fixture.message(folder)
          == "DIR: no folder says a class (test_images, train_images hold images only); the labels may"
          + " stand in train.csv: name that table")
    }
  }

  @Test func kaggleBirds() throws {
    try open(
      ["train/A B/1.jpg", "valid/A B/1.jpg", "test/C/1.jpg", "train/C/2.jpg"], "birds.csv",
      """
      class id,filepaths,labels,data set,scientific name
      0.0,train/A B/1.jpg,A B,train,X
      0.0,valid/A B/1.jpg,A B,valid,X
      1.0,test/C/1.jpg,C,test,Y
      1.0,train/C/2.jpg,C,train,Y

      """
    ) { data in
      #expect(data.examples.map(\.label) == ["A B", "A B", "C", "C"])
      #expect(data.examples.map(\.split) == [.train, .val, .test, .train])
      #expect(
        data.reading.tables[0].usedText
          == "filepaths as path, labels as label, data set as split; no group")
      // What the class says is no group.
      #expect(data.reading.warnings == [])
    }
  }

  @Test func cheXpertFromItsOwnFolder() throws {
    try withTemporaryFolder { folder in
      let name = FilePath.name(of: folder)
      try Fixture.images(["train/p1/s1/v1.jpg", "train/p2/s1/v1.jpg"], in: folder)
      let head = "Path,Sex,Age,No Finding,Lung Lesion\n"
      try Fixture.file(
        "\(folder)/train.csv",
        head + "\(name)/train/p1/s1/v1.jpg,F,68,1.0,0.0\n\(name)/train/p2/s1/v1.jpg,M,60,0.0,1.0\n")
      let data = try Dataset.open("\(folder)/train.csv")
      #expect(data.examples.map(\.label) == ["No Finding", "Lung Lesion"])
      #expect(data.reading.notes.contains(.fromFolderAbove(paths: 2)))
      // Blank and uncertain cells are no 0.
      try Fixture.file(
        "\(folder)/train.csv",
        head + "\(name)/train/p1/s1/v1.jpg,F,68,1.0,\n\(name)/train/p2/s1/v1.jpg,M,60,-1.0,1.0\n")
      let columns = ColumnNames(labelColumns: ["No Finding", "Lung Lesion"])
      #expect(
        Fixture.message(folder, "train.csv", columns: columns) == """
          DIR/train.csv:2: the cell of 'Lung Lesion' is '', expected 0 or 1, where one column a class \
          says the label
          DIR/train.csv:3: the cell of 'No Finding' is '-1.0', expected 0 or 1, where one column a \
          class says the label
          """)
    }
  }

  @Test func severalDiseasesOfODIR() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["0_left.jpg", "1_left.jpg"], in: folder)
      try Fixture.file(
        "\(folder)/full_df.csv",
        "ID,Patient Age,Left-Fundus,Right-Fundus,N,D,G\n0,69,0_left.jpg,0_right.jpg,0,1,1\n"
          + "1,57,1_left.jpg,1_right.jpg,1,0,0\n")
      #expect(
        Fixture.message(folder, "full_df.csv", columns: ColumnNames(path: "Left-Fundus")).hasPrefix(
          "DIR/full_df.csv:1: no label column; found: ID, Patient Age, Left-Fundus, Right-Fundus, N, D,"
            + " G; by their cells it may be: N, D, G; known names: label, target, class, dx, "))
      let columns = ColumnNames(path: "left fundus", labelColumns: ["N", "D", "G"])
      #expect(
        Fixture.message(folder, "full_df.csv", columns: columns)
          == "DIR/full_df.csv:2: several columns say a class (D, G), and an image has one class here;"
          + " leave one 1 in the row, remove the row, or train with --task labels, where an image may have"
          + " several or none")
    }
  }

  @Test func tablesWithoutAHeader() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["train0_8.png"], in: folder)
      try Fixture.file("\(folder)/t.csv", "TRAIN,train0_8.png,8\nTRAIN,train1_1.png,1\n")
      #expect(
        Fixture.message(folder, "t.csv")
          == "DIR/t.csv:1: the first line (TRAIN, train0_8.png, 8) is a row; write a line with the names"
          + " of the columns before it, such as path,label")
    }
  }

  @Test func foldsOfHyperKvasir() throws {
    try open(
      ["x/7391b641.jpg", "y/18a220f8.jpg"], "folds.csv",
      "image_id,finding_name,label,fold\n7391b641,cecum,6,1\n18a220f8,pylorus,15,2\n"
    ) { data in
      #expect(data.examples.map(\.label) == ["6", "15"])
      #expect(data.splits == [])
      #expect(data.reading.notes.last == .numberedFolds(column: "fold", folds: 2))
      #expect(
        "\(ReadingNote.numberedFolds(column: "fold", folds: 2))"
          == "the column 'fold' numbers 2 folds of a cross-validation, which are not train, val and test;"
          + " it is left alone")
    }
  }
}
