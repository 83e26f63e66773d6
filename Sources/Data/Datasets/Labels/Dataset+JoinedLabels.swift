extension [Dataset] {
  /// Names of the labels of parts of one set: those of the first, then what others have besides.
  fileprivate var allLabels: [String] {
    var names: [String] = []
    for part in self {
      for name in part.labelNames ?? [] where !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// The parts with one list of labels. What a part with lists does not name, no example of it has; what one with columns has
  /// no column for, is not known of its examples.
  ///
  /// - Parameter areLists: of each part, whether its labels stand in lists.
  func withOneListOfLabels(areLists: [Bool]) -> [Dataset] {
    let names = areLists.allSatisfy { $0 } ? ClassList(allLabels).names : allLabels
    return zip(self, areLists).map { part, isList in
      let own = part.labelNames ?? []
      let places = names.map { own.firstIndex(of: $0) }
      let missing: Bool? = isList ? .some(false) : .none
      var part = part
      part.labelNames = names
      for index in part.examples.indices {
        part.examples[index].labels = part.examples[index].labels.map { labels in
          places.map { $0.map { labels[$0] } ?? missing }
        }
      }
      return part
    }
  }
}

extension Reading {
  /// Whether the labels of a table stand in one column of lists.
  var labelsAreLists: Bool {
    tables.contains { $0.used.contains { $0.role == .label && $0.columns.count == 1 } }
  }
}
