/// What the examples of a data set are.
public enum InputKind: String, Codable, Sendable, CaseIterable {
  /// Pictures, in files or in memory.
  case images
  /// Vectors of D numbers.
  case features
  /// Series of C channels, each of T steps; T may differ between series.
  case series
}
