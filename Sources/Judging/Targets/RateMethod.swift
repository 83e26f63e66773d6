import Uncertainty

extension RateInterval {
  /// How its intervals are named.
  var method: MetricInterval.Method { self == .wilson ? .wilson : .clopperPearson }
}
