/// What was typed on the command line: a few options to lay over those of a file.
package struct Overlay {
  /// The names of the options that were typed, in the order of the flag groups.
  package private(set) var names: [String] = []
  private var assignments: [(inout TrainOptions) -> Void] = []

  package init() {}

  /// Takes a flag over if it was typed.
  package mutating func set<Value: OptionValue>(
    _ path: WritableKeyPath<TrainOptions, Value>, _ value: Value?
  ) {
    guard let value else { return }
    names.append(OptionTable.name(of: path))
    assignments.append { $0[keyPath: path] = value }
  }

  /// Takes a flag over, if it was typed, for an option that may have no value.
  package mutating func set<Value: OptionValue>(
    optional path: WritableKeyPath<TrainOptions, Value?>, _ value: Value?
  ) {
    guard let value else { return }
    names.append(OptionTable.name(of: path))
    assignments.append { $0[keyPath: path] = value }
  }

  /// Takes over a list that is only typed when it has elements.
  package mutating func set(list path: WritableKeyPath<TrainOptions, [String]>, _ value: [String]) {
    set(path, value.isEmpty ? nil : value)
  }

  /// Adds hyper-parameters to those of the file, replacing those of the same name.
  package mutating func merge(_ hyperparameters: [String: String]) {
    for (key, value) in hyperparameters.sorted(by: { $0.key < $1.key }) {
      names.append("set.\(key)")
      assignments.append { $0.set[key] = value }
    }
  }

  package func apply(to options: inout TrainOptions) {
    for assignment in assignments { assignment(&options) }
  }
}
