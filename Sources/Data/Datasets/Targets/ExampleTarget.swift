/// What the examples of data have for a target.
public enum ExampleTarget: Sendable, Equatable {
  /// One class each, ``Example/label``, or none in an unlabelled set.
  case classes
  /// Any number of these labels, `[L]`, each known or not: ``Example/labels``.
  case labels([String])
  /// A number each, ``Example/number``, of this name.
  case number(String)
}

extension Dataset {
  /// The labels of which each example has any number, `[L]`; nil where an example has a class or a number.
  public var labelNames: [String]? {
    get { if case .labels(let names) = target { names } else { nil } }
    set { target = newValue.map(ExampleTarget.labels) ?? .classes }
  }

  /// Name of the number that each example has; nil where it has a class or labels.
  public var numberName: String? {
    if case .number(let name) = target { name } else { nil }
  }
}
