import Files

/// What the members beside an image say of it.
struct SampleFields {
  /// The fields that are read.
  static let names: Set<String> = ["cls", "txt", "json"]

  private(set) var label: String?
  private(set) var text: String?
  /// The values of the object in `json`, by the places of ``JSONColumns``; as many as there were columns by then.
  private(set) var cells: [String] = []

  /// Reads a field.
  ///
  /// - Returns: what is wrong with it, to stand behind its name; nil where nothing is.
  mutating func take(_ name: String, _ bytes: [UInt8], _ columns: inout JSONColumns) -> String? {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return "is not UTF-8; save it as UTF-8 and write the shard again"
    }
    switch name {
    case "cls":
      let label = Blanks.trimmed(text)
      guard !label.contains(where: \.isNewline) else {
        return "has several lines, expected one class or number"
      }
      self.label = label
    case "txt": self.text = Blanks.trimmed(text)
    default: return take(json: bytes, &columns)
    }
    return nil
  }

  private mutating func take(json bytes: [UInt8], _ columns: inout JSONColumns) -> String? {
    do throws(JSONParser.Failure) {
      guard case .object(let members) = try JSONParser.parse(bytes[...]) else {
        return "is no JSON object; expected {\"label\": …, …}"
      }
      cells = columns.cells(of: members)
      return nil
    } catch {
      return
        "is no JSON: \(error.reason) (byte \(error.column)); correct it and write the shard again"
    }
  }
}

/// The keys of objects as columns of a table, in the order in which they come.
struct JSONColumns {
  private(set) var names: [String] = []
  private var places: [String: Int] = [:]

  /// The values of an object, a text a column.
  mutating func cells(of members: [(key: String, value: JSONValue)]) -> [String] {
    for (key, _) in members where places[Blanks.trimmed(key)] == nil {
      places[Blanks.trimmed(key)] = names.count
      names.append(Blanks.trimmed(key))
    }
    var cells = [String](repeating: "", count: names.count)
    for (key, value) in members {
      if let place = places[Blanks.trimmed(key)] { cells[place] = value.text ?? value.compact }
    }
    return cells
  }
}
