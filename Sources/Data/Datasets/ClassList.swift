import Requirements

/// The classes of a model, in the order of its outputs: sorted by the bytes of their names, unless
/// ``ClassNames`` give another order.
///
/// Plain order, as torchvision's: `c10` comes before `c2`. The list is stored with the model and
/// never made again from other data.
public struct ClassList: Codable, Sendable, Equatable {
  /// The names; class `c` is `names[c]`.
  public let names: [String]
  private let indexByName: [String: Int]

  /// The list of the distinct `names`, sorted.
  public init(_ names: some Sequence<String>) {
    self.init(distinct: Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  /// The list of `names` in their order.
  ///
  /// - Precondition: they are distinct.
  public init(ordered names: [String]) {
    require(
      Set(names).count == names.count, "ClassList: expected distinct names, got \(names.prefix(20))"
    )
    self.init(distinct: names)
  }

  private init(distinct names: [String]) {
    self.names = names
    indexByName = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
  }

  /// Number of classes, C.
  public var count: Int { names.count }

  /// The class called `name`, in `0..<count`; nil when there is none.
  public func index(of name: String) -> Int? { indexByName[name] }

  /// Reads a list of names; they must be distinct.
  ///
  /// - Throws: `DecodingError` when they are not.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let names = try container.decode([String].self)
    guard Set(names).count == names.count else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected distinct class names")
    }
    self.init(distinct: names)
  }

  /// Writes the names as a list.
  ///
  /// - Throws: what the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(names)
  }
}

extension Dataset {
  /// The classes of the training part, or of all examples when the data are not split, in the order of
  /// ``classNames`` where there are any.
  ///
  /// - Throws: ``DatasetError/problems(_:)`` when a class occurs elsewhere but not in training;
  ///   ``DatasetError/tooFewClasses(_:)``; ``DatasetError/emptySplit(_:present:)``.
  public func trainingClasses() throws(DatasetError) -> ClassList {
    let isSplit = examples.contains { $0.split != nil }
    let training = examples.filter { !isSplit || $0.split == .train }
    if training.isEmpty { throw .emptySplit(.train, present: splits) }
    let classes = ordered(training.compactMap(\.label))
    var problems = DataProblems()
    for split in splits where split != .train {
      let strangers = examples.filter { $0.split == split }
        .filter { $0.label.map { classes.index(of: $0) == nil } ?? false }
      for label in ClassList(strangers.compactMap(\.label)).names {
        let same = strangers.filter { $0.label == label }
        problems.add(
          .classMissingFromTraining(label, split: split, count: same.count), at: same[0].origin)
      }
    }
    try problems.check()
    guard classes.count >= 2 else { throw .tooFewClasses(classes.names) }
    return classes
  }

  /// The splits that occur, in order of use.
  public var splits: [Split] { Set(examples.compactMap(\.split)).sorted() }
}
