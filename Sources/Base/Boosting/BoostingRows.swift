import Requirements

/// Rows of numbers with their targets and weights.
public struct BoostingRows: Sendable {
  /// `[N, F]`, row by row; NaN is a value that is missing.
  public let values: [Float]
  /// F, at least 1.
  public let columns: Int
  /// Class of each row, from 0, or its number, `[N]`.
  public let targets: [Float]
  /// Weight of each row, `[N]`, at least 0.
  public let weights: [Float]

  /// Rows of their parts.
  ///
  /// - Parameters:
  ///   - values: `[N, F]`, row by row; NaN is a value that is missing.
  ///   - columns: F, at least 1.
  ///   - targets: class of each row, from 0, or its number, `[N]`.
  ///   - weights: of each row, `[N]`; nil weighs each 1.
  /// - Precondition: the lengths agree.
  public init(values: [Float], columns: Int, targets: [Float], weights: [Float]? = nil) {
    require(
      columns > 0 && values.count == columns * targets.count
        && (weights?.count ?? targets.count) == targets.count,
      "BoostingRows: expected \(targets.count) rows of \(columns) numbers and as many weights, got"
        + " \(values.count) and \(weights?.count ?? targets.count)")
    (self.values, self.columns, self.targets) = (values, columns, targets)
    self.weights = weights ?? [Float](repeating: 1, count: targets.count)
  }

  /// Rows of classes.
  ///
  /// - Parameters:
  ///   - values: `[N, F]`, row by row; NaN is a value that is missing.
  ///   - columns: F, at least 1.
  ///   - labels: class of each row, `[N]`, from 0.
  ///   - weights: of each row, `[N]`; nil weighs each 1.
  /// - Precondition: the lengths agree.
  public init(values: [Float], columns: Int, labels: [Int], weights: [Float]? = nil) {
    self.init(
      values: values, columns: columns, targets: labels.map { Float($0) }, weights: weights)
  }

  /// N.
  public var count: Int { targets.count }
}

/// The rows as the library holds them.
final class BoostingDataset {
  let library: LightGBM
  private(set) var handle: UnsafeMutableRawPointer?

  /// - Parameters:
  ///   - rows: what it holds.
  ///   - parameters: how they are put into bins.
  ///   - training: rows whose bins they share; nil makes bins of their own.
  init(
    _ rows: BoostingRows, _ parameters: String, training: BoostingDataset? = nil,
    in library: LightGBM
  ) throws(BoostingError) {
    self.library = library
    let functions = library.functions
    let (count, columns) = (
      try LightGBM.length(rows.count, "taking rows"),
      try LightGBM.length(rows.columns, "taking columns")
    )
    var made: UnsafeMutableRawPointer?
    let status = rows.values.withUnsafeBytes { values in
      functions.makeDataset(
        values.baseAddress, CType.float32, count, columns, 1, parameters,
        training?.handle, &made)
    }
    try library.check(status, "taking \(rows.count) rows of \(rows.columns) numbers")
    handle = made
    try set("label", rows.targets)
    try set("weight", rows.weights)
  }

  private func set(_ field: String, _ values: [Float]) throws(BoostingError) {
    let status = values.withUnsafeBytes { bytes in
      library.functions.setField(
        handle, field, bytes.baseAddress, CInt(values.count), CType.float32)
    }
    try library.check(status, "taking the \(field)s of \(values.count) rows")
  }

  deinit { _ = library.functions.freeDataset(handle) }
}

/// How the library calls types and kinds of predictions.
enum CType {
  static let float32: CInt = 0
  /// Sums of the trees' values, before any probability.
  static let rawScores: CInt = 1
}
