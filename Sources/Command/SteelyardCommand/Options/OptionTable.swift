/// All options of a training run, in the order in which they are shown and written.
package enum OptionTable {
  package static let fields = TrainOptions.groups.flatMap(\.fields)

  /// The option with that name.
  package static func field(named name: String) -> (any OptionField)? {
    fields.first { $0.name == name }
  }
}
