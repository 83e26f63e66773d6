public import Datasets
public import Files
public import Imaging
import Requirements
public import Sampling

/// The examples of one split, as training and inference see them: rows with a name, a label where there is one, and
/// their images or numbers.
public struct ExampleSet: Sendable {
  /// What the examples are.
  public enum Content: Sendable {
    /// Images, each read when it is wanted.
    case images(ImageStore.Read)
    /// Features or series: which rows of a store, `[N]`.
    case rows(RowStore, members: [Int])
  }

  /// What identifies each example to the user, `[N]`.
  public let paths: [String]
  /// What is known of each example's target, `[N]`.
  public let truths: Truths
  /// Group of each example (patient, smear), `[N]`; empty where the data has none.
  public let groups: [String]
  /// Images or numbers.
  public let content: Content
  /// SHA-256 of the file of each image, `[N]`, nil where it has not been read; empty where none has.
  public var digests: [ContentDigest?] = []
  /// The digest of the file of an image as it is now, by its row; nil where nobody can say.
  public var digestNow: (@Sendable (Int) throws -> ContentDigest?)?
  /// The study of each example, `[N]`, and the column that names it; nil where none was asked for.
  public internal(set) var studies: Studies?

  /// Which examples are views of one study.
  public struct Studies: Sendable, Equatable {
    /// The column that names them.
    public let column: String
    /// The study of each example, `[N]`; empty where it is one of its own.
    public let names: [String]
  }

  /// A set of its parts, each `[N]`.
  ///
  /// - Precondition: as many labels as paths, as many groups or none, as many rows.
  public init(paths: [String], truths: Truths, groups: [String] = [], content: Content) {
    require(
      truths.count == paths.count && (groups.isEmpty || groups.count == paths.count),
      "ExampleSet: expected \(paths.count) labels and groups, got \(truths.count), \(groups.count)")
    if case .rows(_, let members) = content {
      require(
        members.count == paths.count,
        "ExampleSet: expected \(paths.count) rows, got \(members.count)")
    }
    (self.paths, self.truths) = (paths, truths)
    (self.groups, self.content) = (groups, content)
  }

  /// A set whose examples have a class each, or any number of labels: paths and labels are `[N]`,
  /// groups `[N]` or empty.
  ///
  /// - Precondition: as many labels as paths, as many groups or none, as many rows.
  public init(
    paths: [String], labels: [Int?], labelTable: LabelTable? = nil, groups: [String] = [],
    content: Content
  ) {
    require(
      labels.count == paths.count,
      "ExampleSet: expected \(paths.count) labels, got \(labels.count)")
    self.init(
      paths: paths, truths: labelTable.map(Truths.labels) ?? .classes(labels), groups: groups,
      content: content)
  }

  /// A set of images.
  ///
  /// - Parameters:
  ///   - paths: what identifies each image, `[N]`.
  ///   - labels: class of each, `[N]`.
  ///   - labelTable: the labels of each, where it may have several.
  ///   - groups: group of each, `[N]`, or none.
  ///   - read: reads the image of a row.
  /// - Precondition: as many labels as paths, and as many groups or none.
  public init(
    paths: [String], labels: [Int?], labelTable: LabelTable? = nil, groups: [String] = [],
    read: @escaping ImageStore.Read
  ) {
    self.init(
      paths: paths, labels: labels, labelTable: labelTable, groups: groups,
      content: .images(read))
  }

  /// Examples there are, N.
  public var count: Int { paths.count }

  /// Reads the image of a row; `nil` of numbers.
  public var read: ImageStore.Read? {
    if case .images(let read) = content { read } else { nil }
  }

  /// The examples of this set, then those of another without their labels.
  ///
  /// - Parameter other: what follows; its groups are left out where this set has none.
  /// - Precondition: both hold images.
  public func followed(byUnlabelled other: ExampleSet) -> ExampleSet {
    guard let first = read, let second = other.read else {
      requirementFailed("ExampleSet.followed: expected two sets of images, got numbers")
    }
    let own = count
    var all = ExampleSet(
      paths: paths + other.paths, labels: labels + other.paths.map { _ in nil },
      groups: groups.isEmpty
        ? [] : groups + (other.groups.isEmpty ? other.paths.map { _ in "" } : other.groups)
    ) { row, atLeast in
      row < own ? try first(row, atLeast) : try second(row - own, atLeast)
    }
    all.digests = digests + other.digests
    if let ownNow = digestNow, let otherNow = other.digestNow {
      all.digestNow = { row in row < own ? try ownNow(row) : try otherNow(row - own) }
    }
    return all
  }

  /// The images as they were kept; nil where one was not.
  ///
  /// - Parameter kept: prepared as they are wanted.
  public func store(of kept: PreparedImages) -> ImageStore? {
    guard let records = kept.records(of: digests), records.count == count else { return nil }
    return ImageStore(count: count, atLeast: nil, prepare: Identity(), budget: 0) { row, _ in
      try kept.image(records[row])
    }
  }

  /// The images read, and brought to their first size by `preset`, for training.
  ///
  /// - Parameter budget: bytes of prepared pixels to keep.
  /// - Precondition: a set of images.
  public func training(_ preset: Preset, budget: Int) -> ImageStore {
    store(preset, preset.deterministic, budget)
  }

  /// The images read, and brought to their final size by `preset`, for evaluation.
  ///
  /// - Parameter budget: bytes of prepared pixels to keep.
  /// - Precondition: a set of images.
  public func evaluation(_ preset: Preset, budget: Int) -> ImageStore {
    store(preset, preset.evaluation, budget)
  }

  private func store(_ preset: Preset, _ prepare: any Transform, _ budget: Int) -> ImageStore {
    guard let read else {
      requirementFailed("ExampleSet: expected a set of images, got numbers")
    }
    return ImageStore(
      count: count, atLeast: preset.decodeSize, prepare: prepare, budget: budget, read: read)
  }
}
