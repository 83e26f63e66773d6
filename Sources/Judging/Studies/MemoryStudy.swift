import Foundation
import Requirements

/// Which optimiser learns rare facts: a linear associative memory under gradient descent, sign descent (what Adam comes
/// to) and Muon.
///
/// K facts have keys E and values Ẽ, columns of two orthogonal matrices `[K, K]`. W answers key k with the softmax of
/// `Ẽᵀ W E` in column k, and learns from `−Σ_k p_k log softmax(…)_kk`, where the L facts of the head share the mass α
/// and the others 1 − α. Decoupled facts have E = Ẽ = I; coupled ones rotations of three facts at a time, so that one
/// entry of W belongs to several facts. Gradient descent learns facts as fast as they are common; Muon, whose step is
/// the polar factor of the gradient, learns all alike; sign descent does so only where facts are decoupled.
///
/// Source: Wang et al., "Muon Outperforms Adam in Tail-End Associative Memory Learning", 2025. Departs from it: K = 99
/// and L = 20 in place of 999 and 200, no momentum.
public struct MemoryStudy: Sendable, Equatable, Codable {
  /// K, a multiple of 3.
  public var facts = 99
  /// L, facts of the head, at least 1 and fewer than K.
  public var head = 20
  /// α, mass of the head, between 0 and 1.
  public var mass = 0.8
  /// The head's mean probability of the right answer at which learning stops.
  public var goal = 0.9
  /// Steps after which it stops in any case.
  public var mostSteps = 5000

  /// How W moves.
  public enum Rule: String, Sendable, Codable, CaseIterable {
    /// Against the gradient.
    case gradient
    /// Against the sign of each of its entries.
    case sign
    /// Against its polar factor.
    case muon

    /// Rates that each rule takes steps of a like size with; the smaller ones change no finding.
    var rate: Double {
      switch self {
      case .gradient: 1
      case .sign: 0.1
      case .muon: 0.5
      }
    }
  }

  /// What came of one rule.
  public struct Result: Sendable, Equatable, Codable {
    /// The rule.
    public let rule: Rule
    /// Whether entries of W belong to several facts.
    public let isCoupled: Bool
    /// Steps taken.
    public let steps: Int
    /// Mean probability of the right answer over the head.
    public let head: Double
    /// The same over all other facts.
    public let tail: Double
    /// Δ, largest minus smallest probability of a right answer.
    public let gap: Double
    /// Head and tail after each step, for a drawing, `[T][2]`.
    public let course: [[Double]]

    enum CodingKeys: String, CodingKey {
      case rule
      case isCoupled = "coupled"
      case steps, head, tail, gap, course
    }
  }

  /// The study with the numbers above.
  public init() {}

  /// All rules on decoupled and on coupled facts.
  ///
  /// - Precondition: K is a multiple of 3, L from 1 to K − 1, α and the goal between 0 and 1.
  public func results() -> [Result] {
    [false, true].flatMap { coupled in Rule.allCases.map { result($0, isCoupled: coupled) } }
  }

  /// One rule on one kind of facts.
  ///
  /// - Precondition: as of ``results()``.
  public func result(_ rule: Rule, isCoupled: Bool) -> Result {
    require(
      facts >= 3 && facts % 3 == 0 && head >= 1 && head < facts && mass > 0 && mass < 1
        && goal > 0 && goal < 1,
      "MemoryStudy: expected a multiple of 3 facts, some of them in the head, a mass and a goal between 0 and 1, got"
        + " \(self)")
    let keys = matrix(isCoupled ? (1.715, 0.876, 3.098) : nil)
    let values = matrix(isCoupled ? (3.638, 2.949, 5.218) : nil)
    let (valuesT, keysT) = (values.transposed, keys.transposed)
    var (weights, steps) = (DenseMatrix(facts, facts), 0)
    var course: [[Double]] = []
    while true {
      let answers = softmax(valuesT * weights * keys)
      let right = (0..<facts).map { answers[$0, $0] }
      course.append([mean(right[..<head]), mean(right[head...])])
      if mean(right[..<head]) > goal || steps == mostSteps {
        return Result(
          rule: rule, isCoupled: isCoupled, steps: steps, head: course[steps][0],
          tail: course[steps][1], gap: (right.max() ?? 0) - (right.min() ?? 0), course: course)
      }
      let errors = DenseMatrix(facts, facts) { row, column in
        ((row == column ? 1 : 0) - answers[row, column]) * share(column)
      }
      weights = weights.adding(rule.rate, direction(values * errors * keysT, rule))
      steps += 1
    }
  }

  private func share(_ fact: Int) -> Double {
    fact < head ? mass / Double(head) : (1 - mass) / Double(facts - head)
  }

  private func mean(_ values: ArraySlice<Double>) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  private func direction(_ descent: DenseMatrix, _ rule: Rule) -> DenseMatrix {
    switch rule {
    case .gradient: return descent
    case .muon: return descent.polarFactor
    case .sign:
      var result = descent
      for place in result.values.indices {
        let value = result.values[place]
        // What is 0 but for rounding has no sign.
        result.values[place] = abs(value) < 1e-12 ? 0 : value < 0 ? -1 : 1
      }
      return result
    }
  }

  private func softmax(_ logits: DenseMatrix) -> DenseMatrix {
    var result = logits
    for column in 0..<facts {
      let most = (0..<facts).reduce(-Double.infinity) { max($0, logits[$1, column]) }
      let parts = (0..<facts).map { exp(logits[$0, column] - most) }
      let sum = parts.reduce(0, +)
      for row in 0..<facts { result[row, column] = parts[row] / sum }
    }
    return result
  }

  /// Rotations of three coordinates at a time, by angles about the axes; without angles the identity.
  private func matrix(_ angles: (Double, Double, Double)?) -> DenseMatrix {
    guard let (a, b, c) = angles else { return DenseMatrix(facts, facts) { $0 == $1 ? 1 : 0 } }
    let z = [[cos(a), -sin(a), 0], [sin(a), cos(a), 0], [0, 0, 1]]
    let y = [[cos(b), 0, sin(b)], [0, 1, 0], [-sin(b), 0, cos(b)]]
    let x = [[1, 0, 0], [0, cos(c), -sin(c)], [0, sin(c), cos(c)]]
    let turn = [z, y, x].map { rows in DenseMatrix(3, 3) { rows[$0][$1] } }
    let block = turn[0] * turn[1] * turn[2]
    return DenseMatrix(facts, facts) { $0 / 3 == $1 / 3 ? block[$0 % 3, $1 % 3] : 0 }
  }
}
