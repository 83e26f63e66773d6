import Losses
import Mixing
import Plans

/// What an objective is made of, by the names that the parts have in the libraries, in the order in which it has them.
enum PartNames {
  /// The objective and its parts: `Experts, 3 × AdjustedCrossEntropy (margins, weights), ExpertDiversity`.
  static func of(_ part: Any) -> [String] { [name(part)] + inside(part) }

  /// Parts among the stored properties of a value.
  private static func inside(_ value: Any) -> [String] {
    Mirror(reflecting: value).children.flatMap { found($0.value) }
  }

  private static func found(_ value: Any) -> [String] {
    // First, for a cast looks into an optional.
    if Mirror(reflecting: value).displayStyle == .optional { return inside(value) }
    if let addition = value as? Supervised.Addition { return of(addition.term) }
    if value is any Loss || value is any Mixing || value is any Objective || value is any BatchTerm
      || value is ExpertDiversity
    {
      return of(value)
    }
    return switch Mirror(reflecting: value).displayStyle {
    case .collection: counted(Mirror(reflecting: value).children.map { found($0.value) })
    case .tuple: inside(value)
    default: []
    }
  }

  /// The same parts several times running, once with their number.
  private static func counted(_ all: [[String]]) -> [String] {
    var runs: [(parts: [String], count: Int)] = []
    for parts in all where !parts.isEmpty {
      if runs.last?.parts == parts {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((parts, 1))
      }
    }
    return runs.flatMap { parts, count in
      count == 1 ? parts : ["\(count) × \(parts[0])"] + parts.dropFirst()
    }
  }

  private static func name(_ value: Any) -> String {
    let name = "\(type(of: value))"
    guard let loss = value as? AdjustedCrossEntropy, !loss.adjustments.isEmpty else { return name }
    return "\(name) (\(loss.adjustments.joined(separator: ", ")))"
  }
}
