import Foundation
public import Randomness
import Requirements

/// How often the classes are in a test set: the distributions of the test-agnostic protocol, to which a model
/// does not know in advance that it will be put.
///
/// Source: Zhang, Hooi, Hong, Feng, "Self-Supervised Aggregation of Diverse Experts for Test-Agnostic
/// Long-Tailed Recognition", NeurIPS 2022.
public enum TestDistribution: Sendable, Equatable, Hashable {
  /// As imbalanced as the ratio ρ, the classes in the order of training: its commonest is commonest here.
  case forward(Double)
  /// Every class equally often.
  case uniform
  /// As imbalanced as the ratio ρ, the classes the other way round: what is rare in training is common here.
  case backward(Double)

  /// The eleven of the paper, from forward 50 over uniform to backward 50.
  public static let published: [TestDistribution] =
    [50, 25, 10, 5, 2].map(forward) + [.uniform] + [2, 5, 10, 25, 50].map(backward)

  /// `forward-50`, `uniform`, `backward-50`.
  public var name: String {
    switch self {
    case .forward(let ratio): "forward-\(Self.text(ratio))"
    case .uniform: "uniform"
    case .backward(let ratio): "backward-\(Self.text(ratio))"
    }
  }

  /// The distribution of a name; `nil` where it is none, or its ratio is below 1.
  public init?(name: String) {
    let parts = name.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
      .map(String.init)
    if parts == ["uniform"] {
      self = .uniform
      return
    }
    guard parts.count == 2, let ratio = Double(parts[1]), ratio >= 1, ratio.isFinite else {
      return nil
    }
    switch parts[0] {
    case "forward": self = .forward(ratio)
    case "backward": self = .backward(ratio)
    default: return nil
    }
  }

  /// How many images of each class: m ρ^(−k / (C − 1)) for the class of rank k, rounded down, at least 1, with
  /// the largest m for which there are enough of every class. Of a balanced set m is what each class has.
  ///
  /// - Parameters:
  ///   - available: images of each class there are, `[C]`; a class without any is left out.
  ///   - trained: training images of each class, `[C]`: rank 0 has most; equal ones keep their order.
  /// - Returns: `[C]`.
  /// - Precondition: as many counts in both.
  public func counts(of available: [Int], trained: [Int]) -> [Int] {
    require(
      available.count == trained.count,
      "TestDistribution.counts: expected \(trained.count) counts, got \(available.count)")
    let shares = shares(trained)
    let room = zip(available, shares).filter { $0.0 > 0 }.map { Double($0) / $1 }
    guard let most = room.min() else { return available }
    return zip(available, shares).map { count, share in
      // A relative 1e-9: a power must not lose an image to rounding.
      min(count, max(1, Int(most * share * (1 + 1e-9))))
    }
  }

  /// Rows of a test set that are so distributed, in its order.
  ///
  /// - Parameters:
  ///   - labels: class of each row, `[N]`, each in `0..<C`.
  ///   - trained: training images of each class, `[C]`.
  ///   - key: which rows of a class; the rows of a larger ratio are among those of a smaller one where the
  ///     classes are.
  /// - Precondition: every label is in `0..<C`.
  public func rows(of labels: [Int], trained: [Int], key: RandomKey) -> [Int] {
    require(
      labels.allSatisfy(trained.indices.contains),
      "TestDistribution.rows: expected labels in 0..<\(trained.count), got \(Set(labels).sorted())")
    var members = [[Int]](repeating: [], count: trained.count)
    for (row, label) in labels.enumerated() { members[label].append(row) }
    let wanted = counts(of: members.map(\.count), trained: trained)
    return members.enumerated().flatMap { label, rows in
      var source = key.folding(label).source
      return source.shuffle(rows.count).prefix(wanted[label]).map { rows[$0] }
    }.sorted()
  }

  /// Of the class with most, `[C]`, in `0...1`.
  private func shares(_ trained: [Int]) -> [Double] {
    let order = trained.indices.sorted { (-trained[$0], $0) < (-trained[$1], $1) }
    let last = Double(max(1, trained.count - 1))
    var shares = [Double](repeating: 1, count: trained.count)
    for (rank, label) in order.enumerated() {
      switch self {
      case .uniform: break
      case .forward(let ratio): shares[label] = pow(ratio, -Double(rank) / last)
      case .backward(let ratio):
        shares[label] = pow(ratio, -Double(trained.count - 1 - rank) / last)
      }
    }
    return shares
  }

  private static func text(_ ratio: Double) -> String {
    Int(exactly: ratio).map { "\($0)" } ?? "\(ratio)"
  }
}
