/// What the examples of a data set are.
public enum InputKind: String, Codable, Sendable, CaseIterable {
  /// Pictures, in files or in memory.
  case images
  /// Vectors of D numbers.
  case features
  /// Series of C channels, each of T steps; T may differ between series.
  case series

  /// What messages call several examples: images, rows, series.
  public var plural: String { self == .features ? "rows" : rawValue }

  /// What messages call one example: image, row, series.
  public var singular: String {
    switch self {
    case .images: "image"
    case .features: "row"
    case .series: "series"
    }
  }
}
