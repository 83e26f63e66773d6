import Foundation

/// The only place that writes to the terminal: results go to standard output, everything a person
/// reads along the way to standard error.
package enum StandardStreams {
  /// Prints a result and a newline on standard output.
  package static func result(_ text: String) {
    write(text + "\n", to: .standardOutput)
  }

  /// Prints a note and a newline on standard error.
  package static func note(_ text: String) {
    write(text + "\n", to: .standardError)
  }

  /// Prints a result as JSON on standard output: keys sorted, two blanks of indentation.
  /// - Throws: `EncodingError` for a number that JSON has no words for.
  package static func json(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    result(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// A reader that went away (`steelyard methods | head`) is no failure of ours.
  private static func write(_ text: String, to handle: FileHandle) {
    try? handle.write(contentsOf: Data(text.utf8))
  }
}
