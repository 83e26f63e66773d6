/// How the examples of a stream are augmented before the network sees them.
public enum View: String, Sendable, Equatable, Codable, CaseIterable {
  /// Of images by the run's preset, the weak augmentation of semi-supervised methods; numbers as they are.
  case standard
  /// By the run's preset, then by RandAugment and a cut-out; images only.
  case strong
}
