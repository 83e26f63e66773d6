/// What an example has for a target: the one value that says how a table is read and judged.
///
/// ```
/// class    one of C classes                     one probability each, which sum to 1
/// labels   any of L labels, each known or not   one probability each, of its own
/// grades   one of K ordered classes             as a class, and the order counts
/// number   a number                             a number, with an interval or without
/// ```
public enum TargetKind: String, Sendable, Codable, CaseIterable {
  /// One class of several.
  case classes = "class"
  /// Any number of labels at once.
  case labels
  /// One class of several whose order means something.
  case grades
  /// A number.
  case number
}
