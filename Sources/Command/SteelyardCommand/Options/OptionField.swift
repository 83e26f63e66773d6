/// A ``Declaration`` of whatever type of value.
package protocol OptionField<Value>: Sendable {
  associatedtype Value: OptionValue

  var name: String { get }
  var standard: Value { get }
  var range: ValueRange<Value> { get }
  var isPath: Bool { get }
  var isFree: Bool { get }
  /// The properties that ArgumentParser is to see, with the keys by which it fills them.
  var properties: [(key: FlagKey, wrapper: Any)] { get }
  /// Takes over what was typed. Returns what is wrong about it, if something is.
  func take(_ arguments: FlagContainer, into options: inout TrainOptions) throws -> String?
}

extension OptionField {
  /// What the type expects.
  package var expectation: String { Value.expectation }

  /// Sets the option from a configuration file; `false` if the value has the wrong type.
  package func read(_ node: ConfigNode, into options: inout TrainOptions) -> Bool {
    guard let value = Value(node) else { return false }
    options[self] = value
    return true
  }

  /// The value as YAML.
  package func yaml(_ options: TrainOptions) -> String { options[self].yaml }

  /// What is wrong with the value, if something is.
  package func objection(_ options: TrainOptions) -> String? {
    range.isMet(options[self]) ? nil : range.expectation
  }

  /// Whether both have the same value.
  package func isEqual(_ first: TrainOptions, _ second: TrainOptions) -> Bool {
    first[self] == second[self]
  }

  /// The parts of a value that has several of its own name, as `set` has; `nil` of all others.
  package func parts(_ options: TrainOptions) -> [String: String]? { options[self].parts }

  /// Gives `lower` the value of `upper`, if that has one.
  package func lay(_ upper: TrainOptions, over lower: inout TrainOptions) {
    guard let value = upper.given(self) else { return }
    lower[self] = value.laid(over: lower[self])
  }

  /// Forgets the value that was given.
  package func forget(in options: inout TrainOptions) { options.forget(self) }

  /// Makes a path whole, so that it means the same in another folder.
  package func makeWhole(in options: inout TrainOptions) {
    if isPath, let value = options.given(self) { options[self] = value.wholePath }
  }
}
