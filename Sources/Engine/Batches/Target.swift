import Requirements
public import Torch

/// What the network should say of each row of a batch: one hard label, or after mixing a weighted
/// list of hard labels; several labels or numbers in their stead (``entries``); of unlabelled rows nothing.
///
/// Keeping the labels apart, instead of only a soft target, lets every loss that is written for
/// hard labels take part in every mixing.
public struct Target: Sendable, Equatable {
  /// One hard labelling of all the rows, and how much it counts in each.
  public struct Labelling: Sendable, Equatable {
    /// Class of each row, `[N]`.
    public var labels: [Int]
    /// How much this labelling counts in each row, `[N]`, in `0...1`.
    public var weight: [Float]

    /// - Parameters:
    ///   - labels: class of each row, `[N]`.
    ///   - weight: how much this labelling counts in each row, `[N]`, in `0...1`.
    /// - Precondition: both have the same length.
    public init(labels: [Int], weight: [Float]) {
      require(
        labels.count == weight.count,
        "Target.Labelling: expected a weight per label, got \(weight.count) for \(labels.count)")
      (self.labels, self.weight) = (labels, weight)
    }
  }

  /// The labellings; the weights of a row sum to 1 over them, to 0 where nothing is known of the
  /// row, and to anything after ``weighted(by:)``. Empty where nothing is known of any row, and
  /// where rows have entries.
  public let terms: [Labelling]
  /// Several labels or numbers a row, in place of a class; `nil` where rows have classes.
  public let entries: Entries?
  /// Number of rows, N.
  public let count: Int

  /// One hard label per row.
  ///
  /// - Parameter labels: class of each row, `[N]`.
  public init(_ labels: [Int]) {
    self.init(
      [Labelling(labels: labels, weight: [Float](repeating: 1, count: labels.count))],
      count: labels.count)
  }

  /// Several labels or numbers a row: rows without a class, in no tally and no prior of classes.
  ///
  /// - Parameter entries: the values of each row.
  public init(_ entries: Entries) {
    (terms, self.entries, count) = ([], entries, entries.count)
  }

  /// One hard label per row, of some rows none: those have no class, no mass, and no part in any loss.
  ///
  /// - Parameter labels: class of each row, `[N]`; `nil` where it is unknown.
  public init(known labels: [Int?]) {
    self.init(
      [Labelling(labels: labels.map { $0 ?? 0 }, weight: labels.map { $0 == nil ? 0 : 1 })],
      count: labels.count)
  }

  /// Rows of which nothing is known: they have no class, no mass and no part in any prior.
  ///
  /// - Parameter count: number of rows, N, at least 0.
  /// - Precondition: `count` is at least 0.
  public init(unknown count: Int) {
    require(count >= 0, "Target: expected at least 0 rows, got \(count)")
    self.init([], count: count)
  }

  /// Several labellings of the same rows.
  ///
  /// - Parameter terms: labellings whose weights sum to 1 in every row.
  /// - Precondition: at least one term, all of the same length.
  public init(terms: [Labelling]) {
    require(
      terms.first.map { first in terms.allSatisfy { $0.labels.count == first.labels.count } }
        == true,
      "Target: expected labellings of equally many rows, got \(terms.map(\.labels.count))")
    self.init(terms, count: terms[0].labels.count)
  }

  /// Whether anything is known of each row, `[N]`.
  public var known: [Bool] {
    entries?.known ?? (0..<count).map { row in terms.contains { $0.weight[row] > 0 } }
  }

  private init(_ terms: [Labelling], count: Int) {
    (self.terms, entries, self.count) = (terms, nil, count)
  }
}

extension Target {
  /// (1 − λ) · `self` + λ · `other`, row by row.
  ///
  /// - Parameters:
  ///   - other: target of equally many rows.
  ///   - λ: weight of `other`, in `0...1`.
  /// - Precondition: both have the same number of rows, classes both or entries both; of classes something is known.
  public func mixed(with other: Target, weight λ: Double) -> Target {
    require(
      (entries == nil) == (other.entries == nil),
      "Target.mixed: expected two targets of classes or two of entries, got one of each")
    if let entries, let others = other.entries {
      return Target(entries.mixed(with: others, weights: Array(repeating: λ, count: count)))
    }
    return Target(terms: scaled(by: Float(1 - λ)) + other.scaled(by: Float(λ)))
  }

  /// w_i · `self` + (1 − w_i) · `other`, each row with a weight of its own.
  ///
  /// - Parameters:
  ///   - other: target of equally many rows.
  ///   - own: w, the weight of each row of `self`, `[N]`, in `0...1`.
  /// - Precondition: both are of classes or both of entries, and have as many rows as there are weights.
  public func mixed(with other: Target, own: [Double]) -> Target {
    require(
      (entries == nil) == (other.entries == nil) && count == own.count,
      "Target.mixed: expected two targets of classes or two of entries, with \(count) weights, got \(own.count)"
    )
    if let entries, let others = other.entries {
      return Target(entries.mixed(with: others, weights: own.map { 1 - $0 }))
    }
    return Target(
      terms: scaled(by: own.map { Float($0) }) + other.scaled(by: own.map { Float(1 - $0) }))
  }

  /// The rows in another order: row `i` of the result is row `order[i]`.
  ///
  /// - Parameter order: indices of rows, each in `0..<N`.
  /// - Precondition: every index is a row.
  public func reordered(_ order: [Int]) -> Target {
    if let entries { return Target(entries.reordered(order)) }
    return Target(
      terms.map { term in
        Labelling(labels: order.map { term.labels[$0] }, weight: order.map { term.weight[$0] })
      }, count: order.count)
  }

  /// How much of the batch belongs to each class.
  ///
  /// - Parameter classes: how many classes there are, C.
  /// - Returns: sum of the weights on each class, `[C]`; sums to N, or to 0 where no class is known.
  /// - Precondition: every label is in `0..<classes`.
  public func massPerClass(_ classes: Int) -> [Double] {
    var mass = [Double](repeating: 0, count: classes)
    for term in terms {
      for (label, weight) in zip(term.labels, term.weight) {
        Self.check(label, classes)
        mass[label] += Double(weight)
      }
    }
    return mass
  }

  /// The soft target that the terms add up to.
  ///
  /// - Parameters:
  ///   - classes: how many classes there are, C.
  ///   - device: where the tensor shall live.
  /// - Returns: `[N, C]`, float32; every row sums to 1, or to 0 where its class is unknown.
  /// - Precondition: every label is in `0..<classes`.
  public func dense(classes: Int, on device: Device = .cpu) -> Tensor {
    var rows = [Float](repeating: 0, count: count * classes)
    for term in terms {
      for (row, (label, weight)) in zip(term.labels, term.weight).enumerated() {
        Self.check(label, classes)
        rows[row * classes + label] += weight
      }
    }
    return Tensor(rows, shape: [count, classes]).moved(to: device)
  }

  /// The labellings with each row's weight multiplied by that of its class.
  ///
  /// - Parameter weights: how much a row of each class counts, `[C]`.
  /// - Returns: labellings whose weights do not sum to 1 in a row.
  /// - Precondition: every label is in `0..<C`.
  public func weighted(by weights: [Double]) -> Target {
    Target(
      terms.map { term in
        Labelling(
          labels: term.labels,
          weight: zip(term.labels, term.weight).map { label, weight in
            Self.check(label, weights.count)
            return weight * Float(weights[label])
          })
      }, count: count)
  }

  private func scaled(by factor: Float) -> [Labelling] {
    terms.map { Labelling(labels: $0.labels, weight: $0.weight.map { $0 * factor }) }
  }

  private func scaled(by factors: [Float]) -> [Labelling] {
    terms.map { Labelling(labels: $0.labels, weight: zip($0.weight, factors).map { $0 * $1 }) }
  }

  private static func check(_ label: Int, _ classes: Int) {
    require(
      label >= 0 && label < classes,
      "Target: expected labels from 0 to \(classes - 1), got \(label)")
  }
}
