import Files

extension JSONValue {
  /// The value as JSON on one line, as a cell of a table shows it.
  var compact: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let text): text
    case .string(let text): COCOAnnotations.quoted(text)
    case .array(let items): "[" + items.map(\.compact).joined(separator: ", ") + "]"
    case .object(let members):
      "{"
        + members.map { "\(COCOAnnotations.quoted($0.key)): \($0.value.compact)" }
        .joined(separator: ", ") + "}"
    }
  }
}
