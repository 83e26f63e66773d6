import Files
import Foundation

/// What a command would write over.
enum ExistingFiles {
  /// Refuses to replace a file without `--overwrite`; a pipe or a device, such as `/dev/stdout`, is replaced by nothing.
  ///
  /// - Parameters:
  ///   - files: what will be written, each with the option that names it; `nil` is not written.
  ///   - overwrite: whether `--overwrite` is given.
  /// - Throws: ``OptionError/conflict(_:)`` naming the first that exists.
  static func refuse(_ files: [(option: String, path: String?)], unless overwrite: Bool)
    throws(OptionError)
  {
    guard !overwrite else { return }
    for (option, path) in files {
      guard let path, FileManager.default.fileExists(atPath: path), !AtomicFile.isStream(path)
      else { continue }
      throw .conflict("\(option): \(path) exists; replace it with --overwrite")
    }
  }
}
