package import Weights

/// A file of weights in any of the forms that `--pretrained` takes.
package enum PretrainedFile {
  /// - Throws: `WeightsError` for a damaged file, or one that is something else.
  package static func read(_ path: String) throws -> StateDict { try WeightsFile.read(path) }
}
