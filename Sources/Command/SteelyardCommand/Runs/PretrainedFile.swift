import Files
package import Weights

/// A file of weights in any of the forms that `--pretrained` takes.
package enum PretrainedFile {
  /// - Parameters:
  ///   - path: the file.
  ///   - model: the network that they are for; where its published weights have terms, an absent file says who gives them.
  /// - Throws: `WeightsError` for a damaged file, or one that is something else; `MissingWeights` for an absent one whose
  ///   weights have terms.
  package static func read(_ path: String, for model: String) throws -> StateDict {
    do throws(WeightsError) {
      return try WeightsFile.read(path)
    } catch {
      guard case .file(.missing) = error, let terms = WeightsTerms.of(model) else { throw error }
      throw MissingWeights(error: error, model: model, terms: terms)
    }
  }
}

/// A file that is not there, of weights that people have to get for themselves.
package struct MissingWeights: Error, Equatable, CustomStringConvertible {
  /// What was looked for.
  package let error: WeightsError
  /// The network that they are for.
  package let model: String
  /// Under which terms they are given, and where.
  package let terms: String

  package var description: String {
    "\(error.description); published weights of \(model) are never fetched for you, and have terms of their own:"
      + " \(terms)"
  }
}
