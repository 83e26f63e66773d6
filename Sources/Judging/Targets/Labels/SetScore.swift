import Evaluation
import Requirements

/// How free a set is of what labels say: 100 (1 − N_label / N_set), where a missing answer counts as if it had the label.
///
/// Of generated images with labels of what is wrong with them, 100 is a set in which nothing is. An image that could not be made, or
/// of which nothing is said, is a failure and not left out.
///
/// Source: the score of the MagicMirror project.
public struct SetScore: Sendable, Equatable {
  /// The labels, `[L]`.
  public let labels: [String]
  /// Rows of which each label is said, `[L]`.
  public let said: [Int]
  /// Rows of which any label is said.
  public let saidAny: Int
  /// Rows that have an answer.
  public let answered: Int
  /// Rows of the set, with those that have none.
  public let count: Int

  /// - Parameters:
  ///   - predictions: what was said; no truth is asked for.
  ///   - thresholds: from this probability on a label is said, `[L]`.
  ///   - count: N_set, at least the rows of `predictions`; `nil` is as many.
  /// - Precondition: a threshold for each label, a row at least, and no more answers than rows.
  public init(_ predictions: LabelPredictions, thresholds: [Double], of count: Int? = nil) {
    let width = predictions.labels.count
    let whole = count ?? predictions.count
    require(
      thresholds.count == width && whole >= max(1, predictions.count),
      "SetScore: expected \(width) thresholds and \(max(1, predictions.count)) rows at least, got "
        + "\(thresholds.count) and \(whole)")
    var (said, saidAny) = ([Int](repeating: 0, count: width), 0)
    for row in 0..<predictions.count {
      var isAny = false
      for label in 0..<width
      where predictions.probabilities[row * width + label] >= thresholds[label] {
        said[label] += 1
        isAny = true
      }
      if isAny { saidAny += 1 }
    }
    (labels, self.said, self.saidAny) = (predictions.labels, said, saidAny)
    (answered, self.count) = (predictions.count, whole)
  }

  private func score(_ said: Int) -> Double {
    100 * (1 - Double(said + count - answered) / Double(count))
  }

  /// The score of a label, 0 to 100; `nil` where there is no such label.
  public subscript(label: String) -> Double? {
    labels.firstIndex(of: label).map { score(said[$0]) }
  }

  /// The score of all labels together, 0 to 100.
  public var overall: Double { score(saidAny) }
}
