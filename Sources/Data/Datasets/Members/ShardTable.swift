/// The samples of tar shards as a table: the member of the image, `cls`, `txt`, and a column for each key of `json`.
struct ShardTable {
  private(set) var columns: [String] = []
  private(set) var rows: [ImageTable.Row] = []
  /// The columns that are meant, where the shards say it.
  private(set) var request: ColumnNames

  /// - Parameters:
  ///   - samples: of all shards.
  ///   - request: the columns that are asked for.
  init(_ samples: ShardSamples, _ request: ColumnNames) {
    self.request = request
    let hasLabels = samples.samples.contains { $0.fields.label != nil }
    let hasTexts = samples.samples.contains { $0.fields.text != nil }
    let json = samples.keys.names
    let member = Self.free("member", json)
    columns = [member]
    if hasLabels { columns.append(Self.free("cls", json)) }
    if hasTexts { columns.append(Self.free("txt", json)) }
    self.request.path = member
    // WebDataset's own field for the class, which no table is likely to have.
    if hasLabels && request.label == nil && request.labelColumns.isEmpty {
      self.request.label = columns[1]
    }
    columns += json
    rows = samples.samples.enumerated().map { place, sample in
      var cells = [sample.image]
      if hasLabels { cells.append(sample.fields.label ?? "") }
      if hasTexts { cells.append(sample.fields.text ?? "") }
      let missing = json.count - sample.fields.cells.count
      cells += sample.fields.cells + [String](repeating: "", count: missing)
      return ImageTable.Row(line: place + 1, cells: cells)
    }
  }

  /// A name that no key of `json` has.
  private static func free(_ name: String, _ taken: [String]) -> String {
    var name = name
    while taken.contains(name) { name += "_" }
    return name
  }
}
