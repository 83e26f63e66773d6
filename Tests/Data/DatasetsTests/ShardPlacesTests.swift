import Datasets
import Files
import TestSupport
import Testing

/// Where shards lie, what their names say, and what is wrong with them.
@Suite struct ShardPlacesTests {
  /// Writes a shard with samples of a class each.
  private func shard(_ path: String, _ samples: [String], label: String = "a") throws {
    try Fixture.file(
      path,
      tarred(
        try samples.flatMap { name in
          [TarMember("\(name).png", try Fixture.png(1)), TarMember("\(name).cls", label)]
        }))
  }

  @Test func bracesStandForManyShards() throws {
    try withTemporaryFolder { folder in
      for number in 8...10 {
        let name = String("0\(number)".suffix(2))
        try shard("\(folder)/s-\(name).tar", ["\(number)"], label: "c\(number % 2)")
      }
      let data = try Dataset.open("\(folder)/s-{08..10}.tar")
      #expect(data.examples.map(\.path) == ["8.png", "9.png", "10.png"])
      #expect(data.name == "s-{08..10}")
      #expect(try InputKind.found(at: "\(folder)/s-{08..10}.tar") == .images)
      #expect(try Dataset.unlabelled(["\(folder)/s-{08..10}.tar"]).examples.count == 3)
      #expect(
        try Dataset.open("\(folder)/s-{10,08}.tar").examples.map(\.path) == ["10.png", "8.png"])
      #expect(
        Fixture.message(folder, "s-{07..11}.tar")
          == "DIR/s-07.tar: no such file or folder; check the path\n"
          + "DIR/s-11.tar: no such file or folder; check the path")
      #expect(
        Fixture.message(folder, "s-{9..1}.tar")
          == "shards: expected ranges such as {000000..000012} or lists such as {a,b} in braces, of at most 100000"
          + " shards, got DIR/s-{9..1}.tar")
    }
  }

  @Test func namesSayTheSplits() throws {
    try withTemporaryFolder { folder in
      try shard("\(folder)/pets-train-000.tar", ["1"])
      try shard("\(folder)/pets-train-001.tar", ["2"], label: "b")
      try shard("\(folder)/val_3.tar", ["3"])
      let data = try Dataset.open(folder)
      #expect(data.examples.map(\.split) == [.train, .train, .val])
      #expect(
        data.reading.notes.map(\.description) == [
          "the names of the shards say the splits: 2 shards of train, 1 shard of val"
        ])
      #expect(
        data.reading.tables[0].usedText
          == "member as path, cls as label, the name of each shard as split; no group")
      #expect(try Dataset.open("\(folder)/val_3.tar", labels: .optional).splits == [])
      try shard("\(folder)/extra.tar", ["4"])
      #expect(
        Fixture.message(folder)
          == "DIR: the names of some shards say a split (pets-train-000.tar, pets-train-001.tar, val_3.tar), those of"
          + " others none (extra.tar); name all so, put each split into a folder of its own, or open them apart"
      )
    }
  }

  @Test func splitFoldersSayTheSplits() throws {
    try withTemporaryFolder { folder in
      try shard("\(folder)/train/0.tar", ["1"])
      try shard("\(folder)/train/1.tar", ["2"], label: "b")
      try shard("\(folder)/test/0.tar", ["3"])
      try Fixture.file("\(folder)/sizes.json", "{}")
      let data = try Dataset.open(folder)
      #expect(data.examples.map(\.split) == [.test, .train, .train])
      #expect(
        data.reading.notes.map(\.description) == [
          "the folders of the shards say the splits: 2 shards of train, 1 shard of test",
          "not counted: 1 .json (sizes.json)",
        ])
    }
  }

  @Test func imagesBesideShardsAreRead() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["cat/1.png", "dog/2.png"], in: folder)
      try shard("\(folder)/all.tar", ["1"])
      let data = try Dataset.open(folder)
      #expect(data.layout == .classFolders)
      #expect(
        data.reading.warnings.contains {
          $0.description
            == "all.tar is not read: the images beside it are; move the shards into a folder of their own to read them"
        })
    }
  }

  /// What opening says of one shard with these members; an empty text is an image.
  private func message(_ members: [(String, String)], labels: LabelPolicy = .required) throws
    -> String
  {
    try withTemporaryFolder { folder in
      let made = try members.map { name, text in
        TarMember(name, text.isEmpty ? try Fixture.png(1) : Array(text.utf8))
      }
      try Fixture.file("\(folder)/a.tar", tarred(made))
      return Fixture.message(folder, "a.tar", labels: labels)
    }
  }

  @Test func whatIsWrongIsNamed() throws {
    #expect(
      try message([("1.png", ""), ("1.seg.png", ""), ("1.cls", "x")])
        == "DIR/a.tar/1.png: the sample has several images (png, seg.png): members of one name up to the first dot are"
        + " one sample, which has one image here; name them apart, without dots before the extension"
    )
    #expect(
      try message([("1.png", ""), ("1.cls", "x"), ("1.CLS", "y")])
        == "DIR/a.tar/1.png: the field 'cls' stands twice in the sample; keep one")
    #expect(
      try message([("1.png", ""), ("2.png", ""), ("1.cls", "x"), ("2.cls", "y")])
        == "DIR/a.tar/1.cls: the members of the sample '1' do not stand one behind the other; write them together, as tar"
        + " --sort=name does\nDIR/a.tar/2.cls: the members of the sample '2' do not stand one behind the other; write"
        + " them together, as tar --sort=name does")
    #expect(
      try message([("1.png", ""), ("1.json", "[1]"), ("2.png", ""), ("2.json", "{\"label\": }")])
        == "DIR/a.tar/1.json: the field 'json' is no JSON object; expected {\"label\": …, …}\n"
        + "DIR/a.tar/2.json: the field 'json' is no JSON: expected a value (byte 11); correct it and write the shard"
        + " again")
    #expect(
      try message([("1.png", ""), ("1.cls", "x\ny")])
        == "DIR/a.tar/1.cls: the field 'cls' has several lines, expected one class or number")
    #expect(
      try message([("1.png", ""), ("1.cls", "x"), ("2.png", "")])
        == "DIR/a.tar/2.png: the label is empty; give it a class or remove the row")
    #expect(
      try message([("1.png", ""), ("1.json", "{\"age\": 3}")])
        == "DIR/a.tar: has no labels; expected a field 'cls' beside each image (a.jpg, a.cls), a field 'json' with a"
        + " label, or members in class folders (cat/a.jpg); found the columns: member, age")
    #expect(
      try message([("1.npy", "x"), ("1.cls", "y")])
        == "DIR/a.tar: holds no image that is read, only 1 .cls (1.cls), 1 .npy (1.npy)")
    #expect(
      try message([]) == "DIR/a.tar: is empty, expected samples with an image each (a.jpg, a.cls)")
  }

  @Test func damagedTextAndTwoShardsAreNamed() throws {
    try withTemporaryFolder { folder in
      try Fixture.file(
        "\(folder)/a.tar",
        tarred([TarMember("1.png", try Fixture.png(1)), TarMember("1.txt", [0xE9])]))
      try shard("\(folder)/b.tar", ["1"])
      #expect(
        Fixture.message(folder)
          == "DIR/a.tar/1.txt: the field 'txt' is not UTF-8; save it as UTF-8 and write the shard again\n"
          + "DIR/b.tar/1.png: the sample '1' stands in DIR/a.tar already; give each sample a name of its own"
      )
      try Fixture.file("\(folder)/c.tar.gz", [0x1F, 0x8B] + [UInt8](repeating: 1, count: 300))
      #expect(
        Fixture.message(folder, "c.tar.gz").hasPrefix(
          "DIR/c.tar.gz: is compressed with gzip, so its members cannot be read one by one; decompress it first"
        ))
    }
  }

  @Test func aColumnMustNotSayAnotherSplitThanTheFolder() throws {
    try withTemporaryFolder { folder in
      for (split, said) in [("train", "train"), ("val", "train")] {
        try Fixture.file(
          "\(folder)/\(split)/0.tar",
          tarred([
            TarMember("\(split).png", try Fixture.png(1)),
            TarMember("\(split).json", "{\"label\": \"\(split)\", \"split\": \"\(said)\"}"),
          ]))
      }
      #expect(
        Fixture.message(folder)
          == "DIR/val/0.tar/val.png: the split is 'train', but the shard lies in the folder of 'val'; leave the column"
          + " out")
    }
  }
}
