public import Randomness
import Requirements
import Torch

/// Several logistic regressions, each on as many rows of every class as the rarest has, and the mean of their logits.
///
/// A mean of linear functions is one: the ensemble is a single head. C is chosen on the rows of the first member.
///
/// Source: Liu, Wu and Zhou, "Exploratory Undersampling for Class-Imbalance Learning", IEEE Transactions on Systems, Man
/// and Cybernetics B, 2009 (EasyEnsemble). Departs from the paper: members are logistic regressions and not boosted trees;
/// logits are averaged; where the rarest class has fewer rows than `least`, larger classes give that many.
///
/// With `boosts` a row counts for a member by how wrong those before it were about it (``RealBoosting``), as in Seiffert,
/// Khoshgoftaar, Van Hulse, Napolitano, "RUSBoost: A Hybrid Approach to Alleviating Class Imbalance", IEEE Transactions on
/// Systems, Man, and Cybernetics A, 2010, in the form of imbalanced-learn, whose weights of the drawn rows are scaled to a
/// mean of 1 here, so that C means the same in every member. It ends with a member that is never wrong.
public struct BalancedEnsemble: Sendable, Equatable {
  /// Members, at least 1.
  public var members: Int
  /// Rows of a class that has so many, where the rarest has fewer; at least 1.
  public var least: Int
  /// How a member is fitted.
  public var fit: LogisticRegression
  /// η of boosting, above 0; `nil` fits each member by itself.
  public var boosts: Double?
  /// Whether rows in Tomek links that are not of the rarest class are never drawn.
  public var cleans: Bool

  /// - Parameters:
  ///   - members: at least 1.
  ///   - least: rows of a class that has so many, where the rarest has fewer; at least 1.
  ///   - fit: how a member is fitted.
  ///   - boosts: η of boosting, above 0; `nil` fits each member by itself.
  ///   - cleans: whether rows in Tomek links that are not of the rarest class are never drawn.
  public init(
    members: Int = 10, least: Int = 20, fit: LogisticRegression = LogisticRegression(),
    boosts: Double? = nil, cleans: Bool = false
  ) {
    (self.members, self.least, self.fit) = (members, least, fit)
    (self.boosts, self.cleans) = (boosts, cleans)
  }

  /// Fits rows `[N, D]` without reports of how far it is; else as the function with `progress`.
  public func callAsFunction(
    _ rows: LabelledFeatures, classes: Int, key: RandomKey
  ) -> LogisticRegression.Solution {
    self(rows, classes: classes, key: key) { _, _ in }
  }

  /// Fits.
  ///
  /// - Parameters:
  ///   - rows: features, `[N, D]`, with their classes, and groups where rows belong together.
  ///   - classes: K.
  ///   - key: of all draws.
  ///   - progress: told at every step how many members are done, and of how many; may throw to
  ///     stop.
  /// - Returns: the mean head, with C, steps and what was tried of the first member.
  /// - Throws: what `progress` throws.
  /// - Precondition: at least one member and one row.
  public func callAsFunction(
    _ rows: LabelledFeatures, classes: Int, key: RandomKey,
    progress: (Int, Int) throws -> Void
  ) rethrows -> LogisticRegression.Solution {
    require(
      members >= 1 && least >= 1,
      "BalancedEnsemble: expected members and rows of at least 1, got \(members) and \(least)")
    let labels = rows.labels
    let kept =
      cleans ? TomekLinks(rows.features, labels).kept(.notRarest) : Array(labels.indices)
    let keptLabels = kept.map { labels[$0] }
    return try fitted(rows, classes, key, progress: progress) { number in
      drawn(keptLabels, classes, key.folding("member").folding(number)).map { kept[$0] }
    }
  }

  /// The mean of members on given rows.
  ///
  /// - Parameters:
  ///   - rows: features `[N, D]` with their classes, and groups where rows belong together.
  ///   - classes: K.
  ///   - key: of the draws that choose C.
  ///   - progress: as in ``callAsFunction(_:classes:key:progress:)``.
  ///   - drawn: the rows of a member, `[M]` of `0..<N`, by its number.
  package func fitted(
    _ rows: LabelledFeatures, _ classes: Int, _ key: RandomKey,
    progress: (Int, Int) throws -> Void, drawing drawn: (Int) -> [Int]
  ) rethrows -> LogisticRegression.Solution {
    var member = fit
    var boosting = boosts.map { RealBoosting(count: rows.labels.count, rate: $0) }
    var solutions: [LogisticRegression.Solution] = []
    for number in 0..<members {
      let chosen = drawn(number)
      let weights = boosting.map { boosting in
        let own = chosen.map { boosting.weights[$0] }
        let mean = own.reduce(0, +) / Double(max(own.count, 1))
        return own.map { mean > 0 ? $0 / mean : 1 }
      }
      let solution = try member(
        rows.keeping(chosen), classes: classes, key: key, weights: weights
      ) { _, _ in try progress(number, members) }
      solutions.append(solution)
      member.c = solutions[0].c
      guard boosting != nil else { continue }
      let logits = withoutGradients { rows.features.linear(solution.weight, solution.bias) }
      guard boosting?.follow(logits, rows.labels) == true else { break }
    }
    let part = 1 / Double(solutions.count)
    return withoutGradients {
      LogisticRegression.Solution(
        weight: solutions.dropFirst().reduce(solutions[0].weight) { $0 + $1.weight } * part,
        bias: solutions.dropFirst().reduce(solutions[0].bias) { $0 + $1.bias } * part,
        c: solutions[0].c, objective: solutions.map(\.objective).reduce(0, +) * part,
        iterations: solutions[0].iterations,
        isConverged: solutions.allSatisfy(\.isConverged), tried: solutions[0].tried)
    }
  }

  /// The rows of a member, ascending.
  private func drawn(_ labels: [Int], _ classes: Int, _ key: RandomKey) -> [Int] {
    var members = [[Int]](repeating: [], count: classes)
    for (row, label) in labels.enumerated() { members[label].append(row) }
    let rarest = members.map(\.count).filter { $0 > 0 }.min() ?? 1
    return members.enumerated().flatMap { label, rows in
      var source = key.folding(label).source
      return source.shuffle(rows.count).prefix(max(rarest, least)).map { rows[$0] }
    }.sorted()
  }
}
