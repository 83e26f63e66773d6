public import Datasets
import Requirements

/// Centres and scales rows of numbers, feature by feature or channel by channel: (x − μ) / σ with μ and σ of the
/// training part; stored with the model.
///
/// A feature that is the same in every training row is centred and not scaled. Of series, μ and σ are over all
/// steps of all rows, so that long ones count for more; or of each series and channel alone, as the UCR archive's
/// users have it, which leaves out how large a series is.
public struct Standardization: Sendable, Codable, Equatable {
  /// What the rows are.
  public let input: InputKind
  /// Name of each feature or channel, `[D]`.
  public let names: [String]
  /// μ, `[D]`.
  public let mean: [Double]
  /// σ, the deviation over rows (or rows and steps) with the denominator n, `[D]`, above 0.
  public let std: [Double]
  /// Whether each series is centred and scaled by itself, and μ and σ are not used; `nil` is no.
  public private(set) var isOfEach: Bool?

  /// - Parameters:
  ///   - input: what the rows are.
  ///   - names: name of each feature or channel, `[D]`.
  ///   - mean: μ of each, `[D]`, finite.
  ///   - std: σ of each, `[D]`, finite and above 0.
  /// - Precondition: as many of each, at least one; features or series; all in range.
  public init(input: InputKind, names: [String], mean: [Double], std: [Double]) {
    (self.input, self.names, self.mean, self.std) = (input, names, mean, std)
    require(problem == nil, "Standardization: \(problem ?? "")")
  }

  /// The standardisation that rows have by themselves; numbers that are missing, NaN, are in no sum.
  ///
  /// - Parameters:
  ///   - rows: the numbers.
  ///   - members: the training rows, `[N]`, at least one.
  ///   - each: whether each series is centred and scaled by itself.
  /// - Precondition: at least one row; `each` of series alone.
  public init(of rows: RowStore, members: [Int], each: Bool = false) {
    require(!each || rows.kind == .series, "Standardization: expected series, got \(rows.kind)")
    require(!members.isEmpty, "Standardization: expected at least one row, got none")
    let width = rows.width
    var sum = [Double](repeating: 0, count: width)
    var count = [Int](repeating: 0, count: width)
    for row in members {
      Self.forEach(rows, row) { channel, value in
        guard !value.isNaN else { return }
        sum[channel] += Double(value)
        count[channel] += 1
      }
    }
    let mean = zip(sum, count).map { $0 / Double(max($1, 1)) }
    var squares = [Double](repeating: 0, count: width)
    for row in members {
      Self.forEach(rows, row) { channel, value in
        guard !value.isNaN else { return }
        let distance = Double(value) - mean[channel]
        squares[channel] += distance * distance
      }
    }
    let std = (0..<width).map { channel in
      Self.spread(
        (squares[channel] / Double(max(count[channel], 1))).squareRoot(), around: mean[channel])
    }
    self.init(input: rows.kind, names: rows.names, mean: mean, std: std)
    if each { isOfEach = true }
  }

  /// The same names with the values left as they are: μ = 0, σ = 1.
  public var leavingValues: Standardization {
    Standardization(
      input: input, names: names, mean: mean.map { _ in 0 }, std: std.map { _ in 1 })
  }

  /// Numbers of a row, or channels, D.
  public var width: Int { mean.count }

  /// Why no row can be standardised so, if none can; `nil` when all is well: anyone may have written it.
  public var problem: String? {
    if input == .images { return "expected features or series, got images" }
    if mean.isEmpty || std.count != mean.count || names.count != mean.count {
      return
        "expected a name, mean and deviation of each feature, got \(names.count), \(mean.count)"
        + " and \(std.count)"
    }
    return mean.allSatisfy(\.isFinite) && std.allSatisfy { $0 > 0 && $0.isFinite }
      ? nil : "expected finite means and deviations above 0"
  }

  /// μ and 1 / σ of a series by itself.
  ///
  /// - Parameter values: a channel of it.
  static func factors(of values: UnsafeBufferPointer<Float>) -> (center: Float, factor: Float) {
    let count = Double(values.count)
    let own = values.reduce(0) { $0 + Double($1) } / count
    let squares = values.reduce(0) { $0 + (Double($1) - own) * (Double($1) - own) }
    return (Float(own), Float(1 / spread((squares / count).squareRoot(), around: own)))
  }

  /// A deviation to divide by: what rounding leaves of a constant is no spread.
  private static func spread(_ deviation: Double, around mean: Double) -> Double {
    deviation > 1e-7 * abs(mean) && deviation > 1e-30 ? deviation : 1
  }

  private static func forEach(_ rows: RowStore, _ row: Int, _ body: (Int, Float) -> Void) {
    let steps = rows.steps(of: row)
    rows.values(row).withUnsafeBufferPointer { values in
      for channel in 0..<rows.width {
        for step in 0..<steps { body(channel, values[channel * steps + step]) }
      }
    }
  }
}
