/// How the images of a stream are augmented before the network sees them.
public enum View: String, Sendable, Equatable, Codable, CaseIterable {
  /// By the run's preset: the weak augmentation of semi-supervised methods.
  case standard
  /// By the run's preset, then by RandAugment and a cut-out.
  case strong
}
