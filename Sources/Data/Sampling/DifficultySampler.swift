import Randomness
import Requirements

/// Bins of difficulty drawn equally often, of examples that may have several labels: HACO's balanced sampling.
///
/// The difficulty of an example of labels c ∈ {0, 1}^L is
///
/// ```text
/// d = mean(c (1 − m)) − mean(c m) = mean(c (1 − 2 m))
/// ```
///
/// where m, `[L]`, is the share of the examples that have each label: the more labels it has that are seldom there, the
/// greater. The least and the greatest d are divided into B bins, narrower where it is hard (min + (max − min) ln(1 + 5 b / B) /
/// ln 6). Each round of draws has a row of every bin that has one; an example without any label is never drawn. Means are taken
/// over what is known of an example.
///
/// Source: the balanced contact sampling of Jung and Lee, "Learning Dense Hand Contact Estimation from Imbalanced Data", NeurIPS
/// 2025. Departs from the authors' code, which draws every bin up to the mean size of the bins, large ones without and small ones
/// with replacement: an epoch is as long as the set, and no example of a bin comes a second time before each came once.
public struct DifficultySampler: LabelSampler, Equatable {
  /// B, at least 1.
  public let bins: Int

  /// - Parameter bins: B, at least 1.
  /// - Precondition: `bins` is at least 1.
  public init(bins: Int = 5) {
    require(bins >= 1, "DifficultySampler: expected a bin at least, got \(bins)")
    self.bins = bins
  }

  /// d of each example, `[N]`; `nil` of one without any label.
  ///
  /// - Parameter table: the labels of every training example.
  public static func difficulty(of table: LabelTable) -> [Double?] {
    let shares = zip(table.present, table.absent).map { n, m in
      n + m > 0 ? Double(n) / Double(n + m) : 0
    }
    return (0..<table.count).map { row in
      var (sum, known, isBare) = (0.0, 0, true)
      for (entry, share) in zip(table[row], shares) {
        guard let entry else { continue }
        known += 1
        if entry {
          sum += 1 - 2 * share
          isBare = false
        }
      }
      return isBare ? nil : sum / Double(known)
    }
  }

  /// Bin of each example, `[N]`; −1 of one without any label.
  ///
  /// - Parameter table: the labels of every training example.
  /// - Precondition: some example has a label.
  public func places(in table: LabelTable) -> [Int] {
    DifficultyBins.places(Self.difficulty(of: table), bins: bins)
  }

  private func rounds(_ places: [Int]) -> BucketRounds {
    BucketRounds(
      places, each: DifficultyBins.each(places, bins: bins), caller: "DifficultySampler")
  }

  /// Rows `[N]`, round after round.
  ///
  /// - Precondition: some example has a label.
  public func indices(
    of table: LabelTable, progress: Double, using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    rounds(places(in: table)).rows(table.count, using: &generator)
  }

  /// 1 / (n_b B′) of each example of bin b, where B′ bins have one; 0 of one without any label, `[N]`.
  ///
  /// - Precondition: some example has a label.
  public func probabilities(of table: LabelTable, progress: Double) -> [Double] {
    let places = places(in: table)
    let ofBin = rounds(places).probabilities
    return places.map { $0 < 0 ? 0 : ofBin[$0] }
  }
}

/// Of classes, one label an example: bins of how seldom the class is.
extension DifficultySampler {
  /// Bin of each class, `[C]`: d = (1 − 2 n_c / N) / C.
  private func places(of classes: ClassCounts) -> [Int] {
    DifficultyBins.places(
      classes.priors.map { (1 - 2 * $0) / Double(classes.count) }, bins: bins)
  }

  /// Indices `[N]`, round after round.
  ///
  /// - Precondition: labels in `0..<C`.
  public func indices(
    for labels: [Int], classes: ClassCounts, progress: Double,
    using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    let places = places(of: classes)
    require(
      labels.allSatisfy(places.indices.contains),
      "DifficultySampler: expected labels of \(classes.count) classes")
    return rounds(labels.map { places[$0] }).rows(labels.count, using: &generator)
  }

  /// n_c / (n_b B′) of a class in bin b, `[C]`.
  public func distribution(for classes: ClassCounts, progress: Double) -> [Double] {
    let places = places(of: classes)
    var sizes = [Int](repeating: 0, count: bins)
    for (place, n) in zip(places, classes.counts) { sizes[place] += n }
    let filled = Set(places).count
    return zip(places, classes.counts).map { Double($1) / Double(sizes[$0] * filled) }
  }
}
