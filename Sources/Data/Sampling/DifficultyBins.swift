import Foundation
import Requirements

/// Bins between the least and the greatest difficulty, narrower where it is hard: the edges of B bins are
/// min + (max − min) ln(1 + 5 b / B) / ln 6.
///
/// Source: the balanced sampling of the HACO project (Jung and Lee, NeurIPS 2025), whose B is 5.
enum DifficultyBins {
  /// Bin of each example, `[N]`, below B; −1 where the difficulty is `nil`. All are in bin 0 where all are alike.
  ///
  /// - Parameters:
  ///   - difficulty: of each example, `[N]`.
  ///   - bins: B, at least 1.
  /// - Precondition: finite, one at least known; `bins` is at least 1.
  static func places(_ difficulty: [Double?], bins: Int) -> [Int] {
    let known = difficulty.compactMap(\.self)
    guard bins >= 1, known.allSatisfy(\.isFinite), let low = known.min(), let high = known.max(),
      (high - low).isFinite
    else {
      requirementFailed(
        "DifficultyBins: expected finite difficulties and a bin at least, got "
          + "\(known.count) and \(bins)")
    }
    let edges = (1..<bins).map { bin in
      low + (high - low) * log(1 + 5 * Double(bin) / Double(bins)) / log(6)
    }
    return difficulty.map { value in
      value.map { value in edges.count { $0 <= value && low < high } } ?? -1
    }
  }

  /// Rows of each bin in a round, `[B]`: one of every bin that has an example.
  ///
  /// - Parameters:
  ///   - places: as ``places(_:bins:)`` gives them.
  ///   - bins: B.
  static func each(_ places: [Int], bins: Int) -> [Int] {
    let filled = Set(places)
    return (0..<bins).map { filled.contains($0) ? 1 : 0 }
  }
}
