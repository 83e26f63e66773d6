import Files
import Requirements

/// Rows of numbers in memory: feature vectors, or series of one or more channels.
///
/// All numbers stand in one array with an offset a row. A store is a value; copies share their numbers.
public struct RowStore: Sendable, Equatable {
  /// ``InputKind/features`` or ``InputKind/series``.
  public let kind: InputKind
  /// Numbers of a feature vector, D; channels of a series, C.
  public let width: Int
  /// The features or channels by name, `[width]`.
  public let names: [String]
  private let numbers: [Float]
  /// Where each row begins in `numbers`, and where the last one ends, `[count + 1]`.
  private let starts: [Int]

  /// Feature vectors.
  ///
  /// - Parameters:
  ///   - features: row after row, `[N, D]`.
  ///   - width: D, at least 1.
  ///   - names: of the features, `[D]`; nil names them `feature_0` and so on.
  /// - Precondition: the numbers are finite and make whole rows.
  public init(features: [Float], width: Int, names: [String]? = nil) {
    require(
      width > 0 && features.count.isMultiple(of: width),
      "RowStore: expected rows of \(width) numbers, got \(features.count) numbers")
    self.init(
      .features, width, names, features,
      starts: Array(stride(from: 0, through: features.count, by: width)))
  }

  /// Series.
  ///
  /// - Parameters:
  ///   - series: row after row, in each channel after channel, `[C, T]`.
  ///   - channels: C, at least 1.
  ///   - steps: T of each row, `[N]`, at least 1 each.
  ///   - names: of the channels, `[C]`; nil names them `channel_0` and so on.
  /// - Precondition: the numbers are finite and as many as `steps` says.
  public init(series: [Float], channels: Int, steps: [Int], names: [String]? = nil) {
    var starts = [0]
    starts.reserveCapacity(steps.count + 1)
    var end = 0
    for count in steps {
      require(count > 0, "RowStore: expected series of at least one step, got \(count)")
      end += channels * count
      starts.append(end)
    }
    require(
      channels > 0 && end == series.count,
      "RowStore: expected \(end) numbers of at least one channel, got \(series.count) of \(channels)"
    )
    self.init(.series, channels, names, series, starts: starts)
  }

  private init(
    _ kind: InputKind, _ width: Int, _ names: [String]?, _ numbers: [Float], starts: [Int]
  ) {
    let noun = kind == .features ? "feature" : "channel"
    let names = names ?? (0..<width).map { "\(noun)_\($0)" }
    require(
      names.count == width, "RowStore: expected \(width) names, got \(names.count)")
    require(numbers.allSatisfy(\.isFinite), "RowStore: expected finite numbers, got others")
    (self.kind, self.width, self.names) = (kind, width, names)
    (self.numbers, self.starts) = (numbers, starts)
  }

  /// Number of rows, N.
  public var count: Int { starts.count - 1 }

  /// Steps T of a row; 1 for features.
  ///
  /// - Precondition: `row` is in `0..<count`.
  public func steps(of row: Int) -> Int {
    check(row)
    return (starts[row + 1] - starts[row]) / width
  }

  /// The numbers of a row, channel after channel, `[C, T]`; `[D]` for features.
  ///
  /// - Precondition: `row` is in `0..<count`.
  public func values(_ row: Int) -> ArraySlice<Float> {
    check(row)
    return numbers[starts[row]..<starts[row + 1]]
  }

  /// The numbers of a row as bytes, in the byte order of this machine.
  ///
  /// - Precondition: `row` is in `0..<count`.
  public func bytes(_ row: Int) -> [UInt8] { values(row).withUnsafeBytes { Array($0) } }

  /// SHA-256 of kind, width and numbers of a row: equal for equal rows of any store. Zero has one sign.
  ///
  /// - Precondition: `row` is in `0..<count`.
  public func digest(_ row: Int) -> String {
    let unsigned = values(row).map { ($0 + 0).bitPattern.littleEndian }
    return SHA256.hexadecimal(
      Array("\(kind.rawValue) \(width)\n".utf8) + unsigned.withUnsafeBytes { Array($0) })
  }

  private func check(_ row: Int) {
    require((0..<count).contains(row), "RowStore: expected a row in 0..<\(count), got \(row)")
  }
}
