import Requirements

/// How labels go wrong, from features alone: T_{ia} = P(given a | true i) and p, the shares of the true classes.
///
/// An example and its two nearest neighbours share a true class, so how often their three labels agree has the form
/// c¹_a = Σ_i p_i T_ia, c²_ab = Σ_i p_i T_ia T_ib, c³_abc = Σ_i p_i T_ia T_ib T_ic. T and p, as softmax of free numbers (T from
/// 5 I − 1, p from 0), minimise the sum of the three squared residual norms, by Adam.
///
/// Source: Zhu, Song, Liu, "Clusterability as an Alternative to Anchor Points When Learning with Noisy Labels", ICML 2021.
/// Departs from the paper: all examples at once in place of the mean of 50 rounds of 90 %, and squared norms. With more than
/// ``mostClasses`` classes C³ is too much: then T_cc = √P(neighbour given c | given c), what is left of a row is spread evenly,
/// and p = c¹.
public struct HOC: Sendable, Equatable {
  /// T, true by given, `[C, C]` flat.
  public let transition: [Double]
  /// p, `[C]`.
  public let prior: [Double]
  /// c¹, `[C]`.
  public let noisyPrior: [Double]

  /// From labels and their neighbours.
  ///
  /// - Parameters:
  ///   - near: at least two neighbours of each.
  ///   - given: given class, `[N]`.
  ///   - classes: C.
  init(_ near: Neighbours, given: [Int32], classes: Int) {
    guard classes <= Self.mostClasses else {
      self.init(pairs: near, given: given, classes: classes)
      return
    }
    var third = [Double](repeating: 0, count: classes * classes * classes)
    let second = min(1, near.count - 1)
    for row in given.indices {
      let a = Int(given[row])
      let b = Int(given[Int(near.rows[row * near.count])])
      let c = Int(given[Int(near.rows[row * near.count + second])])
      third[(a * classes + b) * classes + c] += 1 / Double(given.count)
    }
    self.init(consensus: third, classes: classes)
  }

  /// Most classes of which triples are counted.
  public static let mostClasses = 50

  /// From pairs alone.
  private init(pairs near: Neighbours, given: [Int32], classes: Int) {
    var (members, agreeing) = (
      [Double](repeating: 0, count: classes), [Double](repeating: 0, count: classes)
    )
    for row in given.indices {
      members[Int(given[row])] += 1
      if given[Int(near.rows[row * near.count])] == given[row] { agreeing[Int(given[row])] += 1 }
    }
    transition = (0..<classes * classes).map { cell in
      let (i, a) = (cell / classes, cell % classes)
      let right = members[i] > 0 ? (agreeing[i] / members[i]).squareRoot() : 1
      return i == a ? right : (1 - right) / Double(classes - 1)
    }
    noisyPrior = members.map { $0 / Double(given.count) }
    prior = noisyPrior
  }

  /// From how often three labels that belong together are a, b and c.
  ///
  /// - Parameters:
  ///   - third: c³, `[C, C, C]` flat, summing to 1; c² and c¹ are its sums.
  ///   - classes: C.
  ///   - steps: of Adam.
  /// - Precondition: there are C³ numbers.
  public init(consensus third: [Double], classes: Int, steps: Int = 1500) {
    require(
      third.count == classes * classes * classes,
      "HOC: expected \(classes * classes * classes) numbers, got \(third.count)")
    var fit = HOCFit(third, classes)
    fit.descend(steps)
    (transition, prior, noisyPrior) = (fit.transition, fit.prior, fit.first)
  }
}
