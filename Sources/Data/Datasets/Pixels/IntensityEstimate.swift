public import Imaging

/// The scale of a data set whose samples do not say what is black and white: robust percentiles of its
/// training part.
///
/// Per class, over evenly spread samples of all its images, the 0.5 and the 99.5 % percentile; then the
/// lowest of the one and the highest of the other over the classes. A rare class that is brighter than all
/// others keeps its levels so, however few of the pooled samples are its own. A single hot or dead pixel
/// moves nothing.
///
/// Percentiles are interpolated linearly, as NumPy's are. The result depends on the images alone, not on
/// their order or on threads.
public struct IntensityEstimate: Codable, Sendable, Equatable {
  /// The scale; nil where no image needs one, and where its ends are too far apart for a finite
  /// number.
  public let scale: IntensityScale?
  /// The 99.5 % percentile of 16-bit unsigned samples, taken as above; nil where there are none.
  public let unsigned16High: Double?
  /// Whether the percentiles were equal and the extremes of the samples were taken.
  public let isFromExtremes: Bool

  /// Part of the samples that is cut off at each end.
  public static let tail = 0.005
  /// 16-bit unsigned samples of which 99.5 % lie below this do not use the range of their type: 12 bits
  /// in 16, for instance. Less than a quarter of the levels would be left for them.
  public static let shallow = 16_384.0

  private enum CodingKeys: String, CodingKey {
    case scale
    case unsigned16High = "unsigned_16_high"
    case isFromExtremes = "is_from_extremes"
  }

  /// Estimates the scale of a data set.
  ///
  /// - Parameters:
  ///   - dataset: its training part counts, or all of it where it is not split.
  ///   - survey: of the same data set.
  /// - Precondition: `survey` has one entry per example.
  public init(_ dataset: Dataset, _ survey: Survey) {
    let isSplit = dataset.examples.contains { $0.split != nil }
    var ranged: [String: [Double]] = [:]
    var unranged: [String: [Double]] = [:]
    for (example, facts) in zip(dataset.examples, survey.facts)
    where !facts.sample.isEmpty && (!isSplit || example.split == .train) {
      if facts.type == .uint16 {
        ranged[example.label ?? "", default: []] += facts.sample
      } else {
        unranged[example.label ?? "", default: []] += facts.sample
      }
    }
    unsigned16High = Self.ends(ranged)?.high
    let isShallow = unsigned16High.map { $0 < Self.shallow } ?? false
    let counted = isShallow ? unranged.merging(ranged) { $0 + $1 } : unranged
    guard let ends = Self.ends(counted) else {
      (scale, isFromExtremes) = (nil, false)
      return
    }
    isFromExtremes = ends.low == ends.high
    var (low, high) = ends
    if isFromExtremes {
      low = counted.values.compactMap { $0.min() }.min() ?? low
      high = counted.values.compactMap { $0.max() }.max() ?? high
    }
    // One value alone is black; what is brighter at prediction is then white.
    if low == high { high = low + max(1, abs(low).ulp) }
    let isUsable = (high - low).isFinite
    scale =
      isUsable ? IntensityScale(low: low, high: high, coversUnsigned16: isShallow) : nil
  }

  /// The lowest low and the highest high percentile over the classes; nil without samples.
  private static func ends(_ samples: [String: [Double]]) -> (low: Double, high: Double)? {
    let classes = samples.values.map { $0.sorted() }
    guard let low = classes.map({ percentile($0, tail) }).min(),
      let high = classes.map({ percentile($0, 1 - tail) }).max()
    else { return nil }
    return (low, high)
  }

  /// Between the two neighbours of the place `q (n − 1)` of sorted values.
  package static func percentile(_ sorted: [Double], _ q: Double) -> Double {
    let place = q * Double(sorted.count - 1)
    let below = Int(place.rounded(.down))
    let above = min(below + 1, sorted.count - 1)
    let part = place - Double(below)
    return part == 0 ? sorted[below] : sorted[below] * (1 - part) + sorted[above] * part
  }
}
