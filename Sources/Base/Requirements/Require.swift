/// Stops the programme with `message` unless `condition` holds, in every build.
///
/// The standard library's `precondition` drops its message in release builds, and whoever runs one
/// deserves to read which operation wanted what. For a programmer's mistake only; a user's mistake is
/// a typed error.
///
/// - Parameters:
///   - condition: what must hold.
///   - message: "operation: expected …, got …"; made only when the condition fails.
///   - file: where it was called.
///   - line: where it was called.
@inlinable
package func require(
  _ condition: Bool, _ message: @autoclosure () -> String, file: StaticString = #fileID,
  line: UInt = #line
) {
  if !condition { requirementFailed(message(), file: file, line: line) }
}

/// Stops the programme with `message`: for a state that a correct caller cannot reach.
///
/// - Parameters:
///   - message: "operation: expected …, got …".
///   - file: where it was called.
///   - line: where it was called.
@usableFromInline
package func requirementFailed(
  _ message: String, file: StaticString = #fileID, line: UInt = #line
) -> Never {
  fatalError(message, file: file, line: line)
}
