/// Why labels are not a training set.
public enum ClassCountsError: Error, Equatable, CustomStringConvertible {
  /// There is nothing to tell apart.
  case noClasses
  /// The class with this index has no example.
  case emptyClass(Int, of: Int)
  /// The examples are more than can be counted, as a damaged file may say.
  case tooMany
  /// The label at `position` names no class.
  case labelOutOfRange(Int, position: Int, classes: Int)

  /// What was found, what was expected, what to do.
  public var description: String {
    switch self {
    case .noClasses:
      "there are no classes; a training set needs at least one labelled example"
    case .emptyClass(let empty, let classes):
      "class \(empty) of \(classes) has no training example; "
        + "leave it out of the class list or move an example of it into training"
    case .tooMany:
      "the classes have more examples together than can be counted, expected below 2^63; the file may be damaged"
    case .labelOutOfRange(let label, let position, let classes):
      "example \(position) has label \(label); expected 0 to \(classes - 1)"
    }
  }
}
