import Console
import Uncertainty

/// Intervals as people read them.
enum EstimateText {
  /// `0.52–0.68`
  static func span(_ interval: MetricInterval?) -> String {
    interval.map {
      "\(Format.decimal($0.low, places: 2))–\(Format.decimal($0.high, places: 2))"
    } ?? "n/a"
  }

  /// `95 % interval`
  static func heading(_ resampling: ResamplingSummary) -> String {
    "\(level(resampling.level)) interval"
  }

  /// A level with as many digits as it has.
  static func level(_ level: Double) -> String {
    Format.percent(level, places: level * 100 == (level * 100).rounded() ? 0 : 1)
  }

  /// `intervals from 2,000 resamples of 40 images`
  static func resamples(_ resampling: ResamplingSummary, images: Int) -> String {
    let units =
      resampling.clusters.map { "\(Format.count($0)) groups of \(Format.count(images)) images" }
      ?? "\(Format.count(images)) images"
    return "intervals from \(Format.count(resampling.resamples)) resamples of \(units)"
  }
}
