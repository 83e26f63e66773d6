/// What a network looks at.
///
/// | form | a batch | its inputs, counted | its extent |
/// |---|---|---|---|
/// | `images` | `[N, C, H, W]` | channels C | side in pixels |
/// | `features` | `[N, D]` | width D | |
/// | `series` | `[N, C, T]` | channels C | steps T |
public enum InputForm: String, Codable, Sendable, CaseIterable {
  /// Pixels.
  case images
  /// A vector a row: measurements, or what another network made of something.
  case features
  /// Values over time, several channels at once; rows may be of unequal length (``Context/lengths``).
  case series
}
