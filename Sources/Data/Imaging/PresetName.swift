/// The augmentations that can be asked for by name.
public enum PresetName: String, Sendable, Codable, CaseIterable {
  /// Only the scaling to the input size.
  case none
  /// For small images.
  case crop
  /// For photographs.
  case resizedCrop = "resized-crop"
  /// Balanced-MixUp's.
  case paper

  /// One line for a person to choose by.
  public var summary: String {
    switch self {
    case .none: "resize"
    case .crop: "resize; random crop from a margin of 4 black pixels; horizontal flip"
    case .resizedCrop: "random window of 8 to 100 % of the area, resized; horizontal flip"
    case .paper:
      "resize; one of scaling, shift, rotation; colour jitter; horizontal and vertical flip"
    }
  }
}
