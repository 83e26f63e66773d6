import Datasets
import Imaging
import TestSupport
import Testing

@Suite struct SplitTablesTests {
  @Test func aTableInEachSplitFolderAsHuggingFaceHasIt() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["train/1.png", "train/deep/2.png", "validation/1.png"], in: folder)
      try Fixture.file(
        "\(folder)/train/metadata.csv", "file_name,label,site\n1.png,a,n\ndeep/2.png,b,s\n")
      try Fixture.file(
        "\(folder)/validation/metadata.jsonl", "{\"file_name\": \"1.png\", \"label\": \"b\"}\n")
      let data = try Dataset.open(folder)
      #expect(data.layout == .manifest)
      #expect(
        data.examples.map(\.path) == ["train/1.png", "train/deep/2.png", "validation/1.png"])
      #expect(data.examples.map(\.label) == ["a", "b", "b"])
      #expect(data.examples.map(\.split) == [.train, .train, .val])
      #expect(data.examples.map { $0.attributes["site"] } == ["n", "s", nil])
      #expect(data.examples[1].origin == "\(folder)/train/metadata.csv:3")
      #expect(try data.image(at: 2).pixels.first == 2)
      #expect(try Dataset.unlabelled([folder]).examples.count == 3)
      #expect(
        data.reading.tables.map(\.usedText) == [
          "file_name as path, label as label, the folder of each image as split; no group",
          "file_name as path, label as label, the folder of each image as split; no group",
        ])
    }
  }

  @Test func halfATableIsRefused() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["train/1.png", "test/a/1.png"], in: folder)
      try Fixture.file("\(folder)/train/metadata.csv", "file_name,label\n1.png,a\n")
      #expect(
        Fixture.message(folder)
          == "DIR/test: has no table, while train/metadata.csv describes another"
          + " split; add one, or put a single table beside the split folders")
    }
  }

  @Test func tableAndFolderMustAgree() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["train/1.png", "train/2.png"], in: folder)
      try Fixture.file(
        "\(folder)/train/metadata.csv", "file_name,label,split\n1.png,a,train\n2.png,b,test\n")
      #expect(
        Fixture.message(folder)
          == "DIR/train/metadata.csv:3: the split is 'test', but the table lies"
          + " in the folder 'train'; leave the column out")
    }
  }
}
