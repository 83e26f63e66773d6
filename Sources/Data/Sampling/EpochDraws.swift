public import Randomness
import Requirements

/// The rows that an epoch draws, each computed from its position: no list of indices, weights or labels is made.
///
/// Rows are counted by class: those of class 0 first, then those of class 1, as in a `RowManifest`. What is drawn is
/// a function of key, epoch and position alone, so that any process can draw any part of an epoch in any order:
///
///     let draws = EpochDraws(
///       ClassBalancedSampler(), classes: manifest.counts, progress: 0.5, epoch: 3, key: key)
///     let path = try manifest.path(of: draws.row(at: 41))
///
/// Memory is O(C), a draw is O(log C), whatever the number of rows; 2²⁴ is no limit, nor is 2³².
public struct EpochDraws: Sendable {
  private enum Form: Sendable {
    case everyRow(IndexPermutation)
    case independent(ClassShares)
    case evenly(order: IndexPermutation, places: [Int])
  }

  /// Positions of the epoch, N: as many as there are rows.
  public let count: Int
  private let starts: [Int]
  private let key: RandomKey
  private let form: Form

  /// Every row once, in a shuffled order (``IndexPermutation``).
  ///
  /// - Parameters:
  ///   - sampler: of P(c) = n_c / N.
  ///   - classes: rows of each class, `[C]`, at most 2⁶² together.
  ///   - epoch: which one; each has an order of its own.
  ///   - key: of the run and the stream.
  /// - Precondition: there are at most 2⁶² rows.
  public init(_ sampler: UniformSampler, classes: ClassCounts, epoch: Int, key: RandomKey) {
    self.init(classes, epoch, key) { key in
      .everyRow(IndexPermutation(count: classes.total, key: key))
    }
  }

  /// Draws from the distribution of a sampler: a class, then one of its rows.
  ///
  /// Independent draws take each class with P(c) in whole numbers of 2⁻⁶², so that equal shares are exactly equal, and
  /// any row of it equally often, with replacement, as the sampler's list does. Evenly, class c has
  /// N · P(c) positions, rounded up or down (exact on average over epochs), and over an epoch any two of its rows come
  /// equally often, but for one. In what order is drawn at random: a row may come a second time before another has come
  /// once, and a part of an epoch need not be even.
  ///
  /// - Parameters:
  ///   - sampler: whose distribution it is.
  ///   - classes: rows of each class, `[C]`, at most 2⁶² together.
  ///   - progress: part of the stage that is over when the epoch starts, in `0...1`.
  ///   - epoch: which one; each draws anew.
  ///   - key: of the run and the stream.
  ///   - evenly: whether the rows of a class come equally often over an epoch.
  /// - Precondition: there are at most 2⁶² rows.
  public init(
    _ sampler: any ClassWeightedSampler, classes: ClassCounts, progress: Double, epoch: Int,
    key: RandomKey, evenly: Bool = false
  ) {
    let shares = ClassShares(sampler.distribution(for: classes, progress: progress))
    self.init(classes, epoch, key) { key in
      guard evenly else { return .independent(shares) }
      var source = key.folding("places").source
      return .evenly(
        order: IndexPermutation(count: classes.total, key: key),
        places: shares.dealt(classes.total, &source))
    }
  }

  private init(
    _ classes: ClassCounts, _ epoch: Int, _ key: RandomKey, _ form: (RandomKey) -> Form
  ) {
    require(
      classes.total <= 1 << 62,
      "EpochDraws: expected at most 2^62 rows, got \(classes.total)")
    (count, starts) = (classes.total, classes.starts)
    self.key = key.folding("draws").folding(epoch)
    self.form = form(self.key)
  }

  /// The row that is drawn at a position.
  ///
  /// - Parameter position: in `0..<count`.
  /// - Returns: a row in `0..<count`, counted by class.
  /// - Precondition: `position` lies in `0..<count`.
  public func row(at position: Int) -> Int {
    require(
      position >= 0 && position < count,
      "EpochDraws: expected a position in 0..<\(count), got \(position)")
    switch form {
    case .everyRow(let order): return order(position)
    case .independent(let shares):
      var source = key.folding(position).source
      let label = shares.draw(&source)
      return starts[label] + source.below(starts[label + 1] - starts[label])
    case .evenly(let order, let places):
      let place = order(position)
      let label = places.firstPlace(above: place) - 1
      let rows = starts[label + 1] - starts[label]
      let (round, within) = (place - places[label]).quotientAndRemainder(dividingBy: rows)
      let turn = IndexPermutation(count: rows, key: key.folding(label).folding(round))
      return starts[label] + turn(within)
    }
  }

  /// The class of a row, in `0..<C`.
  ///
  /// - Parameter row: in `0..<count`.
  /// - Precondition: `row` lies in `0..<count`.
  public func label(of row: Int) -> Int {
    require(
      row >= 0 && row < count, "EpochDraws: expected a row in 0..<\(count), got \(row)")
    return starts.firstPlace(above: row) - 1
  }

  /// The rows of one of several processes, which share the epoch: those at the positions rank, rank + ranks, ….
  ///
  /// Where `ranks` does not divide `count`, the first ranks have one row more than the others; processes that wait for
  /// each other at every step have to leave it out, or fill it in.
  ///
  /// - Parameters:
  ///   - rank: which process, in `0..<ranks`.
  ///   - ranks: how many there are, at least 1.
  /// - Returns: rows in the order of positions, computed when they are asked for.
  /// - Precondition: `rank` lies in `0..<ranks`.
  public func rows(
    of rank: Int, among ranks: Int
  ) -> some Sequence<Int> {
    require(
      rank >= 0 && rank < ranks,
      "EpochDraws: expected a rank in 0..<\(ranks), got \(rank)")
    let draws = self
    return stride(from: rank, to: count, by: ranks).lazy.map { draws.row(at: $0) }
  }
}
