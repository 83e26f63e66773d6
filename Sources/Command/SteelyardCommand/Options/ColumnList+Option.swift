import ArgumentParser

/// Names of columns, one a class: `MEL,NV,BCC`; also of classes in their order. A name with a comma in it stands in a list of a
/// configuration file.
package struct ColumnList: Equatable, Sendable {
  /// The names, in the order given.
  package var names: [String]

  package init(_ names: [String] = []) { self.names = names }

  /// The names between the commas of `text`.
  fileprivate init(commas text: String) {
    names = text.split(separator: ",").compactMap { part in
      let start = part.drop { $0 == " " }
      let name = start.prefix(start.count - start.reversed().prefix { $0 == " " }.count)
      return name.isEmpty ? nil : String(name)
    }
  }
}

extension ColumnList: OptionValue {
  package static var expectation: String { "names with commas between them, or a list of names" }

  package init?(_ node: ConfigNode) {
    switch node.kind {
    case .scalar(let text): self.init(commas: text)
    case .list(let items):
      let names = items.compactMap(\.scalar)
      guard names.count == items.count else { return nil }
      self.init(names)
    case .mapping: return nil
    }
  }

  package var yaml: String { names.yaml }
  package var inHelp: String? { names.inHelp }

  /// The flag once with all names, or several times.
  package static func property(_ flag: FlagDefinition) -> FlagProperty<ColumnList> {
    [String].property(flag).map { texts in
      ColumnList(texts.flatMap { ColumnList(commas: $0).names })
    }
  }
}

extension ValueRange where Value == ColumnList {
  /// One column alone divides nothing; a pattern may stand for several.
  package static var severalColumns: ValueRange {
    ValueRange("at least two columns, one a class") {
      $0.names.count != 1 || $0.names[0].contains("*")
    }
  }

  /// One grade alone has no order, and one that stands twice no place.
  package static var severalGrades: ValueRange {
    ValueRange("at least two grades, each once") {
      $0.names.count != 1 && Set($0.names).count == $0.names.count
    }
  }
}
