import Console
import Files
import Foundation

/// The only place that writes to the terminal: results go to standard output, everything a person
/// reads along the way to standard error.
enum StandardStreams {
  /// Where results go.
  static let output = Terminal.standardOutput(environment: ProcessInfo.processInfo.environment)
  /// Where progress and messages go.
  static let notes = Terminal.standardError(environment: ProcessInfo.processInfo.environment)

  /// Colours that suit standard output.
  static var style: Style { output.style }

  /// Prints a result that has its own line feeds on standard output.
  static func write(_ text: String) { output.write(text) }

  /// Prints a result and a line feed on standard output.
  static func result(_ text: String) { output.write(text + "\n") }

  /// Prints a note and a line feed on standard error.
  static func note(_ text: String) { notes.write(text + "\n") }

  /// Prints a result as JSON on standard output.
  /// - Throws: `EncodingError` for a number that JSON has no words for.
  static func json(_ value: some Encodable) throws {
    output.write(String(decoding: try JSONFile.encode(value), as: UTF8.self))
  }
}
