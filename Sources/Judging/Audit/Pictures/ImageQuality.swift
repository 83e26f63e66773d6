import Foundation

/// Which images of a set look like accidents: too dark, blown out, blurred, of another size or shape, or without colour.
///
/// Dark and blown out are absolute: 99 % of the pixels below 0.32, or 95 % above 0.95. The others are told from the rest of
/// the set: log sharpness below the median by 1 (ten times) and by four times the usual deviation (1.4826 times the median
/// absolute one); sides more than √10 times or shape more than twice that of the median image; grey where most have colour.
public struct ImageQuality: Sendable, Equatable {
  /// What may be wrong with an image.
  public enum Issue: String, Sendable, CaseIterable, Codable {
    /// Hardly a pixel is bright.
    case dark
    /// Hardly a pixel is not white.
    case blownOut = "blown-out"
    /// Without the fine structure that others have.
    case blurred
    /// Much larger or smaller than others.
    case oddSize = "odd-size"
    /// Much wider or higher than others.
    case oddShape = "odd-shape"
    /// Without colour, where others have some.
    case grey
  }

  /// What may be wrong with each image, `[N]`.
  public let issues: [Set<Issue>]

  /// Judges a set.
  ///
  /// - Parameter facts: of its images, `[N]`.
  public init(_ facts: [ImageFacts]) {
    guard !facts.isEmpty else {
      issues = []
      return
    }
    let sharp = facts.map { log10($0.sharpness + 1e-6) }
    let (middle, usual) = Self.spread(sharp)
    let (size, shape) = (Self.spread(facts.map(\.size)).0, Self.spread(facts.map(\.shape)).0)
    let greys = facts.count { $0.colour < Self.leastColour }
    let limit = middle - max(1, 4 * usual)
    issues = facts.indices.map { row in
      let one = facts[row]
      var found: Set<Issue> = []
      if one.light < 0.32 { found.insert(.dark) }
      if one.dark > 0.95 { found.insert(.blownOut) }
      if sharp[row] < limit { found.insert(.blurred) }
      if abs(one.size - size) > log2(10.0) / 2 { found.insert(.oddSize) }
      if abs(one.shape - shape) > 1 { found.insert(.oddShape) }
      if one.colour < Self.leastColour, greys * 2 < facts.count { found.insert(.grey) }
      return found
    }
  }

  /// Mean difference of channels below which an image counts as grey: a level of 255.
  private static let leastColour = 1 / 255.0

  /// Median, and 1.4826 times the median distance from it.
  private static func spread(_ values: [Double]) -> (Double, Double) {
    let middle = median(values)
    return (middle, 1.4826 * median(values.map { abs($0 - middle) }))
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let half = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
  }
}
