/// One option: its name (flag and key alike) and where its value lives.
package struct OptionField: Sendable {
  /// The long flag without dashes, which is also the key in a configuration file.
  package var name: String
  package var path: any PartialKeyPath<TrainOptions> & Sendable

  /// Sets the option from a configuration file; `false` if the value has the wrong type.
  package var read: @Sendable (ConfigNode, inout TrainOptions) -> Bool
  /// The value as YAML.
  package var yaml: @Sendable (TrainOptions) -> String
  /// What is wrong with the value, if something is.
  package var objection: @Sendable (TrainOptions) -> String?
  /// What the type expects.
  package var expectation: String

  package init<Value: OptionValue>(
    _ name: String, _ path: any WritableKeyPath<TrainOptions, Value> & Sendable,
    _ requirement: Requirement<Value> = .any
  ) {
    self.name = name
    self.path = path
    self.expectation = Value.expectation
    self.read = { node, options in
      guard let value = Value(node) else { return false }
      options[keyPath: path] = value
      return true
    }
    self.yaml = { $0[keyPath: path].yaml }
    self.objection = { requirement.isMet($0[keyPath: path]) ? nil : requirement.expectation }
  }
}
