import Files

/// Reads series from `.ts` files.
struct SeriesReader {
  let labels: LabelPolicy

  /// A file or a folder.
  func dataset(_ path: String) throws(DatasetError) -> Dataset {
    guard FilePath.isFolder(path) else {
      guard FilePath.fileExtension(of: path) == "ts" else {
        throw .otherInput(path: path, input: .series, expected: Self.expected)
      }
      let part = SeriesFolder.Part(file: FilePath.name(of: path), split: nil)
      return try dataset(FilePath.stem(of: path), [part], in: FilePath.folder(of: path))
    }
    let items = try FolderListing.itemsOrDatasetError(path)
    let files = SeriesFolder.files(in: items, folder: path)
    guard !files.isEmpty else {
      throw .otherInput(path: path, input: .series, expected: Self.expected)
    }
    let parts = try SeriesFolder.parts(files, folder: path)
    let name = FilePath.name(of: FilePath.absolute(path))
    var data = try dataset(name, parts, in: path)
    if parts.count == 2 {
      data.reading.notes.append(
        .filesAsSplits(files: parts.map(\.file), splits: parts.compactMap(\.split)))
    }
    let tables = items.filter { !$0.isFolder && ImageTable.isTable($0.name) }.map(\.name)
    if !tables.isEmpty {
      data.reading.notes.append(.tablesBeside(tables, decides: "the .ts files"))
    }
    return data
  }

  private static let expected = "a .ts file, or a folder with NAME_TRAIN.ts and NAME_TEST.ts"

  private func dataset(
    _ name: String, _ parts: [SeriesFolder.Part], in folder: String
  ) throws(DatasetError) -> Dataset {
    var problems = DataProblems()
    var (numbers, steps, channels): ([Float], [Int], Int) = ([], [], 0)
    var examples: [Example] = []
    var reading = Reading()
    for part in parts {
      let text = try SeriesText(path: FilePath.join(folder, part.file))
      problems.add(text.problems)
      if text.steps.isEmpty && text.problems.count == 0 {
        throw .empty(path: text.path, expected: "at least one series after @data")
      }
      if labels.needsLabel && text.header.hasLabels == false {
        throw .noLabels(
          path: text.path, expected: "a label at the end of each row, and @classLabel true")
      }
      if channels == 0 { channels = text.channels }
      if text.channels != channels, let line = text.lines.first {
        problems.add(.channelCount(text.channels, expected: channels), at: "\(text.path):\(line)")
      }
      for row in text.steps.indices {
        examples.append(example(row, of: text, part, number: examples.count, &problems))
      }
      numbers = numbers.isEmpty ? text.numbers : numbers + text.numbers
      steps += text.steps
      reading.add(Reading(notes: Self.notes(text)))
    }
    try problems.check()
    return Dataset(
      name: name, layout: .series, examples: examples,
      rows: RowStore(series: numbers, channels: channels, steps: steps), reading: reading)
  }

  private func example(
    _ row: Int, of text: SeriesText, _ part: SeriesFolder.Part, number: Int,
    _ problems: inout DataProblems
  ) -> Example {
    // A question mark is how test rows without a known class are written.
    let label = text.labels[row] == "?" ? "" : text.labels[row]
    if label.isEmpty && labels.needsLabel {
      problems.add(.emptyLabel, at: "\(text.path):\(text.lines[row])")
    }
    return Example(
      path: "\(part.file)#\(row)", source: .row(number), label: label.isEmpty ? nil : label,
      split: part.split, file: text.path, line: text.lines[row])
  }

  private static func notes(_ text: SeriesText) -> [ReadingNote] {
    text.header.unknown.isEmpty ? [] : [.headerNotRead(text.header.unknown)]
  }
}
