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
  /// Columns of text beside the numbers, where there are some.
  public let texts: RowTexts?
  /// Columns of numbers and words beside them, of a table whose cells may be missing.
  public let columns: RowColumns?
  /// How many of the last features were made of columns and texts.
  private let madeWidth: Int
  private let numbers: [Float]
  /// Where each row begins in `numbers`, and where the last one ends, `[count + 1]`.
  private let starts: [Int]

  /// Feature vectors.
  ///
  /// - Parameters:
  ///   - features: row after row, `[N, D]`.
  ///   - width: D, at least 1.
  ///   - names: of the features, `[D]`; nil names them `feature_0` and so on.
  ///   - texts: of the rows, of which features are made later; D may be 0 beside them.
  ///   - columns: of the rows, of which features are made later; D may be 0 beside them.
  /// - Precondition: the numbers are finite and make whole rows, as many as there are of texts and of columns.
  public init(
    features: [Float], width: Int, names: [String]? = nil, texts: RowTexts? = nil,
    columns: RowColumns? = nil
  ) {
    let count = width > 0 ? features.count / width : texts?.count ?? columns?.count ?? 0
    require(
      (width > 0 || texts != nil || columns != nil) && features.count == count * width,
      "RowStore: expected rows of \(width) numbers, got \(features.count) numbers")
    require(
      texts.map { $0.count == count } ?? true && columns.map { $0.count == count } ?? true,
      "RowStore: expected texts and columns of \(count) rows, got \(texts?.count ?? count) and \(columns?.count ?? count)"
    )
    self.init(
      .features, width, names, features, starts: (0...count).map { $0 * width }, texts: texts,
      columns: columns)
  }

  /// The same rows with features behind their own that were made of their columns or texts; ``digest(_:)`` stays.
  ///
  /// - Parameters:
  ///   - made: row after row, `[N, W]`; of columns NaN where a number is missing.
  ///   - added: names of the features, `[W]`.
  ///   - columns: in the order in which ``digest(_:)`` takes them; nil leaves them as they are.
  /// - Precondition: feature vectors, and no infinite number.
  func adding(_ made: [Float], names added: [String], columns: RowColumns? = nil) -> RowStore {
    require(
      kind == .features && made.count == count * added.count,
      "RowStore.adding: expected \(added.count) numbers of each of \(count) rows of features, got \(made.count)"
    )
    var all = made
    if width > 0 {
      all = []
      all.reserveCapacity(numbers.count + made.count)
      for row in 0..<count {
        all += values(row)
        all += made[row * added.count..<(row + 1) * added.count]
      }
    }
    let wider = width + added.count
    return RowStore(
      .features, wider, names + added, all, starts: (0...count).map { $0 * wider }, texts: texts,
      columns: columns ?? self.columns, madeWidth: madeWidth + added.count)
  }

  /// The same numbers with texts of the rows, in the place of any that they have.
  ///
  /// - Parameter texts: of every row, `[N]`.
  /// - Precondition: feature vectors, and as many texts; none of the features was made of texts.
  func taking(_ texts: RowTexts) -> RowStore {
    require(
      kind == .features && madeWidth == 0 && texts.count == count,
      "RowStore.taking: expected texts of \(count) rows of features, got \(texts.count)")
    return RowStore(
      .features, width, names, numbers, starts: starts, texts: texts, columns: columns)
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
    _ kind: InputKind, _ width: Int, _ names: [String]?, _ numbers: [Float], starts: [Int],
    texts: RowTexts? = nil, columns: RowColumns? = nil, madeWidth: Int = 0
  ) {
    let noun = kind == .features ? "feature" : "channel"
    let names = names ?? (0..<width).map { "\(noun)_\($0)" }
    require(
      names.count == width, "RowStore: expected \(width) names, got \(names.count)")
    // A method that splits at missing numbers is shown them as NaN.
    require(
      numbers.allSatisfy { $0.isFinite || $0.isNaN && madeWidth > 0 },
      "RowStore: expected finite numbers, got others")
    (self.kind, self.width, self.names) = (kind, width, names)
    (self.numbers, self.starts) = (numbers, starts)
    (self.texts, self.columns, self.madeWidth) = (texts, columns, madeWidth)
  }

  /// Number of rows, N.
  public var count: Int { starts.count - 1 }

  /// Steps T of a row; 1 for features.
  ///
  /// - Precondition: `row` is in `0..<count`.
  public func steps(of row: Int) -> Int {
    check(row)
    return kind == .features ? 1 : (starts[row + 1] - starts[row]) / width
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

  /// SHA-256 of kind, width, numbers, texts and words of a row: equal for equal rows of any store. Zero has one sign. Features that
  /// were made of columns and texts do not count.
  ///
  /// - Parameters:
  ///   - row: its number.
  ///   - name: what it is called, where rows of other names are other rows whatever they hold.
  /// - Precondition: `row` is in `0..<count`.
  public func digest(_ row: Int, of name: String? = nil) -> String {
    let cells = columns?.parts(ofRow: row)
    let numbers = Array(values(row).dropLast(madeWidth)) + (cells?.numbers ?? [])
    let unsigned = numbers.map { ($0 + 0).bitPattern.littleEndian }
    var bytes = Array("\(kind.rawValue) \(width - madeWidth + (cells?.numbers.count ?? 0))\n".utf8)
    bytes += unsigned.withUnsafeBytes { Array($0) }
    // The length before each keeps two texts apart from one.
    for text in Array(texts?.texts(ofRow: row) ?? []) + (cells?.words ?? [])
      + (name.map { [$0] } ?? [])
    {
      bytes += Array("\n\(text.utf8.count) \(text)".utf8)
    }
    return SHA256.hexadecimal(bytes)
  }

  private func check(_ row: Int) {
    require((0..<count).contains(row), "RowStore: expected a row in 0..<\(count), got \(row)")
  }
}
