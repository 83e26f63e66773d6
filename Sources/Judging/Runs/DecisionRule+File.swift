public import Decisions

/// `decision.json`; the metadata of the model hold the same rule.
extension DecisionRule: VersionedJSON {
  /// The form of the rule.
  public static var currentFormat: Int { currentVersion }
  /// The form that this rule needs.
  public var format: Int { version }
  /// The name that the key has had since the first rule.
  public static var formatKey: String { "version" }
  /// The file is a copy: what decides is in the model.
  public static var remedy: String {
    "restore it from a copy, or choose the rule anew: the model has one of its own, which decides"
  }
}
