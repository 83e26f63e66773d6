import Files

extension LabelCell {
  /// The texts and numbers of a list in JSON, or as Python writes one; nil for anything else.
  static func items(of cell: String) -> [String]? {
    for text in [cell, cell.replacing("'", with: "\"")] {
      guard case .array(let values)? = try? JSONParser.parse(Array(text.utf8)[...]) else {
        continue
      }
      let names = values.compactMap(\.text)
      if names.count == values.count { return names.map(Blanks.trimmed) }
    }
    return nil
  }
}
