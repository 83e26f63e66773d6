/// What is wrong with the labels of a table taken together: lists, and classes that blanks divide.
struct LabelCells {
  /// The different labels, without blanks around them.
  private let labels: Set<String>
  /// Parts of labels with commas: those that stand first, and those that stand behind a comma.
  private var firstParts: Set<Substring> = []
  private var laterParts: Set<Substring> = []
  /// The first spelling of each label, with its blanks, and its line.
  private var spellings: [String: (text: String, line: Int)] = [:]

  init(_ labels: some Sequence<String>) {
    self.labels = Set(labels)
    for label in self.labels {
      let parts = Self.parts(label, ",")
      guard parts.count > 1, let first = parts.first else { continue }
      firstParts.insert(first)
      laterParts.formUnion(parts.dropFirst())
    }
  }

  /// What is wrong with one label.
  ///
  /// - Parameters:
  ///   - raw: as the file has it.
  ///   - label: without the blanks around it.
  mutating func problem(raw: String, label: String, line: Int) -> DataProblem.Kind? {
    if isList(label) { return .labelIsList(label) }
    guard let first = spellings[label] else {
      spellings[label] = (raw, line)
      return nil
    }
    guard first.text.unicodeScalars.elementsEqual(raw.unicodeScalars) else {
      // Once a spelling is enough.
      spellings[label] = (raw, line)
      return .labelDiffersByBlanks(raw, first: first.text, line: first.line)
    }
    return nil
  }

  /// Whether a label names several classes: a list of JSON or Python, names between bars or semicolons,
  /// or names between other marks that are all labels of their own.
  func isList(_ label: String) -> Bool {
    if label.hasPrefix("[") && label.hasSuffix("]") { return true }
    if label.hasPrefix("{") && label.hasSuffix("}") { return true }
    for mark in ["|", ";"] where Self.parts(label, mark).count > 1 { return true }
    for mark in [",", "/", "+", "&", " "] as [Character] {
      let parts = Self.parts(label, String(mark))
      if parts.count > 1 && parts.allSatisfy({ labels.contains(String($0)) }) { return true }
    }
    // 'cat,dog' beside 'dog,owl': no qualifier stands in both places.
    let parts = Self.parts(label, ",")
    return parts.count > 1
      && parts.contains { firstParts.contains($0) && laterParts.contains($0) }
  }

  private static func parts(_ label: String, _ mark: String) -> [Substring] {
    guard label.contains(mark) else { return [] }
    return label.split(separator: mark)
      .map { part in
        let start = part.drop { $0 == " " }
        return start.prefix(start.count - start.reversed().prefix { $0 == " " }.count)
      }
      .filter { !$0.isEmpty }
  }
}
