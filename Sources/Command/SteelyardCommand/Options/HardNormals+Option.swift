import ArgumentParser
import Files

/// `--hard-normals`: which examples without any label resemble those that have one.
package enum HardNormals: OptionValue {
  /// Those that have this value in a column of the data, or of this group where the column is `group`.
  case column(String, value: String)
  /// Those that a file names.
  case file(String)

  /// Reads `column=value`, or else the name of a file; `nil` where one side of an equals sign is empty. What begins as a path does
  /// (`/`, `./`, `../`) is a file whatever follows: a run writes down whole paths, and `lr=0.1` may be one of their folders.
  package init?(text: String) {
    let isPath = ["/", "./", "../"].contains { text.hasPrefix($0) }
    if !isPath, let sign = text.firstIndex(of: "=") {
      let (column, value) = (text[..<sign], text[text.index(after: sign)...])
      guard !column.isEmpty, !value.isEmpty else { return nil }
      self = .column(String(column), value: String(value))
    } else {
      guard !text.isEmpty else { return nil }
      self = .file(text)
    }
  }

  package static var expectation: String { "column=value, or a file of paths" }

  package init?(_ node: ConfigNode) {
    guard case .scalar(let text) = node.kind else { return nil }
    self.init(text: text)
  }

  package var yaml: String {
    switch self {
    case .column(let column, let value): "\(column)=\(value)".yaml
    case .file(let path): path.yaml
    }
  }

  package var wholePath: HardNormals {
    if case .file(let path) = self { .file(FilePath.absolute(path)) } else { self }
  }

  /// - Throws: `ValidationError` with what was expected.
  package static func property(_ flag: FlagDefinition) -> FlagProperty<HardNormals> {
    .parsed(flag, expectation: expectation) { HardNormals(text: $0) }
  }
}
