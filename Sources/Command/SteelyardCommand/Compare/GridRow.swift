import Methods
package import Training

/// A row of the table: a model whose cells are filled for each imbalance and seed.
package struct GridRow: Codable, Equatable, Sendable {
  /// How a cell comes to its predictions. Whatever writes a run directory with predictions on validation and test
  /// can be a row: table, statistics and page read nothing else. A new kind has a case here and a ``CellWork``.
  package enum Kind: String, Codable, Sendable {
    /// A network is trained by a method of the catalogue.
    case trained
    /// A head on features of the weights that the others begin from, of which nothing learns.
    case frozen
  }

  /// How its cells come to their predictions.
  package var kind = Kind.trained
  /// What the table calls it.
  package var label: String
  /// The settings that validation chooses among, inside each seed; one where there is nothing to choose.
  package var candidates: [MethodChoice]

  /// A row of one setting.
  package init(_ choice: MethodChoice) {
    (label, candidates) = (choice.label, [choice])
  }

  /// The frozen baseline with one of its heads.
  package init(frozen head: FrozenBaseline.Head) {
    (kind, label) = (.frozen, Self.frozenPrefix + head.name)
    candidates = [MethodChoice(head.name)]
  }

  /// What stands before the name of a method in names of rows and cells of the frozen baseline.
  package static let frozenPrefix = "frozen-"

  /// What stands before the names of its cells.
  package var cellPrefix: String { kind == .frozen ? Self.frozenPrefix : "" }

  /// The same row with every value of a setting tried.
  ///
  /// - Throws: `OverrideError` for a value that is none.
  package func searching(_ name: String, _ values: [String]) throws -> GridRow {
    var row = self
    row.candidates = try candidates.flatMap { choice in
      try values.map { value in
        var next = choice
        next.settings[name] = value
        try next.check()
        return next
      }
    }
    row.label = label + (candidates.count > 1 ? "+" : label.contains(".") ? "+" : ".") + "\(name)=?"
    return row
  }
}

/// `--search METHOD.SETTING=VALUE,VALUE…`
package struct SearchChoice: Equatable, Sendable {
  package var method: String
  package var name: String
  package var values: [String]

  /// - Throws: `OptionError` for another form.
  package init(parsing text: String) throws(OptionError) {
    guard let dot = text.firstIndex(of: "."), let sign = text[dot...].firstIndex(of: "="),
      dot != text.startIndex, text.index(after: dot) < sign
    else {
      throw .conflict(
        "search: expected a setting and its values, such as balanced-mixup.alpha=0.1,0.2,0.4; got '\(text)'"
      )
    }
    method = String(text[..<dot]).trimmed
    name = String(text[text.index(after: dot)..<sign]).trimmed
    values = text[text.index(after: sign)...].split(
      separator: ",", omittingEmptySubsequences: false
    ).map { String($0).trimmed }
    guard values.count >= 2, !values.contains(""), Set(values).count == values.count else {
      throw .conflict(
        "search: expected at least two different values of \(method).\(name), got '\(text)'")
    }
  }
}
