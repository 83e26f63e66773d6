import Requirements

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How well changes between two images were found and named; class 0 means unchanged.
///
/// Most of what is compared has not changed, so accuracy rewards a model that never reports a change.
/// `SeK = κ̂ · e^{IoU_c − 1}` does not: `κ̂` is Cohen's kappa with the count of rightly unchanged set to
/// 0, `IoU_c` the intersection over union of changed against unchanged.
///
/// Source: Yang et al., "Asymmetric siamese networks for semantic change detection in aerial images",
/// IEEE TGRS 60, 2022. Departs from it: without any count off the corner `κ̂` is 0, a quantity whose
/// denominator is 0 otherwise is `nil`.
public struct ChangeMetrics: Sendable, Equatable, Codable {
  /// κ̂, at most 1; 0 where nothing but unchanged was seen or said, or where chance agrees fully.
  public let separatedKappa: Double
  /// Intersection over union of "changed"; `nil` where nothing changed and no change was reported.
  public let changedIoU: Double?
  /// Intersection over union of "unchanged"; `nil` where nothing is and nothing was called unchanged.
  public let unchangedIoU: Double?
  /// Part of the reported changes that are changes into the named class; `nil` without any report.
  public let precision: Double?
  /// Part of the true changes found and named; `nil` without any change.
  public let recall: Double?
  /// Part decided rightly; `nil` without examples.
  public let accuracy: Double?

  /// The metrics of a table of counts, summed over all images and both dates.
  ///
  /// - Parameter confusion: Rows the truth, columns the prediction, class 0 unchanged, at least two
  ///   classes.
  /// - Precondition: there are at least two classes.
  public init(_ confusion: ConfusionMatrix) {
    require(
      confusion.classes > 1,
      "ChangeMetrics: expected 'unchanged' and at least one kind of change, got one class")
    let unchanged = confusion[0, 0]
    let (support, predicted) = (confusion.support, confusion.predicted)
    let total = confusion.total
    let (reported, changed) = (total - predicted[0], total - support[0])
    let named = confusion.correct - unchanged
    separatedKappa = Self.kappa(confusion)
    changedIoU = ratio(reported + changed - (total - unchanged), total - unchanged)
    unchangedIoU = ratio(unchanged, support[0] + predicted[0] - unchanged)
    precision = ratio(named, reported)
    recall = ratio(named, changed)
    accuracy = confusion.accuracy
  }

  /// κ̂ · e^{IoU_c − 1}, at most 1; 0 where κ̂ is.
  public var separatedKappaCoefficient: Double { separatedKappa * exp((changedIoU ?? 0) - 1) }

  /// Mean of the two intersections over union; `nil` unless both are defined.
  public var meanIoU: Double? {
    guard let changedIoU, let unchangedIoU else { return nil }
    return (changedIoU + unchangedIoU) / 2
  }

  /// Harmonic mean of precision and recall of the named changes, `F_scd`; `nil` where either is
  /// undefined, 0 where both are 0.
  public var f1: Double? {
    guard let precision, let recall else { return nil }
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall)
  }

  /// 0.3 · mIoU + 0.7 · SeK, the usual score of a contest; `nil` where mIoU is undefined.
  public var score: Double? { meanIoU.map { 0.3 * $0 + 0.7 * separatedKappaCoefficient } }

  /// Cohen's kappa of the table with its first entry set to 0.
  private static func kappa(_ confusion: ConfusionMatrix) -> Double {
    var (support, predicted) = (confusion.support, confusion.predicted)
    support[0] -= confusion[0, 0]
    predicted[0] -= confusion[0, 0]
    let total = support.reduce(0, +)
    guard total > 0 else { return 0 }
    let agreed = Double(confusion.correct - confusion[0, 0]) / Double(total)
    let chance = zip(support, predicted).reduce(0.0) {
      $0 + Double($1.0) / Double(total) * Double($1.1) / Double(total)
    }
    return chance >= 1 ? 0 : (agreed - chance) / (1 - chance)
  }
}
