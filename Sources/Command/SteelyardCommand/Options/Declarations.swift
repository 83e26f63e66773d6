/// A group of options: a type whose properties are ``Declaration``s, in the order in which they are
/// shown and written. ``Flags`` makes the flags of a command from it.
package protocol Declarations: Sendable {
  init()
}

extension Declarations {
  /// The options of the group.
  package var fields: [any OptionField] {
    Mirror(reflecting: self).children.compactMap { $0.value as? any OptionField }
  }
}
