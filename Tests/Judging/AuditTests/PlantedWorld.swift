import Audit
import Foundation
import Randomness

/// Classes of Gaussian clusters, 1,200, 500, 200 and 100 examples in 16 dimensions, labels that go wrong by class, and
/// out-of-fold probabilities of a nearest-mean classifier.
struct PlantedWorld {
  let truth: [Int32]
  let given: [Int32]
  let features: [Float]
  let probabilities: [Double]
  static let width = 16
  static let classes = 4
  /// P(given | true), `[C][C]`.
  static let transition: [[Double]] = [
    [0.85, 0.10, 0.03, 0.02], [0.10, 0.85, 0.03, 0.02], [0.08, 0.12, 0.75, 0.05],
    [0.05, 0.05, 0.15, 0.75],
  ]

  var wrong: Set<Int> { Set(truth.indices.filter { truth[$0] != given[$0] }) }

  /// - Parameters:
  ///   - seed: of all draws.
  ///   - noise: how often labels go wrong, as a multiple of the usual.
  ///   - shuffled: whether labels are handed out at random in the end.
  init(seed: UInt64, noise: Double = 1, shuffled: Bool = false) {
    var source = RandomKey(seed: seed).folding("planted").source
    let counts = [1200, 500, 200, 100]
    let means = counts.map { _ in (0..<Self.width).map { _ in source.normal() * 1.6 } }
    var (truth, given, features): ([Int32], [Int32], [Float]) = ([], [], [])
    for (k, count) in counts.enumerated() {
      for _ in 0..<count {
        truth.append(Int32(k))
        features += means[k].map { Float($0 + source.normal()) }
        var (draw, label) = (source.uniform(), k)
        for j in 0..<Self.classes where j != k {
          draw -= noise * Self.transition[k][j]
          if draw < 0 {
            label = j
            break
          }
        }
        given.append(Int32(label))
      }
    }
    if shuffled {
      let order = source.shuffle(given.count)
      given = order.map { given[$0] }
    }
    let folds = source.shuffle(truth.count).map { $0 % 5 }
    (self.truth, self.given, self.features) = (truth, given, features)
    probabilities = Self.outOfFold(features, given, folds)
  }

  /// Softmax of −½ squared distance to the means of the labels in other folds, plus log shares.
  private static func outOfFold(_ features: [Float], _ given: [Int32], _ folds: [Int]) -> [Double] {
    var p = [Double](repeating: 0, count: given.count * classes)
    for fold in 0..<5 {
      var means = [[Double]](repeating: [Double](repeating: 0, count: width), count: classes)
      var counts = [Double](repeating: 0, count: classes)
      for row in given.indices where folds[row] != fold {
        counts[Int(given[row])] += 1
        for d in 0..<width { means[Int(given[row])][d] += Double(features[row * width + d]) }
      }
      for row in given.indices where folds[row] == fold {
        let scores = (0..<classes).map { k -> Double in
          let squares = (0..<width).reduce(0.0) { sum, d in
            let move = Double(features[row * width + d]) - means[k][d] / max(counts[k], 1)
            return sum + move * move
          }
          return log(max(counts[k], 1)) - squares / 2
        }
        let most = scores.max() ?? 0
        let powers = scores.map { exp($0 - most) }
        let sum = powers.reduce(0, +)
        for k in 0..<classes { p[row * classes + k] = powers[k] / sum }
      }
    }
    return p
  }
}
