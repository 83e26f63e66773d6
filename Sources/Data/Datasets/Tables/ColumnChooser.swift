/// Finds out which column of a table means what: by the names asked for, else by ``ColumnRole``, else,
/// for the class, by one-hot columns or by the folders of the images. In tables of numbers no path is needed.
struct ColumnChooser {
  let table: ImageTable
  /// The cells, column by column, without blanks around them.
  let values: [[String]]
  private let request: ColumnNames
  private let labels: LabelPolicy
  /// What messages name of the table.
  private let found: [String]

  init(
    _ table: ImageTable, _ request: ColumnNames, labels: LabelPolicy, found: [String]? = nil
  ) {
    self.table = table
    self.request = request
    self.labels = labels
    self.found = found ?? table.columns.indices.map(table.name)
    values = table.columns.indices.map(table.values)
  }

  /// The choice.
  ///
  /// - Throws: ``DatasetError`` for a column that is not there or has two roles, and for a role that no
  ///   column has.
  func columns() throws(DatasetError) -> ManifestColumns {
    try checkRequest()
    let path = try pathColumn()
    var columns = ManifestColumns(path: path, label: .none)
    columns.split = try splitColumn(besides: path)
    columns.label = try label(of: path, besides: columns.used)
    columns.group = try groupColumn(besides: columns.used)
    return columns
  }

  /// The choice in a table of numbers or of their labels, where neither path nor class need be there.
  ///
  /// - Parameter features: columns that are features, and so have no role.
  /// - Throws: ``DatasetError`` for a column that is not there or has two roles.
  func rowColumns(besides features: Set<Int> = []) throws(DatasetError) -> ManifestColumns {
    try checkRequest()
    var asked = Set(try labelColumns())
    for role in ColumnRole.allCases {
      if let name = request[role] { asked.insert(try position(of: name, "column")) }
    }
    // A column of text or of categories has no role by its name; a table of labels need not have it.
    let texts = features.union(
      (request.texts + request.categories + request.features).compactMap {
        try? position(of: $0, "text")
      })
    asked.formUnion(texts)
    let named = ColumnRole.path.positions(in: table.columns)
      .first { isFilled($0) && !asked.contains($0) }
    var columns = ManifestColumns(path: try requested(.path) ?? named, label: .none)
    columns.split = try splitColumn(besides: columns.path)
    columns.label = try label(of: nil, besides: columns.used.union(texts))
    columns.group = try groupColumn(besides: columns.used.union(texts))
    return columns
  }

  /// Columns with a name of labels that are features by name.
  var namedFeatures: Set<Int> {
    Set(request.features.compactMap { try? position(of: $0, "feature") })
  }

  /// The columns of text and those of categories that are asked for, each in the order asked.
  ///
  /// - Parameter columns: what the others mean.
  /// - Throws: ``DatasetError`` for a column that is not there, is named twice or has a role.
  func featureColumns(
    besides columns: ManifestColumns
  ) throws(DatasetError) -> (texts: [Int], categories: [Int]) {
    let texts = try places(request.texts, as: "text", [], besides: columns)
    return (
      texts,
      try places(request.categories, as: "category", texts.map { ("text", $0) }, besides: columns)
    )
  }

  private func places(
    _ names: [String], as role: String, _ others: [(role: String, place: Int)],
    besides columns: ManifestColumns
  ) throws(DatasetError) -> [Int] {
    var taken = others
    for name in names {
      let place = try position(of: name, role)
      let other = taken.first { $0.place == place }?.role
      if other != nil || columns.used.contains(place) {
        throw .columnTwice(
          path: table.path, column: table.name(place),
          roles: [other ?? columns.noun(of: place), role])
      }
      taken.append((role, place))
    }
    return taken.dropFirst(others.count).map(\.place)
  }

  private func checkRequest() throws(DatasetError) {
    guard request.label == nil || request.labelColumns.isEmpty else {
      throw .badParameter(
        name: "label columns", value: request.labelColumns.joined(separator: ","),
        expected: "either one column with the class, or one column a class, not both")
    }
    let labelColumns = try self.labelColumns()
    guard labelColumns.count != 1 else {
      throw .badParameter(
        name: "label columns",
        value: request.labelColumns[0]
          + (table.name(labelColumns[0]) == request.labelColumns[0]
            ? "" : ", which matches '\(table.name(labelColumns[0]))' alone"),
        expected: "at least two, one a class")
    }
    var roles: [Int: String] = [:]
    let wanted = ColumnRole.allCases.compactMap { role in request[role].map { (role.noun, $0) } }
    var places: [(role: String, name: String, index: Int)] = []
    for (role, name) in wanted { places.append((role, name, try position(of: name, role))) }
    places += labelColumns.map { ("label", table.name($0), $0) }
    for (role, name, index) in places {
      if let other = roles.updateValue(role, forKey: index) {
        throw .columnTwice(path: table.path, column: name, roles: [other, role])
      }
    }
  }

  /// The columns that are asked for as one a label; a name with a star stands for all that begin and end like it.
  ///
  /// - Throws: ``DatasetError/noSuchColumn(path:role:name:found:)``.
  private func labelColumns() throws(DatasetError) -> [Int] {
    var places: [Int] = []
    for name in request.labelColumns {
      if table.columns.contains(Blanks.trimmed(name)) || !name.contains("*") {
        places.append(try position(of: name, "label"))
        continue
      }
      let matching = ColumnNames.matching(name, in: table.columns).filter { !places.contains($0) }
      if matching.isEmpty {
        throw .noSuchColumn(path: table.path, role: "label", name: name, found: found)
      }
      places += matching
    }
    return places
  }

  /// The column called `name`, exactly or else as ``ColumnRole`` compares names.
  private func position(of name: String, _ role: String) throws(DatasetError) -> Int {
    if let index = table.columns.firstIndex(of: Blanks.trimmed(name)) { return index }
    let folded = ColumnRole.folded(name)
    let near = table.columns.indices.filter {
      !folded.isEmpty && ColumnRole.folded(table.columns[$0]) == folded
    }
    guard near.count == 1 else {
      throw .noSuchColumn(path: table.path, role: role, name: name, found: found)
    }
    return near[0]
  }

  private func requested(_ role: ColumnRole) throws(DatasetError) -> Int? {
    guard let name = request[role] else { return nil }
    return try position(of: name, role.noun)
  }

  private func pathColumn() throws(DatasetError) -> Int {
    if let index = try requested(.path) { return index }
    let candidates = ColumnRole.path.positions(in: table.columns)
    let withImages = candidates.first { values[$0].prefix(50).contains(where: ImageFolder.isImage) }
    if let index = withImages ?? candidates.first(where: isFilled) ?? candidates.first {
      return index
    }
    let likely = table.columns.indices.filter { column in
      values[column].prefix(50).contains(where: ImageFolder.isImage)
    }
    // A first line that names an image is a row, and the header is missing.
    if table.columns.contains(where: ImageFolder.isImage) {
      throw .noHeader(path: table.path, found: found)
    }
    throw .missingColumn(
      path: table.path, role: ColumnRole.path.noun, found: found, accepted: ColumnRole.path.names,
      likely: likely.map(table.name))
  }

  private func label(
    of path: Int?, besides taken: Set<Int>
  ) throws(DatasetError) -> ManifestColumns.Label {
    if let index = try requested(.label) { return .column(index) }
    if !request.labelColumns.isEmpty {
      return .oneHot(try labelColumns())
    }
    let candidates = ColumnRole.label.positions(in: table.columns).filter { !taken.contains($0) }
    if let index = candidates.first(where: isFilled) { return .column(index) }
    let indicators = OneHot.indicators(table, values, besides: taken)
    if labels == .several { return try severalLabels(candidates, indicators) }
    if OneHot.isOneHot(indicators, values) { return .oneHot(indicators) }
    if labels == .optional { return candidates.first.map { .column($0) } ?? .none }
    if let index = candidates.first { return .column(index) }
    if let path, FolderLabels(values[path]) != nil { return .folder }
    throw .missingColumn(
      path: table.path, role: ColumnRole.label.noun, found: found,
      accepted: ColumnRole.label.names,
      likely: indicators.count > 1 ? indicators.map(table.name) : [])
  }

  /// Where several labels stand that no option names: in a column of lists, be it empty; columns for each are named by the
  /// user alone.
  private func severalLabels(
    _ candidates: [Int], _ indicators: [Int]
  ) throws(DatasetError) -> ManifestColumns.Label {
    if let index = candidates.first { return .column(index) }
    throw .missingColumn(
      path: table.path, role: ColumnRole.label.noun, found: found,
      accepted: ColumnRole.label.names,
      likely: indicators.count > 1 ? indicators.map(table.name) : [])
  }

  private func groupColumn(besides taken: Set<Int>) throws(DatasetError) -> Int? {
    if let index = try requested(.group) { return index }
    let candidates = ColumnRole.group.positions(in: table.columns)
      .filter { !taken.contains($0) && isFilled($0) }
    // A name for each image groups nothing.
    let repeating = candidates.first { column in
      let filled = values[column].filter { !$0.isEmpty }
      return Set(filled).count < filled.count
    }
    return repeating ?? candidates.first
  }

  private func splitColumn(
    besides path: Int?
  ) throws(DatasetError) -> ManifestColumns.SplitColumn? {
    if let index = try requested(.split) { return flag(index) ?? .words(index) }
    for index in ColumnRole.split.positions(in: table.columns) where index != path {
      let words = values[index].filter { !$0.isEmpty }
      let isCertain =
        switch ColumnRole.folded(table.columns[index]) {
        case "split": !words.isEmpty
        case "fold": words.contains { Int($0) == nil }
        // A phase may be arterial, a set may be A: such a column is a split by its words alone.
        default: Set(words.compactMap(Split.init(synonym:))).count > 1
        }
      if isCertain { return .words(index) }
    }
    let flags = table.columns.indices.filter { $0 != path }.compactMap(flag)
    guard flags.count < 2 else {
      throw .severalSplitFlags(path: table.path, columns: flags.map { table.name($0.index) })
    }
    return flags.first
  }

  /// The column as one that says a split with yes and no; nil where it is none, or always says the same.
  private func flag(_ index: Int) -> ManifestColumns.SplitColumn? {
    guard let (yes, no) = SplitFlag.meaning(of: table.columns[index]) else { return nil }
    let answers = values[index].filter { !$0.isEmpty }.map(SplitFlag.value)
    guard Set(answers) == [true, false] else { return nil }
    return .flag(index, yes: yes, no: no)
  }

  private func isFilled(_ column: Int) -> Bool { values[column].contains { !$0.isEmpty } }
}
