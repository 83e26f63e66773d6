import Console
import Evaluation
import Uncertainty

/// Intervals as people read them.
enum EstimateText {
  /// `0.52–0.68`
  static func span(_ low: Double, _ high: Double, places: Int = 2) -> String {
    "\(Format.decimal(low, places: places))–\(Format.decimal(high, places: places))"
  }

  /// `0.52–0.68`; `n/a` where nothing can be said.
  static func span(_ interval: MetricInterval?) -> String {
    interval.map { span($0.low, $0.high) } ?? "n/a"
  }

  /// A level with as many digits as it has: `95 %`.
  static func level(_ level: Double) -> String {
    Format.percent(level, places: level * 100 == (level * 100).rounded() ? 0 : 1)
  }

  /// `95 % interval`
  static func heading(_ resampling: ResamplingSummary) -> String {
    "\(level(resampling.level)) interval"
  }

  /// `95 % intervals from 2,000 resamples of 40 images`, or of so many groups; with too few, that.
  static func resamples(_ resampling: ResamplingSummary, images: Int) -> String {
    if let withheld = resampling.withheld(images: images) { return withheld }
    let units =
      resampling.clusters.map {
        "\(Format.count($0)) groups (\(resampling.clusterColumn ?? "group"))"
      } ?? "\(Format.count(images)) images"
    return
      "\(heading(resampling))s from \(Format.count(resampling.resamples)) resamples of \(units)"
  }
}
