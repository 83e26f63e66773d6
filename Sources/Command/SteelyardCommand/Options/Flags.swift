import ArgumentParser

/// The flags of a group of options, as ArgumentParser takes them.
///
/// ArgumentParser looks for properties in a mirror of the type and fills them by decoding. Both are
/// made here of the group's declarations, so that an option needs no property of its own.
@dynamicMemberLookup
package struct Flags<Group: Declarations>: ParsableArguments, CustomReflectable {
  /// The options that were typed.
  package private(set) var typed = TrainOptions()
  private var complaint: String?

  package init() {}

  package init(from decoder: any Decoder) throws {
    let arguments = try decoder.container(keyedBy: FlagKey.self)
    for field in Group().fields {
      if let wrong = try field.take(arguments, into: &typed) { complaint = wrong }
    }
  }

  package mutating func validate() throws {
    if let complaint { throw ValidationError(complaint) }
    for field in Group().fields {
      guard let expected = field.objection(typed) else { continue }
      let error = OptionError.outOfRange(
        field.name, got: field.yaml(typed), expected: expected, origin: .flag)
      throw ValidationError("\(error)")
    }
  }

  package var customMirror: Mirror {
    let properties = Group().fields.flatMap(\.properties)
    return Mirror(self, children: properties.map { ($0.key.stringValue, $0.wrapper) })
  }

  /// The value of a flag; `nil` if it was not typed.
  package subscript<Value>(dynamicMember path: KeyPath<Group, Declaration<Value>>) -> Value? {
    typed.given(Group()[keyPath: path])
  }

  /// The value of a flag for an option that may have none; `nil` if it was not typed.
  package subscript<Value>(dynamicMember path: KeyPath<Group, Declaration<Value?>>) -> Value? {
    typed.given(Group()[keyPath: path]) ?? nil
  }
}
