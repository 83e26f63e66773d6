import Randomness
import Sampling
import Torch

/// LT-Gauss: ten classes of three Gaussian clusters each in sixteen dimensions, 100:1, with a balanced test set.
///
/// base_c ~ N(0, I); three means a class, 2.6 · unit(base_c + 0.7 · N(0, I)); a row is a random mean + N(0, I).
struct LTGauss {
  static let counts = [500, 299, 179, 107, 64, 38, 23, 13, 8, 5]
  static let testPerClass = 300
  static let features = 16

  let train: Tensor
  let trainLabels: [Int]
  let test: Tensor
  let testLabels: [Int]

  init(seed: UInt64) {
    var source = RandomKey(seed: seed).folding("lt-gauss").source
    let means = Self.counts.map { _ -> [[Double]] in
      let base = (0..<Self.features).map { _ in source.normal() }
      return (0..<3).map { _ in
        let mean = base.map { $0 + 0.7 * source.normal() }
        let length = mean.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return mean.map { 2.6 * $0 / length }
      }
    }
    func rows(_ counts: [Int]) -> (Tensor, [Int]) {
      var (values, labels) = ([Float](), [Int]())
      for (label, count) in counts.enumerated() {
        for _ in 0..<count {
          let mean = means[label][source.below(3)]
          values += mean.map { Float($0 + source.normal()) }
          labels.append(label)
        }
      }
      return (Tensor(values, shape: [labels.count, Self.features]), labels)
    }
    (train, trainLabels) = rows(Self.counts)
    (test, testLabels) = rows(Self.counts.map { _ in Self.testPerClass })
  }
}

/// Recall in percent over all classes, the three largest, the four between, and the three smallest.
struct GaussScore: Equatable {
  var all: Double, head: Double, mid: Double, tail: Double

  init(decided: [Int], labels: [Int]) {
    var recall = [Double](repeating: 0, count: 10)
    for (decision, label) in zip(decided, labels) where decision == label {
      recall[label] += 100 / Double(LTGauss.testPerClass)
    }
    func mean(_ classes: Range<Int>) -> Double {
      recall[classes].reduce(0, +) / Double(classes.count)
    }
    (all, head, mid, tail) = (mean(0..<10), mean(0..<3), mean(3..<7), mean(7..<10))
  }
}
