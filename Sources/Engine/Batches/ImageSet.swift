public import Imaging
import Requirements

/// The images of one split, as training and inference see them: rows with a name, a label where
/// there is one, and a way to read the pixels.
public struct ImageSet: Sendable {
  /// What identifies each image to the user, `[N]`.
  public let paths: [String]
  /// Class of each image, `[N]`; `nil` where unknown.
  public let labels: [Int?]
  /// Group of each image (patient, smear), `[N]`; empty where the data has none.
  public let groups: [String]
  /// Reads the image of a row.
  public let read: ImageStore.Read

  /// A set of its parts.
  /// - Precondition: as many labels as paths, and as many groups or none.
  public init(
    paths: [String], labels: [Int?], groups: [String] = [], read: @escaping ImageStore.Read
  ) {
    require(
      labels.count == paths.count && (groups.isEmpty || groups.count == paths.count),
      "ImageSet: expected \(paths.count) labels and groups, got \(labels.count), \(groups.count)")
    (self.paths, self.labels, self.groups, self.read) = (paths, labels, groups, read)
  }

  /// Images there are, N.
  public var count: Int { paths.count }

  /// The rows of this set, then those of another without their labels.
  ///
  /// - Parameter other: what follows; its groups are left out where this set has none.
  public func followed(byUnlabelled other: ImageSet) -> ImageSet {
    let own = count
    let (first, second) = (read, other.read)
    return ImageSet(
      paths: paths + other.paths, labels: labels + other.paths.map { _ in nil },
      groups: groups.isEmpty
        ? [] : groups + (other.groups.isEmpty ? other.paths.map { _ in "" } : other.groups)
    ) { row, atLeast in
      row < own ? try first(row, atLeast) : try second(row - own, atLeast)
    }
  }

  /// The images read, and brought to their first size by `preset`, for training.
  /// - Parameter budget: bytes of prepared pixels to keep.
  public func training(_ preset: Preset, budget: Int) -> ImageStore {
    ImageStore(
      count: count, atLeast: preset.decodeSize, prepare: preset.deterministic, budget: budget,
      read: read)
  }

  /// The images read, and brought to their final size by `preset`, for evaluation.
  /// - Parameter budget: bytes of prepared pixels to keep.
  public func evaluation(_ preset: Preset, budget: Int) -> ImageStore {
    ImageStore(
      count: count, atLeast: preset.decodeSize, prepare: preset.evaluation, budget: budget,
      read: read)
  }
}
