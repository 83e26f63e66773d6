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

  /// `wilson of accuracy and recall; bca of mcc and f1_macro`: how each interval that is shown was made, a method once;
  /// `nil` where none is shown.
  ///
  /// - Parameter intervals: What has an interval, in the order in which it is shown.
  static func methods(_ intervals: [(name: String, interval: MetricInterval?)]) -> String? {
    var order: [MetricInterval.Method] = []
    var names: [MetricInterval.Method: [String]] = [:]
    for (name, interval) in intervals {
      guard let method = interval?.method else { continue }
      if names[method] == nil { order.append(method) }
      if names[method]?.contains(name) != true { names[method, default: []].append(name) }
    }
    let parts = order.map { method in
      let all = names[method] ?? []
      let last = all.count > 1 ? " and \(all[all.count - 1])" : ""
      return "\(method.rawValue) of "
        + (all.count > 1 ? all.dropLast() : all[...]).joined(separator: ", ") + last
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// The same on a line of its own, or nothing.
  static func madeBy(_ intervals: [(name: String, interval: MetricInterval?)]) -> String {
    methods(intervals).map { "\nmade by: \($0)" } ?? ""
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
