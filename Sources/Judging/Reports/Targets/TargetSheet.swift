import Evaluation
import Uncertainty

/// The assessment of labels, grades or numbers as tables of words, from which a terminal and a page are drawn alike.
public struct TargetSheet: Sendable, Equatable {
  /// A cell: what it says, and, where it is one number, what a page draws of it.
  public struct Cell: Sendable, Equatable {
    /// What it says.
    public let text: String
    let value: Double?
    let interval: MetricInterval?

    init(_ text: String, value: Double? = nil, interval: MetricInterval? = nil) {
      (self.text, self.value, self.interval) = (text, value, interval)
    }
  }

  /// One table.
  public struct Part: Sendable, Equatable {
    /// What it holds.
    public let caption: String
    /// Names of the columns; the first is of words, the others of figures.
    public let columns: [String]
    /// The rows, as many cells each as there are columns.
    public let rows: [[Cell]]
  }

  /// What was judged, in one line.
  public let heading: String
  /// What must be known to read the tables, a sentence each.
  public let notes: [String]
  /// The tables.
  public let parts: [Part]

  /// A value with its interval in brackets.
  static func shown(_ value: Double?, _ interval: MetricInterval?) -> Cell {
    Cell(
      Figures.fixed(value) + (interval.map { " (\(Figures.range($0.low, $0.high)))" } ?? ""),
      value: value, interval: interval)
  }

  /// The same with an interval that no resamples made.
  static func shown(_ value: Double?, within interval: Interval?) -> Cell {
    Cell(Figures.fixed(value) + (interval.map { " (\(Figures.range($0.low, $0.high)))" } ?? ""))
  }

  /// How resamples were drawn, and how intervals were made.
  static func made(
    _ resampling: ResamplingSummary?, n: Int, _ intervals: [MetricInterval?]
  ) -> [String] {
    guard let resampling else { return ["no intervals were asked for"] }
    if let withheld = resampling.withheld(images: n) { return [withheld] }
    let units =
      resampling.clusters.map {
        "\(Figures.count($0)) groups (\(resampling.clusterColumn ?? "group"))"
      } ?? "\(Figures.count(n)) images"
    let methods = Set(intervals.compactMap { $0?.method.rawValue }).sorted()
    return [
      "\(Figures.level(resampling.level)) intervals, made by \(methods.joined(separator: ", "));"
        + " \(Figures.count(resampling.resamples)) resamples of \(units)"
    ]
  }
}
