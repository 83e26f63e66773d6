import Datasets
import Files
import Foundation
import Randomness
import Runs
import TestSupport
import Testing

/// Tables of a run with drawn contents: what is written is read, whatever the numbers and names, and however others have
/// rearranged it.
@Suite struct RunTablePropertiesTests {
  private static let words = [
    "", "a", " a", "a ", "é", "e\u{301}x", "\"", "\"\"", ",", ";", "\t", "a\nb", "a\r\nb", "'",
    "=1", "-", "0", "yes",
    "🦠", "\u{FEFF}a", "a|b", "\\", "#", "none", "NaN",
  ]

  /// Doubles of any size, those at the ends among them.
  private func number(_ random: inout RandomSource) -> Double {
    let special = [
      0, -0.0, 1, 1e22, 1e23, 5e-324, 2.2250738585072014e-308, Double.greatestFiniteMagnitude, 0.1,
      1.0 / 3,
      9_007_199_254_740_993, -1e-7, .infinity, -.infinity,
    ]
    if random.below(3) == 0 { return special[random.below(special.count)] }
    let value = Double(bitPattern: random.next())
    return value.isNaN ? 0.5 : value
  }

  private func word(_ random: inout RandomSource) -> String {
    Self.words[random.below(Self.words.count)]
  }

  @Test func cellsComeBack() throws {
    try withTemporaryFolder { folder in
      for seed in 0..<60 {
        var random = RandomKey(seed: UInt64(seed)).folding("cells").source
        let metrics = ["mcc", "f1,macro", "val \"x\"", "seconds_of_b"]
        let cells = (0..<random.below(6)).map { place -> CellRecord in
          var cell = CellRecord(
            name: "run-\(place)"
              + word(&random).replacing("\r\n", with: "").replacing("\n", with: ""),
            method: word(&random), settings: word(&random),
            imbalance: random.below(2) == 0 ? nil : number(&random),
            seed: Int(truncatingIfNeeded: random.next()),
            fold: random.below(2) == 0 ? nil : 1 + random.below(9))
          cell.status = CellRecord.Status.allCases[random.below(CellRecord.Status.allCases.count)]
          cell.isChosen = [nil, true, false][random.below(3)]
          for metric in metrics where random.below(3) > 0 { cell.metrics[metric] = number(&random) }
          cell.seconds = random.below(3) == 0 ? nil : number(&random)
          (cell.version, cell.revision) = (word(&random), word(&random))
          cell.problem = random.below(2) == 0 ? "" : "it said \"no\", twice"
          return cell
        }
        let path = folder + "/cells.csv"
        try CellTable(cells).write(to: path, metrics: metrics)
        let table = try CellTable.read(path)
        #expect(table.cells == cells, "seed \(seed)")
        for cell in cells { #expect(table[cell.name] == cell) }
      }
    }
  }

  @Test func summariesComeBack() throws {
    try withTemporaryFolder { folder in
      for seed in 0..<60 {
        var random = RandomKey(seed: UInt64(seed)).folding("summary").source
        var history = (1...1 + random.below(5)).map { Samples.epoch($0, mass: 0.5) }
        for index in history.indices {
          history[index].trainLoss = number(&random)
          history[index].learningRate = number(&random)
          history[index].mixing = random.below(2) == 0 ? nil : number(&random)
          history[index].isBest = random.below(2) == 0
          for name in ["mcc", "val_mcc", "recall of a,b"] where random.below(2) == 0 {
            history[index].validation[name] = number(&random)
          }
        }
        let path = folder + "/summary.csv"
        let summary = SummaryFile(history)
        try summary.write(to: path)
        #expect(try SummaryFile.read(path) == summary, "seed \(seed)")
      }
    }
  }

  /// Single precision is written so that it is the same number again, and columns are told by their names alone.
  @Test func stepsOfExamplesComeBack() throws {
    try withTemporaryFolder { folder in
      for seed in 0..<40 {
        var random = RandomKey(seed: UInt64(seed)).folding("examples").source
        func single() -> Float {
          let value = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
          return value.isNaN ? 0.25 : value
        }
        let rows = (0..<1 + random.below(8)).map { step in
          ExampleRecords.Row(
            path: word(&random) + ".png", epoch: 1 + random.below(9), step: step + 1,
            loss: single(),
            margin: random.below(2) == 0 ? nil : single(), isCorrect: random.below(2) == 0,
            errorNorm: single(), gradientNorm: random.below(2) == 0 ? nil : single(),
            weight: single())
        }
        let path = folder + "/examples.csv"
        try AtomicFile.write(ExampleRecords.header + rows.map(\.line).joined(), to: path)
        #expect(try ExampleRecords.read(path).rows == rows, "seed \(seed)")
        // The columns the other way round, with one of somebody else's in between.
        var reader = try DelimitedReader(path: path)
        let columns = Array(reader.columns.reversed()) + ["remark"]
        var turned: [[String]] = []
        while let row = try reader.next() { turned.append(row.fields.reversed() + ["x"]) }
        try DelimitedWriter.write(columns: columns, rows: turned, to: path)
        #expect(try ExampleRecords.read(path).rows == rows, "seed \(seed)")
      }
    }
  }

  /// Each image once with its split, in any order of rows and columns, is the same split; a row less or a row twice is said.
  @Test func aSplitFileInAnyOrder() throws {
    try withTemporaryFolder { folder in
      let data = Samples.dataset([[5, 3], [2, 4], [6, 1]], split: nil)
      for seed in 0..<30 {
        var random = RandomKey(seed: UInt64(seed)).folding("order").source
        var wanted = data
        for index in wanted.examples.indices {
          wanted.examples[index].split = Split.allCases[random.below(3)]
        }
        let path = folder + "/split.csv"
        let order = random.shuffle(5)
        let names = ["path", "label", "group", "split", "note"]
        let rows = random.shuffle(wanted.examples.count).map { index -> [String] in
          let example = wanted.examples[index]
          let cells = [
            example.path, example.label ?? "", example.group ?? "", example.split?.rawValue ?? "",
            "n",
          ]
          return order.map { cells[$0] }
        }
        try DelimitedWriter.write(columns: order.map { names[$0] }, rows: rows, to: path)
        #expect(try SplitFile.apply(path, to: data).examples == wanted.examples, "seed \(seed)")
        for split in Split.allCases {
          let found = try SplitFile.images(of: split, in: path).map(\.path)
          #expect(
            Set(found) == Set(wanted.examples.filter { $0.split == split }.map(\.path)))
        }
        let place = random.below(rows.count)
        var fewer = rows
        fewer.remove(at: place)
        try DelimitedWriter.write(columns: order.map { names[$0] }, rows: fewer, to: path)
        let lacking = #expect(throws: DatasetError.self) { try SplitFile.apply(path, to: data) }
        #expect(lacking?.description.contains("has no row in \(path)") == true)
        try DelimitedWriter.write(
          columns: order.map { names[$0] }, rows: rows + [rows[place]], to: path)
        let twice = #expect(throws: DatasetError.self) { try SplitFile.apply(path, to: data) }
        #expect(
          twice?.description.contains("is listed already in line \(place + 2); remove one row")
            == true)
      }
    }
  }

  /// The digests of a run by path, with those that are not known left out, in any order of the columns.
  @Test func digestsByPath() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("lr: 1\n", to: folder + "/config.yaml")
      let run = try RunDirectory(existing: folder)
      #expect(try RunImages.digests(of: run).isEmpty)
      try AtomicFile.write(
        "pixels,split,more,path,group\nd1,Training,x,a,g\n,train,x,b,\nd3,val,x,c,h\nd1,train,x,d,g\n",
        to: run.images)
      #expect(try RunImages.digests(of: run) == ["a": "d1", "c": "d3", "d": "d1"])
      let images = try TrainingImages(of: run)
      #expect(images.paths == ["a", "b", "d"] && images.groups == ["g"] && images.hasPixels)
      #expect(images.pathOfPixels.keys.sorted() == ["d1"])
      // The table of an old run counts only where there is no new one, and all of it was learned from.
      try AtomicFile.write("path,group,pixels\nold,o,dd\n", to: run.trainingImages)
      #expect(try TrainingImages(of: run).paths == ["a", "b", "d"])
      try FileManager.default.removeItem(atPath: run.images)
      let old = try TrainingImages(of: run)
      #expect(old.paths == ["old"] && old.groups == ["o"] && old.pathOfPixels == ["dd": "old"])
    }
  }
}

/// Corrections: what they do once, what they do twice, and that their order says nothing.
@Suite struct CorrectionsTwiceTests {
  private func data(_ count: Int) -> Dataset {
    Dataset(
      name: "d", layout: .manifest,
      examples: (0..<count).map {
        Example(
          path: "\($0).png", source: .file("/\($0)"), label: ["ant", "bee", "cow"][$0 % 3],
          file: "t.csv")
      })
  }

  private func apply(
    _ columns: [String], _ rows: [[String]], to data: Dataset, in folder: String
  ) throws -> CorrectionsFile.Outcome {
    try DelimitedWriter.write(columns: columns, rows: rows, to: folder + "/c.csv")
    return try CorrectionsFile.apply(folder + "/c.csv", to: data)
  }

  /// Against a dictionary of what shall be, for drawn tables in any order of rows.
  @Test func theyDoWhatTheySay() throws {
    try withTemporaryFolder { folder in
      for seed in 0..<40 {
        var random = RandomKey(seed: UInt64(seed)).folding("corrections").source
        let data = data(3 + random.below(12))
        let chosen = random.shuffle(data.examples.count).prefix(
          1 + random.below(data.examples.count))
        let rows = chosen.map { index -> [String] in
          let label = data.examples[index].label ?? ""
          return [
            ["ant", "bee", "cow", "", "-", label][random.below(6)],
            random.below(2) == 0 ? label : "",
            data.examples[index].path,
          ]
        }
        let wanted = Dictionary(uniqueKeysWithValues: rows.map { ($0[2], $0[0]) })
        let found = try apply(["label", "given", "path"], rows, to: data, in: folder)
        let expected = data.examples.compactMap { example -> Example? in
          var example = example
          switch wanted[example.path] {
          case "-"?: return nil
          case let label? where !label.isEmpty: example.label = label
          default: break
          }
          return example
        }
        #expect(found.data.examples == expected, "seed \(seed)")
        let changes = rows.filter { row in
          !["", "-"].contains(row[0])
            && data.examples.first { $0.path == row[2] }?.label != row[0]
        }
        #expect(found.changed == changes.count && found.leftOut == rows.count { $0[0] == "-" })
        #expect(found.changed + found.leftOut + found.unchanged == rows.count)
        let again = try apply(
          ["label", "given", "path"], rows.reversed(), to: data, in: folder)
        #expect(again.data.examples == expected)
      }
    }
  }

  /// A second time they say of each label that it is another by now; without the given labels they are no change; what was left out is
  /// not in the data any more.
  @Test func twiceIsToldOrNoChange() throws {
    try withTemporaryFolder { folder in
      let data = data(6)
      let rows = [["0.png", "ant", "bee"], ["4.png", "bee", "bee"]]
      let once = try apply(["path", "given", "label"], rows, to: data, in: folder).data
      let error = #expect(throws: DatasetError.self) {
        try apply(["path", "given", "label"], rows, to: once, in: folder)
      }
      #expect(
        error?.description
          == "\(folder)/c.csv:2: the image '0.png' is 'ant' here but 'bee' in the data")
      let bare = rows.map { [$0[0], $0[2]] }
      let twice = try apply(["path", "label"], bare, to: once, in: folder)
      #expect(twice.changed == 0 && twice.unchanged == 2 && twice.data.examples == once.examples)
      let out = try apply(["path", "label"], [["1.png", "-"]], to: data, in: folder).data
      let gone = #expect(throws: DatasetError.self) {
        try apply(["path", "label"], [["1.png", "-"]], to: out, in: folder)
      }
      #expect(
        gone?.description
          == "\(folder)/c.csv:2: the image '1.png' is not in the data; remove the row")
    }
  }

  /// Where anything is wrong, everything wrong is told, and the data that were given stay.
  @Test func allThatIsWrongAtOnce() throws {
    try withTemporaryFolder { folder in
      let data = data(6)
      let error = #expect(throws: DatasetError.self) {
        try apply(
          ["path", "given", "label"],
          [
            ["0.png", "ant", "bee"], ["9.png", "ant", "bee"], ["1.png", "cow", "ant"],
            ["2.png", "cow", "zebra-finch"], ["0.png", "", "-"],
          ], to: data, in: folder)
      }
      #expect(
        error?.description == """
          \(folder)/c.csv:3: the image '9.png' is not in the data; remove the row
          \(folder)/c.csv:4: the image '1.png' is 'cow' here but 'bee' in the data
          \(folder)/c.csv:5: no image of the data is of class 'zebra-finch'; correct it to a class that there is, \
          or to - to leave it out
          \(folder)/c.csv:6: the image '0.png' is listed already in line 2; remove one row
          """)
    }
  }
}

/// Folders that others have been in.
@Suite struct ForeignFilesTests {
  /// Only files that an epoch's weights are read from count as kept.
  @Test func filesOfNoEpoch() throws {
    try withTemporaryFolder { folder in
      let run = try RunDirectory(creating: "run", in: folder)
      for number in [1, 9999, 10_000] {
        try AtomicFile.write("", to: run.checkpoint(ofEpoch: number))
      }
      for name in [
        "epoch-7.safetensors", "epoch-00007.safetensors", "epoch--003.safetensors",
        "epoch-+003.safetensors", "epoch-0000.safetensors", "epoch-.safetensors",
        "epoch-0003.safetensors.part", "Epoch-0003.safetensors", "epoch-0003.json",
        "epoch-99999999999999999999.safetensors", "epoch- 003.safetensors",
      ] {
        try AtomicFile.write("", to: FilePath.join(run.checkpoints, name))
      }
      try FileManager.default.createDirectory(
        atPath: run.checkpoint(ofEpoch: 5), withIntermediateDirectories: false)
      #expect(try run.keptEpochs() == [1, 9999, 10_000])
    }
  }

  /// A name that is taken by a file, by a link to nowhere or by a folder of another is not used again.
  @Test func namesThatAreTaken() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("x", to: folder + "/run")
      try FileManager.default.createDirectory(
        atPath: folder + "/run-1", withIntermediateDirectories: false)
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/run-2", withDestinationPath: "nowhere")
      let run = try RunDirectory(creating: "run", in: folder)
      #expect(run.path == folder + "/run-3" && FilePath.isFolder(run.checkpoints))
      #expect(try String(decoding: FileBytes.read(folder + "/run"), as: UTF8.self) == "x")
      // Folders above that are not there are made.
      let deep = try RunDirectory(creating: "run", in: folder + "/a/b c/é")
      #expect(deep.path == folder + "/a/b c/é/run")
    }
  }

  /// A run that is reached by a link is the run.
  @Test func aRunByALink() throws {
    try withTemporaryFolder { folder in
      let run = try RunDirectory(creating: "run", in: folder)
      try AtomicFile.write("lr: 1\n", to: run.config)
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/latest", withDestinationPath: "run")
      let linked = try RunDirectory(existing: folder + "/latest")
      try AtomicFile.write("", to: linked.checkpoint(ofEpoch: 2))
      #expect(try run.keptEpochs() == [2])
      let claim = try run.claimed()
      let error = #expect(throws: RunError.self) { try linked.claimed() }
      #expect(error.map { if case .busy = $0 { true } else { false } } == true)
      withExtendedLifetime(claim) {}
    }
  }

  /// A log that is cut anywhere holds the epochs before the cut, or names the line that is not whole.
  @Test func aLogThatIsCut() throws {
    let whole = try OldRun.bytes("run/metrics.jsonl")
    let all = try MetricsLog(decoding: whole, name: "m")
    let ends = whole.indices.filter { whole[$0] == UInt8(ascii: "\n") }
    for end in stride(from: 0, to: whole.count, by: 11) {
      let lines = ends.count { $0 < end }
      let isWhole = end == 0 || ends.contains(end - 1) || ends.contains(end)
      if isWhole {
        let expected = Array(all.lines.prefix(lines + (ends.contains(end) ? 1 : 0)))
        #expect(try MetricsLog(decoding: Array(whole.prefix(end)), name: "m").lines == expected)
      } else {
        let error = #expect(throws: RunFileError.self) {
          try MetricsLog(decoding: Array(whole.prefix(end)), name: "m")
        }
        #expect(error?.description.hasPrefix("m:\(lines + 1): is not JSON") == true, "\(end)")
      }
    }
  }
}
