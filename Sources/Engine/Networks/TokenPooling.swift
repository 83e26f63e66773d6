/// How the tokens of a transformer become one vector of features.
public enum TokenPooling: String, Codable, Sendable, CaseIterable {
  /// The class token.
  case token
  /// The mean of the tokens of patches, without class token and registers.
  case mean
  /// What a learned query gathers from the tokens: SigLIP's towers alone.
  case attention
}
