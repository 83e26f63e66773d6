/// Recall on the balanced test set of LT-Gauss, in percent: mean over all classes, the three with most training
/// rows (head), the four between (mid), and the three with fewest (tail).
public struct GaussScore: Sendable, Equatable, Codable {
  /// Over all ten classes, which is accuracy here.
  public var all: Double
  /// Classes 0 to 2.
  public var head: Double
  /// Classes 3 to 6.
  public var mid: Double
  /// Classes 7 to 9.
  public var tail: Double

  /// - Parameters:
  ///   - decided: the decided class of each test row, `[N]`.
  ///   - labels: the true class of each, `[N]`, in `0..<10`.
  public init(decided: [Int], labels: [Int]) {
    var recall = [Double](repeating: 0, count: 10)
    for (decision, label) in zip(decided, labels) where decision == label {
      recall[label] += 100 / Double(LTGauss.testPerClass)
    }
    func mean(_ classes: Range<Int>) -> Double {
      recall[classes].reduce(0, +) / Double(classes.count)
    }
    (all, head, mid, tail) = (mean(0..<10), mean(0..<3), mean(3..<7), mean(7..<10))
  }

  /// The mean of scores, part by part.
  ///
  /// - Parameter scores: at least one.
  public init(meanOf scores: [GaussScore]) {
    func mean(_ part: KeyPath<GaussScore, Double>) -> Double {
      scores.map { $0[keyPath: part] }.reduce(0, +) / Double(scores.count)
    }
    (all, head, mid, tail) = (mean(\.all), mean(\.head), mean(\.mid), mean(\.tail))
  }
}
