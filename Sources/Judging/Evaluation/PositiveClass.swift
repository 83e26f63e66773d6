import Requirements

/// Which of two classes is the positive one: the one whose curve `average_precision` and the AUROC are of.
///
/// scikit-learn takes the second in the order of the names unless `pos_label` says otherwise, so that the
/// average precision of `cancer` against `healthy` becomes that of `healthy`. Here the spelling of the names
/// decides nothing: positive is the class with fewer training images, where their numbers are not known the
/// one with fewer examples, and of equals the later in the list. Values are scikit-learn's with this
/// class as `pos_label`.
public struct PositiveClass: Sendable, Equatable {
  /// Why it is this class.
  public enum Reason: String, Sendable, Codable, CaseIterable {
    /// Somebody chose it.
    case named
    /// It has fewer training images than the other.
    case fewerTraining = "fewer_training_images"
    /// It has fewer examples than the other, in data whose training images are not known.
    case fewerExamples = "fewer_examples"
    /// Both have as many; it is the later in the list of classes.
    case tie = "equal_numbers_later_in_list"
    /// It is the positive class of what this is compared with.
    case compared = "same_as_compared"
    /// It is the second in the list, as in all files from before 0.2.
    case second = "second_in_list"
  }

  /// The class, 0 or 1.
  public let index: Int
  /// Why it is this class.
  public let reason: Reason

  /// A class, and why it is this one.
  ///
  /// - Parameters:
  ///   - index: The class, 0 or 1.
  ///   - reason: Why it is this class.
  /// - Precondition: `index` is 0 or 1.
  public init(_ index: Int, because reason: Reason) {
    require((0...1).contains(index), "PositiveClass: expected class 0 or 1, got \(index)")
    (self.index, self.reason) = (index, reason)
  }

  /// The rarer of two classes.
  ///
  /// - Parameters:
  ///   - trainingCounts: Training images of each class, `[C]`; `nil` where not known.
  ///   - support: Examples of each class, `[C]`.
  /// - Returns: `nil` unless there are two classes.
  public init?(trainingCounts: [Int]?, support: [Int]) {
    let counts = trainingCounts ?? support
    guard counts.count == 2 else { return nil }
    if counts[0] == counts[1] {
      self.init(1, because: .tie)
    } else {
      self.init(
        counts[0] < counts[1] ? 0 : 1,
        because: trainingCounts == nil ? .fewerExamples : .fewerTraining)
    }
  }

  /// The class of a name, chosen by somebody.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - classes: Names, `[C]`.
  /// - Throws: `PositiveClassError` unless it is one of two classes.
  public init(named name: String, among classes: [String]) throws(PositiveClassError) {
    guard classes.count == 2 else { throw .notTwoClasses(name, classes: classes) }
    guard let index = classes.firstIndex(of: name) else {
      throw .unknown(name, nearest: nearest(to: name, among: classes), classes: classes)
    }
    self.init(index, because: .named)
  }
}

/// Why a class cannot be the positive one.
public enum PositiveClassError: Error, Equatable, CustomStringConvertible {
  /// Only two classes have a positive one.
  case notTwoClasses(String, classes: [String])
  /// No class has this name.
  case unknown(String, nearest: String?, classes: [String])

  /// The mistake in English.
  public var description: String {
    switch self {
    case .notTwoClasses(let name, let classes):
      return "'\(name)' cannot be the positive class: only one of two classes can, and there are"
        + " \(classes.count); of more classes each one's own row is that class against the rest"
    case .unknown(let name, let nearest, let classes):
      let meant = nearest.map { "; did you mean '\($0)'?" } ?? ";"
      return "'\(name)' cannot be the positive class: no class has this name\(meant)"
        + " the classes are \(classes.joined(separator: ", "))"
    }
  }
}

extension PositiveClass.Reason {
  /// How much it says about which class it should be; what was chosen outweighs what was counted.
  package var weight: Int {
    switch self {
    case .named: 3
    case .fewerTraining: 2
    case .fewerExamples: 1
    case .tie, .compared, .second: 0
    }
  }
}

extension Predictions {
  /// The positive one of two classes: the one that was chosen, else the rarer; `nil` unless there are two.
  ///
  /// It is a property of the whole set, so that subgroups and resamples of it have the same one.
  ///
  /// - Parameter shots: Classes grouped by training images, `[C]`, where known.
  public func positiveClass(shots: ShotGroups? = nil) -> PositiveClass? {
    guard classes.count == 2 else { return nil }
    return positive
      ?? PositiveClass(trainingCounts: shots?.trainingCounts, support: support)
  }

  /// Examples of each class in the truth, `[C]`.
  public var support: [Int] {
    var counts = [Int](repeating: 0, count: classes.count)
    for case .some(let truth) in truths { counts[truth] += 1 }
    return counts
  }
}
