import Files
import Requirements

/// A number above 0 for every class, by its name: typed, in a file of options, or in a table.
struct ClassNumbers {
  /// The option that asks for them.
  var option: String
  /// What a number is, such as `weight`.
  var noun: String
  /// What the option takes.
  var expectation: String

  /// The numbers of `name=number,…`; `nil` where it is not that, or a name stands twice.
  static func parsed(_ text: String) -> [String: Double]? {
    var numbers: [String: Double] = [:]
    for part in text.split(separator: ",") {
      guard let level = ClassLevel(argument: String(part)), level.level.isFinite,
        numbers.updateValue(level.level, forKey: level.name) == nil
      else { return nil }
    }
    return numbers
  }

  /// The numbers of a mapping; `nil` where it is none of names to numbers.
  static func mapped(_ node: ConfigNode) -> [String: Double]? {
    guard case .mapping(let entries) = node.kind else { return nil }
    var numbers: [String: Double] = [:]
    for entry in entries {
      guard let number = Double(entry.value), numbers.updateValue(number, forKey: entry.key) == nil
      else { return nil }
    }
    return numbers
  }

  /// The mapping as a file of options has it.
  static func yaml(_ numbers: [String: Double]) -> String {
    let pairs = numbers.sorted { $0.key < $1.key }.map { "\($0.key.yaml): \($0.value.yaml)" }
    return "{" + pairs.joined(separator: ", ") + "}"
  }

  /// Rows of a name and a number; a first row whose second field is no number has the names of the columns.
  ///
  /// - Throws: `OptionError` where there is no such file, or it is no such table; `FileError` where it is none at all.
  func read(_ path: String) throws -> [String: Double] {
    guard FilePath.isFile(path) else {
      throw OptionError.conflict(
        "\(option): there is no file '\(path)'; expected \(expectation)")
    }
    // A class that is called 1 may have the number 1.
    var reader = try DelimitedReader(path: path, allowingRepeats: true)
    var rows = [reader.columns.map(\.trimmed)]
    while let row = try reader.next() { rows.append(row.fields.map(\.trimmed)) }
    if let first = rows.first, first.count < 2 || Double(first[1]) == nil { rows.removeFirst() }
    var numbers: [String: Double] = [:]
    for row in rows {
      guard row.count >= 2, let number = Double(row[1]) else {
        throw OptionError.conflict(
          "\(option): \(path): expected a name and a number, got '\(row.joined(separator: ","))'"
        )
      }
      guard numbers.updateValue(number, forKey: row[0]) == nil else {
        throw OptionError.conflict("\(option): \(path): '\(row[0])' is given twice")
      }
    }
    return numbers
  }

  /// The numbers in the order of the classes.
  ///
  /// - Parameters:
  ///   - numbers: by name.
  ///   - names: of the classes.
  ///   - place: what an error says first, such as a file.
  /// - Throws: `OptionError` for a class without a number, a name that is no class, a number that is not above 0.
  func values(
    _ numbers: [String: Double], of names: [String], _ place: String = ""
  ) throws(OptionError) -> [Double] {
    for name in numbers.keys.sorted() where !names.contains(name) {
      let meant = nearest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ""
      throw .conflict("\(option): \(place)there is no class '\(name)'\(meant)")
    }
    var values: [Double] = []
    for name in names {
      guard let number = numbers[name] else {
        throw .conflict("\(option): \(place)'\(name)' has no \(noun); give one for every class")
      }
      guard number > 0, number.isFinite else {
        throw .conflict(
          "\(option): \(place)'\(name)' has the \(noun) \(number.yaml); expected a"
            + " number above 0"
            + " (--drop-class leaves a class out)")
      }
      values.append(number)
    }
    return values
  }
}
