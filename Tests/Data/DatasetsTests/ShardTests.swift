import Datasets
import Files
import Imaging
import TestSupport
import Testing

/// Shards with what stands beside the images of them.
@Suite struct ShardTests {
  /// Writes a shard; a member without content is an image of its own.
  private func shard(_ path: String, _ members: [(String, String?)]) throws {
    try Fixture.file(
      path,
      tarred(
        try members.enumerated().map { place, member in
          TarMember(member.0, try member.1.map { Array($0.utf8) } ?? Fixture.png(UInt8(place)))
        }))
  }

  @Test func aFieldSaysTheClass() throws {
    try withTemporaryFolder { folder in
      try shard(
        "\(folder)/pets.tar",
        [
          ("./a.png", nil), ("./a.cls", "3\n"), ("./b.cls", "7"), ("./b.PNG", nil),
          ("./c.txt", "x"), ("./c.input.png", nil), ("./c.cls", "3"), ("./README", "no sample"),
          ("./._c.png", "attributes"), ("./d.npy", "no image"),
        ])
      let data = try Dataset.open("\(folder)/pets.tar")
      #expect(data.name == "pets")
      #expect(data.layout == .shards)
      #expect(data.examples.map(\.path) == ["a.png", "b.PNG", "c.input.png"])
      #expect(data.examples.map(\.label) == ["3", "7", "3"])
      #expect(data.examples.map(\.source) == [.member(0), .member(1), .member(2)])
      #expect(data.examples[0].file == "\(folder)/pets.tar")
      #expect(data.examples[0].origin == "\(folder)/pets.tar/a.png")
      #expect(data.examples[2].attributes == ["txt": "x"])
      #expect(data.reading.tables[0].usedText == "member as path, cls as label; no group, no split")
      #expect(
        data.reading.notes.map(\.description) == [
          "not counted: 1 without an extension (README), 1 .npy (d.npy)"
        ])
      #expect(try data.bytes(at: 1) == Fixture.png(3))
      #expect(try data.image(at: 1).pixels == [UInt8](repeating: 3, count: 18))
    }
  }

  @Test func membersOfAnObjectAreColumns() throws {
    try withTemporaryFolder { folder in
      try shard(
        "\(folder)/a.tar",
        [
          ("1.png", nil),
          ("1.json", #"{"label": "cat", "patient_id": "p1", "split": "train", "area": 2.5}"#),
          ("2.png", nil),
          ("2.json", #"{"patient_id": "p1", "label": "dog", "split": "val", "area": 4}"#),
          ("3.png", nil),
          (
            "3.json",
            #"{"label": "dog", "age": 7, "split": "train", "patient_id": "p2", "area": 1}"#
          ),
        ])
      let data = try Dataset.open("\(folder)/a.tar")
      #expect(data.examples.map(\.label) == ["cat", "dog", "dog"])
      #expect(data.examples.map(\.group) == ["p1", "p1", "p2"])
      #expect(data.examples.map(\.split) == [.train, .val, .train])
      #expect(data.examples.map { $0.attributes["age"] } == ["", "", "7"])
      let numbers = try Dataset.open(
        "\(folder)/a.tar", labels: .number, columns: ColumnNames(label: "area"))
      #expect(numbers.examples.map(\.number) == [2.5, 4, 1])
      #expect(
        Fixture.message(folder, "a.tar", columns: ColumnNames(path: "x"))
          == "path column: expected none for tar shards, in which each image has the name of its member, got x"
      )
    }
  }

  @Test func severalLabelsAndClassNames() throws {
    try withTemporaryFolder { folder in
      try shard(
        "\(folder)/s.tar",
        [
          ("1.png", nil), ("1.cls", "a|b"), ("2.png", nil), ("2.cls", ""), ("3.png", nil),
          ("3.cls", "b"),
        ])
      let data = try Dataset.open("\(folder)/s.tar", labels: .several)
      #expect(data.labelNames == ["a", "b"])
      #expect(data.examples.map(\.labels) == [[true, true], [false, false], [false, true]])
    }
    try withTemporaryFolder { folder in
      try shard(
        "\(folder)/s.tar", [("1.png", nil), ("1.cls", "1"), ("2.png", nil), ("2.cls", "0")])
      try Fixture.file("\(folder)/classes.txt", "cat\ndog\n")
      #expect(try Dataset.open(folder).examples.map(\.label) == ["dog", "cat"])
      #expect(try Dataset.open("\(folder)/s.tar").examples.map(\.label) == ["dog", "cat"])
    }
  }

  @Test func classFoldersInTheNamesOfMembers() throws {
    try withTemporaryFolder { folder in
      try shard("\(folder)/a.tar", [("train/cat/1.png", nil), ("train/dog/2.png", nil)])
      try shard("\(folder)/b.tar", [("val/cat/3.png", nil), ("val/dog/4.png", nil)])
      let data = try Dataset.open(folder)
      #expect(data.examples.map(\.label) == ["cat", "dog", "cat", "dog"])
      #expect(data.examples.map(\.split) == [.train, .train, .val, .val])
      #expect(try Dataset.open(folder, dropping: ["cat"]).examples.count == 2)
      let plain = try Dataset.unlabelled(["\(folder)/a.tar", "\(folder)/b.tar"])
      #expect(plain.examples.map(\.path) == data.examples.map(\.path))
      #expect(try plain.image(at: 3).pixels == data.image(at: 3).pixels)
      #expect(plain.layout == .shards)
    }
  }

  @Test func pixelsAreThoseOfTheFiles() throws {
    try withTemporaryFolder { folder in
      let paths = ["cat/1.png", "dog/2.png", "dog/3.png"]
      try Fixture.images(paths, in: "\(folder)/files")
      try shard("\(folder)/x/a.tar", paths.map { ($0, nil) })
      let (files, members) = (
        try Dataset.open("\(folder)/files"), try Dataset.open("\(folder)/x")
      )
      #expect(members.examples.map(\.path) == files.examples.map(\.path))
      for index in paths.indices {
        #expect(try members.image(at: index).pixels == files.image(at: index).pixels)
      }
      #expect(members.digest == files.digest)
    }
  }
}
