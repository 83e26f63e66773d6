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

  /// Refuses to write over what the command reads, and to write two things into one file, with `--overwrite` too.
  ///
  /// - Parameters:
  ///   - files: what will be written, each with the option that names it; `nil` is not written.
  ///   - inputs: files that are read; `nil` is none.
  /// - Throws: ``OptionError/conflict(_:)`` naming the first.
  static func refuse(_ files: [(option: String, path: String?)], over inputs: [String?])
    throws(OptionError)
  {
    let read = Set(inputs.compactMap(\.self).map(real))
    var names: [String: String] = [:]
    for (option, path) in files {
      guard let path, !AtomicFile.isStream(path) else { continue }
      if read.contains(real(path)) {
        throw .conflict(
          "\(option): \(path) is read here and would be written over; choose another name")
      }
      if let other = names.updateValue(option, forKey: real(path)) {
        throw .conflict("--\(other) and --\(option) both name \(path); give two files")
      }
    }
  }

  /// A path without links and `..`.
  private static func real(_ path: String) -> String {
    URL(fileURLWithPath: FilePath.absolute(path)).resolvingSymlinksInPath().standardizedFileURL.path
  }
}
