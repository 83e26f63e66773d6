import Foundation
public import Randomness
import Requirements

/// Neural collapse of imbalanced classes in the unconstrained-features model: how long the classifiers of rare classes
/// become, and when they vanish.
///
/// `min ‖W_M … W_1 H − Y‖² / (2N) + λ/2 (Σ ‖W_m‖² + ‖H‖²)`, without bias, H `[d, N]` free, has a solution in closed
/// form: rows of `W_M … W_1` are orthogonal, and that of a class with n examples has the squared length `N λ x^M`,
/// where x is the largest root of `b / n = M x^(M−1) / (x^M + 1)²`, `b = M N (N λ^(M+1))^(1/M)`. Where there is no such
/// root, or 0 is cheaper (`1/(x^M + 1) + b x / n ≥ 1`), the class has no classifier at all: minority collapse. With one
/// layer that is `max(0, √n − N λ)`.
///
/// ```swift
/// let study = CollapseStudy(counts: [1, 20, 40, 80], decay: 8e-3)
/// study.predicted                                     // 0, 3.344, 5.197, 7.816
/// study.descended(key: RandomKey(seed: 0)).squares    // the same, by gradient descent
/// ```
///
/// Source: Dang et al., "Neural Collapse in Deep Linear Networks: From Balanced to Imbalanced Data", ICML 2023. Departs
/// from it: all layers and the features share one λ, and 0 is compared with the root, not only taken where there is none.
public struct CollapseStudy: Sendable, Equatable, Codable {
  /// Examples of each class, `[K]`, each at least 1.
  public var counts: [Int]
  /// M, number of linear layers after the features, at least 1.
  public var layers: Int
  /// λ, weight decay of layers and features, above 0.
  public var decay: Double
  /// d, width of features and inner layers, at least K.
  public var width: Int
  /// Steps of gradient descent.
  public var steps = 20_000
  /// Learning rate; the momentum is 0.9.
  public var rate = 0.3

  /// What gradient descent comes to.
  public struct Descent: Sendable, Equatable, Codable {
    /// Squared length of each class's row of `W_M … W_1`, `[K]`.
    public let squares: [Double]
    /// Largest product of two different rows, beside the longest square: 0 where they are orthogonal.
    public let offDiagonal: Double
    /// Largest squared distance of a feature to the mean of its class: 0 where features have collapsed.
    public let withinClass: Double

    enum CodingKeys: String, CodingKey {
      case squares
      case offDiagonal = "off_diagonal"
      case withinClass = "within_class"
    }
  }

  /// The study of a training set.
  ///
  /// - Parameters:
  ///   - counts: Examples of each class, `[K]`.
  ///   - layers: M.
  ///   - decay: λ.
  ///   - width: d; twice the number of classes where `nil`.
  /// - Precondition: at least two classes, none empty; at least a layer; a positive λ; `width` at least K.
  public init(
    counts: [Int] = [1, 20, 40, 80], layers: Int = 1, decay: Double = 8e-3, width: Int? = nil
  ) {
    require(
      counts.count >= 2 && counts.allSatisfy { $0 >= 1 } && layers >= 1 && decay > 0
        && width ?? counts.count >= counts.count,
      "CollapseStudy: expected two classes or more, none empty, a layer, a positive decay and a width of at least"
        + " \(counts.count), got \(counts), \(layers), \(decay), \(width ?? 0)")
    (self.counts, self.layers, self.decay) = (counts, layers, decay)
    self.width = width ?? 2 * counts.count
  }

  /// Squared length of each class's row in closed form, `[K]`.
  public var predicted: [Double] { counts.map { predicted(of: Double($0)) } }

  /// The same of a class of `n` examples, n any positive number, among as many examples in all.
  public func predicted(of n: Double) -> Double {
    let (total, power) = (Double(counts.reduce(0, +)), Double(layers))
    let b = power * total * pow(total * pow(decay, power + 1), 1 / power)
    guard let x = Self.root(b / n, power) else { return 0 }
    return total * decay * pow(x, power)
  }

  /// Examples that a class needs for a classifier of its own: below that it collapses.
  ///
  /// `b M / (M−1)^((M−1)/M)`, and `(N λ)²` with one layer.
  public var fewest: Double {
    let (total, power) = (Double(counts.reduce(0, +)), Double(layers))
    let b = power * total * pow(total * pow(decay, power + 1), 1 / power)
    return layers == 1 ? b : b * power / pow(power - 1, (power - 1) / power)
  }

  /// Largest root of `M x^(M−1) / (x^M + 1)² = ratio`; `nil` where 0 costs no more.
  private static func root(_ ratio: Double, _ power: Double) -> Double? {
    func height(_ x: Double) -> Double { power * pow(x, power - 1) / pow(pow(x, power) + 1, 2) }
    // Beyond its top, at x^M = (M−1)/(M+1), the curve falls.
    var low = pow((power - 1) / (power + 1), 1 / power)
    guard height(low) > ratio else { return nil }
    var high = max(2 * low, 1)
    while height(high) > ratio { high *= 2 }
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if height(middle) > ratio { low = middle } else { high = middle }
    }
    return 1 / (pow(low, power) + 1) + ratio * low < 1 ? low : nil
  }

  /// What gradient descent with momentum comes to from random weights.
  ///
  /// - Parameter key: Key of the first weights; the same key gives the same numbers.
  public func descended(key: RandomKey) -> Descent {
    var random = key.source
    let total = counts.reduce(0, +)
    let labels = counts.enumerated().flatMap { Array(repeating: $0, count: $1) }
    let targets = DenseMatrix(counts.count, total) { labels[$1] == $0 ? 1 : 0 }
    func drawn(_ rows: Int, _ columns: Int) -> DenseMatrix {
      DenseMatrix(rows, columns) { _, _ in 0.3 * random.normal() }
    }
    // From the features up: H, W_1, …, W_M.
    var parts = [drawn(width, total)] + (1..<layers).map { _ in drawn(width, width) }
    parts.append(drawn(counts.count, width))
    var moves = parts.map { DenseMatrix($0.rows, $0.columns) }
    for _ in 0..<steps {
      for (place, gradient) in gradients(parts, targets).enumerated() {
        for entry in gradient.values.indices {
          moves[place].values[entry] = 0.9 * moves[place].values[entry] + gradient.values[entry]
          parts[place].values[entry] -= rate * moves[place].values[entry]
        }
      }
    }
    return descent(parts, labels)
  }

  private func gradients(_ parts: [DenseMatrix], _ targets: DenseMatrix) -> [DenseMatrix] {
    var forward = [parts[0]]
    for layer in parts.dropFirst() { forward.append(layer * forward[forward.count - 1]) }
    var back = forward[forward.count - 1].adding(-1, targets)
    let share = 1 / Double(targets.columns)
    for entry in back.values.indices { back.values[entry] *= share }
    var found = parts
    for place in parts.indices.reversed() {
      let own = place == 0 ? back : back * forward[place - 1].transposed
      found[place] = own.adding(decay, parts[place])
      if place > 0 { back = parts[place].transposed * back }
    }
    return found
  }

  private func descent(_ parts: [DenseMatrix], _ labels: [Int]) -> Descent {
    var product = parts[parts.count - 1]
    for layer in parts.dropLast().dropFirst().reversed() { product = product * layer }
    let gram = product * product.transposed
    let squares = counts.indices.map { gram[$0, $0] }
    var (most, within) = (0.0, 0.0)
    for row in counts.indices {
      for column in counts.indices where column != row { most = max(most, abs(gram[row, column])) }
      let own = labels.indices.filter { labels[$0] == row }
      for place in 0..<width {
        let mean = own.reduce(0) { $0 + parts[0][place, $1] } / Double(own.count)
        for example in own {
          within = max(
            within, (parts[0][place, example] - mean) * (parts[0][place, example] - mean))
        }
      }
    }
    let longest = squares.max() ?? 0
    return Descent(
      squares: squares, offDiagonal: longest > 0 ? most / longest : 0, withinClass: within)
  }
}
