import Requirements

/// Classes whose findings are looked at first.
///
/// A rare class that errors are poured into has more labels than examples, so that it may be none of the rarest by its labels:
/// whoever knows which classes are rare should name them.
public enum FirstClasses: Sendable, Equatable {
  /// The classes with the fewest examples given them, so many of them.
  case rarest(Int)
  /// These by name.
  case named(String)

  /// Reads `rarest:5`, or names with commas between them.
  ///
  /// - Parameter text: nil is the result where it has no name, or its number is not at least 1.
  public init?(_ text: String) {
    if text.hasPrefix("rarest:") {
      guard let count = Int(text.dropFirst(7)), count >= 1 else { return nil }
      self = .rarest(count)
    } else {
      guard text.contains(where: { $0 != "," }) else { return nil }
      self = .named(text)
    }
  }

  /// Their numbers.
  ///
  /// - Parameters:
  ///   - classes: names, `[C]`.
  ///   - counts: examples given each, `[C]`; a class that nobody was given is none of the rarest.
  /// - Throws: ``AuditError/noClassOfName(_:nearest:)``.
  public func numbers(
    among classes: [String], counts: [Int]
  ) throws(AuditError) -> Set<Int> {
    switch self {
    case .rarest(let count):
      let order = counts.indices.filter { counts[$0] > 0 }.sorted {
        counts[$0] == counts[$1] ? $0 < $1 : counts[$0] < counts[$1]
      }
      return Set(order.prefix(count))
    case .named(let text):
      // A name may have a comma of its own.
      if let place = classes.firstIndex(of: text) { return [place] }
      var numbers: Set<Int> = []
      for name in text.split(separator: ",").map(String.init) {
        guard let place = classes.firstIndex(of: name) else {
          throw .noClassOfName(name, nearest: nearest(to: name, among: classes))
        }
        numbers.insert(place)
      }
      return numbers
    }
  }
}

extension LabelFindings {
  /// The findings in the order in which they are looked at where some classes matter most: first those that concern one of
  /// ``first``, by the class given or the class suggested; then the others. Either part goes by normalised margin, the
  /// smallest first, whatever the class.
  ///
  /// Ranks within the class share looks out among classes alike, however many errors each has; this order has the looks go to
  /// the rare classes, and within them to where labels are most probably wrong. The class suggested counts too, for a rare
  /// image under a common label is a loss of the rare class.
  public var looks: [Finding] {
    let margins = audit.scores(.normalizedMargin)
    func concerns(_ row: Int) -> Bool {
      first.contains(Int(audit.given[row])) || first.contains(Int(audit.suggested[row]))
    }
    let parts = [true, false].map { isFirst in
      findings.filter { concerns($0.row) == isFirst }.sorted {
        let (a, b) = (margins[$0.row], margins[$1.row])
        return a == b ? $0.row < $1.row : a < b
      }
    }
    return parts[0] + parts[1]
  }

  /// Place of each finding in the order of ``looks``, from 1, by row; empty where no class comes first.
  var places: [Int: Int] {
    guard !first.isEmpty else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: looks.enumerated().map { ($0.element.row, $0.offset + 1) })
  }
}
