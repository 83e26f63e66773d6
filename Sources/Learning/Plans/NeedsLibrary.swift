/// A method that asks a library which is not part of the programme, and may not be installed.
public protocol NeedsLibrary {
  /// Looks for the library, before anything is trained or written.
  ///
  /// - Throws: an error that says what to install.
  static func checkLibrary() throws
}
