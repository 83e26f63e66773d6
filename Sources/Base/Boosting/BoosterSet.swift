import Requirements

/// Several boosters, a score each, and constants where a score has none.
public final class BoosterSet: Sendable {
  private enum Part: Sendable {
    case booster(Booster)
    case constant(Double)
  }

  private let parts: [Part]
  /// Numbers of a row, F; nil where no score looks at any.
  public let features: Int?

  /// - Parameter text: as ``BoosterSections`` writes it.
  /// - Throws: ``BoostingError`` where there is no library, or a booster is damaged, which it names.
  public init(text: [UInt8]) throws(BoostingError) {
    let sections = try BoosterSections(text: text).sections
    var parts: [Part] = []
    var width: Int?
    for (number, section) in sections.enumerated() {
      let place = "booster \(number + 1) of \(sections.count)"
      switch section {
      case .constant(let value): parts.append(.constant(value))
      case .trees(let trees):
        let booster = try Self.read(trees, place)
        guard booster.scores == 1, booster.features == width ?? booster.features else {
          throw .otherModel(
            found: "\(booster.features) features and \(booster.scores) scores in \(place)",
            expected: "\(width ?? booster.features) and 1")
        }
        width = booster.features
        parts.append(.booster(booster))
      }
    }
    (self.parts, features) = (parts, width)
  }

  private static func read(_ trees: [UInt8], _ place: String) throws(BoostingError) -> Booster {
    do throws(BoostingError) {
      return try Booster(text: trees)
    } catch {
      guard case .refused(_, let reason) = error else { throw error }
      throw .refused(operation: "reading \(place)", reason: reason)
    }
  }

  /// Scores of a row, K.
  public var scores: Int { parts.count }

  /// The sums of the trees' values.
  ///
  /// - Parameters:
  ///   - values: `[N, F]`, row by row.
  ///   - count: N.
  ///   - threads: at least 1; no number depends on it.
  /// - Returns: `[N, K]`, row by row.
  /// - Throws: ``BoostingError/refused(operation:reason:)``.
  /// - Precondition: N rows of F numbers.
  public func rawScores(
    _ values: [Float], count: Int, threads: Int = 1
  ) throws(BoostingError) -> [Double] {
    var found = [Double](repeating: 0, count: count * scores)
    for (score, part) in parts.enumerated() {
      switch part {
      case .constant(let value):
        for row in 0..<count { found[row * scores + score] = value }
      case .booster(let booster):
        let column = try booster.rawScores(values, count: count, threads: threads)
        for row in 0..<count { found[row * scores + score] = column[row] }
      }
    }
    return found
  }
}
