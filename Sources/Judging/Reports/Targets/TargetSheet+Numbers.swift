public import Targets
import Uncertainty

extension TargetSheet {
  /// The sheet of numbers: the metrics, and errors by ranges of the truth.
  public init(_ found: NumberAssessment) {
    let (low, high) = (found.bins.first?.low ?? .nan, found.bins.last?.high ?? .nan)
    heading =
      "numbers from \(Figures.short(low)) to \(Figures.short(high)); \(Figures.count(found.n)) images"
    let intervals: [MetricInterval?] =
      Array(found.intervals.values) + found.bins.map(\.maeInterval)
    notes =
      found.notes + Self.made(found.resampling, n: found.n, intervals)
      + [
        "bias is prediction minus truth; 95 of 100 errors of a normal distribution lie between agreement_low and"
          + " agreement_high (Bland and Altman)"
      ]
    parts = [
      Part(
        caption: "Errors and agreement", columns: ["metric", "value"],
        rows: NumberAssessment.names.filter { found[$0] != nil }.map { name in
          [Cell(name), Self.shown(found[name], found.intervals[name])]
        }),
      Part(
        caption: "Errors by ranges of the truth", columns: ["truth", "n", "MAE", "bias"],
        rows: found.bins.enumerated().map { place, bin in
          let isLast = place + 1 == found.bins.count
          return [
            Cell(
              "\(Figures.short(bin.low)) to \(isLast ? "" : "below ")\(Figures.short(bin.high))"),
            Cell(Figures.count(bin.n)), Self.shown(bin.mae, bin.maeInterval),
            Self.shown(bin.bias, bin.biasInterval),
          ]
        }),
    ]
  }
}

extension Figures {
  /// At most four digits after the point, and no zeros at the end.
  static func short(_ value: Double) -> String {
    var text = fixed(value, 4)
    guard text.contains("."), !text.contains("e") else { return text }
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}
