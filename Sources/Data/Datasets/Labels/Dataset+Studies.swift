/// Examples that are views of one study, as two films of one visit are.
extension Dataset {
  /// The data with the study of each example, which is never parted when they are split.
  ///
  /// Where no column says the group, the study is the group; an example without a study is a study of its own. Where there are
  /// groups, each study lies within one.
  ///
  /// - Parameter name: the column of the table.
  /// - Throws: ``DatasetError/noSuchColumn(path:role:name:found:)``, ``DatasetError/noTable(path:columns:)``;
  ///   ``DatasetError/studiesAcrossGroups(column:count:study:groups:)``, ``DatasetError/studyNamedAsExample(column:study:)``.
  public func takingStudies(from name: String) throws(DatasetError) -> Dataset {
    let groups = reading.tables.flatMap(\.used).filter { $0.role == .group }.flatMap(\.columns)
    let column = try studyColumn(called: name, among: groups)
    let isGroup = groups.contains(column)
    var result = self
    result.studyColumn = column
    for index in examples.indices {
      let value = isGroup ? examples[index].group : examples[index].attributes[column]
      result.examples[index].study = value.flatMap { $0.isEmpty ? nil : $0 }
    }
    // A study of its own is called by its example, so no other may be called so.
    let studies = Set(result.examples.compactMap(\.study))
    if let own = result.examples.first(where: { $0.study == nil && studies.contains($0.path) }) {
      throw .studyNamedAsExample(column: column, study: own.path)
    }
    if !isGroup { try result.keepStudiesTogether() }
    return result
  }

  /// - Throws: ``DatasetError/studiesAcrossParts(column:count:study:parts:)`` for studies with views in several parts.
  public func checkStudies() throws(DatasetError) {
    guard let studyColumn else { return }
    var (part, parted): ([String: Split?], [String: [Split?]]) = ([:], [:])
    for example in examples {
      guard let study = example.study else { continue }
      if let known = part[study], known != example.split {
        parted[study, default: [known]].append(example.split)
      } else {
        part[study] = .some(example.split)
      }
    }
    guard let first = parted.keys.min(), let splits = parted[first] else { return }
    throw .studiesAcrossParts(
      column: studyColumn, count: parted.count, study: first,
      parts: Split.allCases.filter(splits.contains))
  }

  /// The column as the table spells it.
  private func studyColumn(
    called name: String, among groups: [String]
  ) throws(DatasetError) -> String {
    guard let table = reading.tables.first?.table else {
      throw .noTable(path: self.name, columns: [name])
    }
    let known = groups + Set(examples.lazy.flatMap(\.attributes.keys)).sorted()
    let wanted = Blanks.trimmed(name)
    if known.contains(wanted) { return wanted }
    let folded = ColumnRole.folded(wanted)
    let near = Set(known).filter { !folded.isEmpty && ColumnRole.folded($0) == folded }
    guard near.count == 1, let column = near.first else {
      throw .noSuchColumn(path: table, role: "study", name: name, found: known)
    }
    return column
  }

  /// Makes the study the group where none is known.
  private mutating func keepStudiesTogether() throws(DatasetError) {
    guard examples.contains(where: { $0.group != nil }) else {
      for index in examples.indices { examples[index].group = examples[index].study }
      reading.warnings += MissingValueWords.warnings(
        examples.compactMap(\.study), role: .group)
      reading.notes.append(
        .studiesAsGroups(
          column: studyColumn ?? "", studies: Set(examples.compactMap(\.study)).count))
      return
    }
    var group: [String: String?] = [:]
    var parted: [String: [String?]] = [:]
    for example in examples {
      guard let study = example.study else { continue }
      if let known = group[study], known != example.group {
        if parted[study]?.contains(example.group) != true {
          parted[study, default: [known]].append(example.group)
        }
      } else {
        group[study] = .some(example.group)
      }
    }
    if let first = parted.keys.min(), let groups = parted[first] {
      throw .studiesAcrossGroups(
        column: studyColumn ?? "", count: parted.count, study: first,
        groups: groups.map { $0 ?? "" })
    }
    // A name that no group has, for a study whose group is not known.
    let names = Set(examples.compactMap(\.group))
    for index in examples.indices where examples[index].group == nil {
      guard let study = examples[index].study else { continue }
      var name = study
      while names.contains(name) { name = "study " + name }
      examples[index].group = name
    }
  }
}
