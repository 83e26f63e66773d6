import Datasets
import Files
import Foundation
import Sampling
import SteelyardCommand
import TestSupport
import Testing

/// Rows of buckets of labels, as `--buckets` and `--hard-normals` have them.
@Suite struct RunLabelBucketsTests {
  private let names = ["scratch", "dent", "hole"]
  /// 24 rows: scratch in 0…5, dent in 4…6, hole in 6; of 7 nothing is known.
  private let table: LabelTable = {
    var rows = [[Bool?]](repeating: [false, false, false], count: 24)
    for row in 0..<6 { rows[row][0] = true }
    for row in 4..<7 { rows[row][1] = true }
    rows[6][2] = true
    rows[7] = [nil, nil, nil]
    return LabelTable(rows.flatMap(\.self), width: 3)
  }()

  /// The same rows as data: `hand` is yes in every fourth; the last two are of the validation part.
  private func data(groups: Bool = true) throws -> Dataset {
    try withTemporaryFolder { folder in
      var lines = ["feature_0,scratch,dent,hole,hand,patient,split"]
      for row in 0..<26 {
        let cells = row < 24 ? table[row].map { $0.map { $0 ? "1" : "0" } ?? "" } : ["0", "0", "0"]
        lines.append(
          (["\(row)"] + cells + [
            row % 4 == 0 ? "yes" : "no", "p\(row / 2)", row < 24 ? "train" : "val",
          ]).joined(separator: ","))
      }
      let path = folder + "/t.csv"
      try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: path)
      var words = [path, "--task", "labels", "--label-columns", "scratch,dent,hole"]
      if groups { words += ["--group-column", "patient"] }
      return try Dataset.open(path, TrainCommand.options(from: words).values, takesLabels: true)
    }
  }

  private func buckets(
    _ text: String, _ normals: HardNormalRows? = nil, batch: Int = 8, names: [String]? = nil
  ) throws -> RunLabelBuckets {
    try RunLabelBuckets(
      #require(ClassMass(text: text)), normals: normals, names: names ?? self.names, table: table,
      batchSize: batch)
  }

  private func normals(_ text: String) throws -> HardNormalRows {
    try HardNormalRows(#require(HardNormals(text: text)), in: data())
  }

  private func refusal(_ body: () throws -> Void) -> String? {
    let error = #expect(throws: OptionError.self) { try body() }
    return error.map { "\($0)" }
  }

  @Test func bucketsOfLabels() throws {
    let found = try buckets("none=2,scratch=1,dent+hole=1", batch: 8)
    #expect(
      found.sampler
        == LabelBucketSampler([2, 0, 0], none: 1, each: [1, 2, 1]))
    #expect(
      found.statements == [
        "buckets: every batch of 8 rows has 2 of dent and hole, 4 of none, 2 of scratch; a row of several labels stands in"
          + " the bucket of its rarest",
        "buckets: 1 rows of which nothing is known are never drawn",
      ])
    let bare = try buckets("scratch=1,dent+hole=7")
    #expect(
      bare.statements.dropFirst() == [
        "buckets: dent and hole has 3 for the 7 rows of a batch, which repeats them",
        "buckets: 16 rows without any label are never drawn; none=… draws them",
        "buckets: 1 rows of which nothing is known are never drawn",
      ])
  }

  /// A column, a group, a list of paths and a table of them name the same rows; what has a label stays in its bucket.
  @Test func hardNormals() throws {
    let text = "none=4,hard=2,scratch=1,dent+hole=1"
    let byColumn = try buckets(text, normals("hand=yes"))
    #expect(
      byColumn.sampler
        == LabelBucketSampler(
          [3, 0, 0], none: 2, hard: 1, hardRows: [0, 4, 8, 12, 16, 20], each: [1, 2, 4, 1]))
    #expect(
      byColumn.statements.last
        == "hard normals: 4 rows without any label (hand=yes); 2 have one and stand in its bucket")
    #expect(
      try buckets(text, normals("hand=no")).statements.last
        == "hard normals: 12 rows without any label (hand=no); 5 have one and stand in its bucket; of 1 nothing is known"
    )
    #expect(try normals("group=p4").rows == [8, 9])
    let paths = try data().examples.map(\.path)
    try withTemporaryFolder { folder in
      let list = folder + "/hands.txt"
      try AtomicFile.write([8, 12, 24].map { paths[$0] }.joined(separator: "\n") + "\n", to: list)
      let read = try normals(list)
      #expect(read.rows == [8, 12] && read.elsewhere == 1 && read.source == "hands.txt")
      try AtomicFile.write(
        "score,path\n" + [12, 8].map { "1,\(paths[$0])" }.joined(separator: "\n") + "\n", to: list)
      #expect(try normals(list).rows == [8, 12])
      try AtomicFile.write("\n", to: list)
      #expect(
        refusal { _ = try normals(list) }
          == "hard-normals: \(list) names nothing; expected a path a line, or a table with the column path"
      )
      try AtomicFile.write("\(paths[1])\nnowhere.png\n", to: list)
      #expect(
        refusal { _ = try normals(list) }
          == "hard-normals: \(list): 1 of 2 paths are not in the data: 'nowhere.png'; write them as the data have them"
      )
    }
  }

  @Test(arguments: [
    ("scratch=1,dent=1,none=6", "buckets: 'hole' is in no bucket; put every label into one"),
    (
      "scratch=1,dent+hole=1,hole=2",
      "buckets: 'hole' is in two buckets; put every label into one"
    ),
    ("scratch=1,dnt+hole=1", "buckets: there is no label 'dnt'; did you mean 'dent'?"),
    (
      "scratch=2,dent=2,hole=2,none=1",
      "buckets: a batch of 8 rows does not hold whole rounds of 7; take --batch-size 7 or 14"
    ),
    (
      "scratch=20,dent=2,hole=2,none=1",
      "buckets: the training part has 24 rows, fewer than the 25 of one round; give the buckets fewer"
    ),
    (
      "scratch=99999999999,dent+hole=1",
      "buckets: 'scratch' has the rows 99999999999; expected a whole number from 1 to 1000000 (--drop-class leaves a label out)"
    ),
    (
      "none=0.5,scratch=1,dent+hole=1",
      "buckets: 'none' has the rows 0.5; expected a whole number from 1 to 1000000 (--drop-class leaves a label out)"
    ),
    (
      "none=1000000,scratch=1000000,dent+hole=1",
      "buckets: the training part has 24 rows, fewer than the 2,000,001 of one round; give the buckets fewer"
    ),
    (
      "scratch=2,dent+hole=2,hard=4",
      "buckets: 'hard' stands for the rows that --hard-normals names, which is not given"
    ),
  ])
  func refused(text: String, words: String) {
    #expect(refusal { _ = try buckets(text) } == words)
  }

  @Test func refusedWithNormals() throws {
    let normals = try normals("hand=yes")
    #expect(
      refusal { _ = try buckets("scratch=1,dent+hole=3", normals) }
        == "hard-normals: they are drawn by a bucket of --buckets; give it rows, as in hard=2")
    #expect(
      refusal { _ = try buckets("scratch=1,dent+hole=3", names: ["scratch", "dent", "none"]) }
        == "buckets: the data have a label 'none', which here stands for rows without any label; give the label another"
        + " name with --class-names")
    #expect(
      refusal {
        _ = try buckets("scratch=1,dent+hard=3", normals, names: ["scratch", "dent", "hard"])
      }
        == "buckets: the data have a label 'hard', which here stands for the rows that --hard-normals names; give the label"
        + " another name with --class-names")
    #expect(
      refusal { _ = try buckets("scratch=1,dent+hole=2,hard=1", self.normals("group=p0")) }
        == "buckets: 'hard' has no row: every row that --hard-normals names has a label or is not known, or none is in"
        + " the training part"
    )
    #expect(
      refusal { _ = try self.normals("hnd=yes") }
        == "hard-normals: the data have no column 'hnd'; did you mean 'hand'? expected column=value, or a file of paths"
    )
    #expect(
      refusal { _ = try self.normals("hand=Yes") }
        == "hard-normals: no row of the training part has 'Yes' in the column 'hand'; did you mean 'yes'?"
    )
    #expect(
      refusal { _ = try self.normals("nowhere.txt") }
        == "hard-normals: there is no file 'nowhere.txt'; expected column=value, or a file of paths"
    )
    #expect(HardNormals(text: "=yes") == nil && HardNormals(text: "hand=") == nil)
  }

  /// Buckets in which nothing stands, with the reason: no row is without labels, or every row with a label has a rarer one, be
  /// the label called `hard`.
  @Test(arguments: [
    (
      "none=1,a=1,b+hard=1",
      "buckets: 'none' has no row: every row has a label, is a hard normal of another bucket, or is not known; leave it out"
    ),
    (
      "hard=1,a+b=1",
      "buckets: 'hard' has no row: every row with such a label has a rarer one and stands in its bucket; join the two with +"
    ),
  ])
  func emptyBuckets(text: String, words: String) {
    let full = LabelTable([true, false, true, false, true, true, true, false, true], width: 3)
    let nested = LabelTable([true, false, true, false, true, true], width: 3)
    #expect(
      refusal {
        _ = try RunLabelBuckets(
          #require(ClassMass(text: text)), normals: nil, names: ["a", "b", "hard"],
          table: text.hasPrefix("none") ? full : nested, batchSize: 3)
      } == words)
  }

  /// A whole path is a file, though a folder of it has an equals sign, as a run writes it down and reads it again.
  @Test func aPathWithAnEqualsSignIsAFile() throws {
    try withTemporaryFolder { folder in
      let file = folder + "/lr=0.1/hands.txt"
      try FileManager.default.createDirectory(
        atPath: folder + "/lr=0.1", withIntermediateDirectories: true)
      try AtomicFile.write("\u{FEFF}\(data().examples[8].path)\r\n", to: file)
      let option = try #require(HardNormals(text: file))
      #expect(option == .file(file) && option.wholePath == option && option.yaml == file.yaml)
      #expect(try HardNormalRows(option, in: data()).rows == [8])
      #expect(HardNormals(text: "../a=b.txt") == .file("../a=b.txt"))
      #expect(HardNormals(text: "./a=b.txt") == .file("./a=b.txt"))
      #expect(HardNormals(text: "a/b=c") == .column("a/b", value: "c"))
    }
  }
}
