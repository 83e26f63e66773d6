public import Randomness
import Requirements
import Torch

/// Rows made between a row and one of the k nearest of its class, x + u (x' − x), until every class has as many as the
/// commonest.
///
/// A class of one row, which has no neighbour, stays as it is. Source: Chawla, Bowyer, Hall, Kegelmeyer, "SMOTE: Synthetic
/// Minority Over-sampling Technique", JAIR 2002.
public struct SMOTE: Sendable, Equatable {
  /// k, at least 1.
  public var neighbours: Int

  /// - Parameter neighbours: k, at least 1; all others of a class that has fewer.
  public init(neighbours: Int = 5) { self.neighbours = neighbours }

  /// One row to be made.
  public struct Draw: Sendable, Equatable {
    /// x, a row of the set.
    public var row: Int
    /// x', another.
    public var towards: Int
    /// u, in `0..<1`.
    public var share: Double

    /// - Parameters:
    ///   - row: x, a row of the set.
    ///   - towards: x', another.
    ///   - share: u, in `0..<1`.
    public init(row: Int, towards: Int, share: Double) {
      (self.row, self.towards, self.share) = (row, towards, share)
    }
  }

  /// The rows that are to be made, class after class.
  ///
  /// - Parameters:
  ///   - rows: features with their classes.
  ///   - classes: K.
  ///   - key: of all draws.
  /// - Precondition: at least one neighbour.
  public func draws(_ rows: LabelledFeatures, classes: Int, key: RandomKey) -> [Draw] {
    var members = [[Int]](repeating: [], count: classes)
    for (row, label) in rows.labels.enumerated() { members[label].append(row) }
    let most = members.map(\.count).max() ?? 0
    return members.enumerated().flatMap { label, own -> [Draw] in
      guard own.count > 1, own.count < most else { return [] }
      let nearest = NearestRows.find(rows.keeping(own).features, count: neighbours)
      var source = key.folding("smote").folding(label).source
      return (own.count..<most).map { _ in
        let row = source.below(own.count)
        let towards = nearest[row][source.below(nearest[row].count)]
        return Draw(row: own[row], towards: own[towards], share: source.uniform())
      }
    }
  }

  /// The set with made rows behind it; they belong to nobody's group.
  ///
  /// - Parameters:
  ///   - rows: features with their classes.
  ///   - draws: what is made.
  public static func grown(_ rows: LabelledFeatures, by draws: [Draw]) -> LabelledFeatures {
    guard !draws.isEmpty else {
      return LabelledFeatures(features: rows.features, labels: rows.labels)
    }
    let made = withoutGradients {
      let x = rows.keeping(draws.map(\.row)).features
      let towards = rows.keeping(draws.map(\.towards)).features
      let shares = Tensor(draws.map(\.share), shape: [draws.count, 1]).to(x.dtype)
        .moved(to: x.device)
      return x + (towards - x) * shares
    }
    return LabelledFeatures(
      features: .concatenated([rows.features, made], dim: 0),
      labels: rows.labels + draws.map { rows.labels[$0.row] })
  }
}
