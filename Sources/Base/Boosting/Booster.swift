import Requirements

/// Boosted trees that are read from LightGBM's text.
///
/// `@unchecked Sendable`: the pointer never changes, and the library guards a booster by a lock of its own.
public final class Booster: @unchecked Sendable {
  private let library: LightGBM
  private let handle: UnsafeMutableRawPointer?
  /// Numbers of a row, F.
  public let features: Int
  /// Scores of a row, K: one for each class, and one alone where there are two classes.
  public let scores: Int

  /// - Parameter text: what LightGBM writes of a model.
  /// - Throws: ``BoostingError`` where there is no library, or the text is damaged.
  public init(text: [UInt8]) throws(BoostingError) {
    library = try LightGBM.library()
    let said = try BoosterText(text)
    let functions = library.functions
    var (made, iterations): (UnsafeMutableRawPointer?, CInt) = (nil, 0)
    let characters = text.map(CChar.init(bitPattern:)) + [0]
    try library.check(
      functions.load(characters, &iterations, &made), "reading \(text.count) bytes of a model")
    handle = made
    var (width, classes): (CInt, CInt) = (0, 0)
    do throws(BoostingError) {
      try library.check(functions.countFeatures(made, &width), "counting features")
      try library.check(functions.countClasses(made, &classes), "counting classes")
      // Rows of another length than the library counts with would be read beyond their end.
      guard (Int(width), Int(classes)) == (said.features, said.scores) else {
        throw BoosterText.wrong(
          "says \(said.features) features and \(said.scores) scores, and is read as \(width) and"
            + " \(classes)")
      }
    } catch {
      _ = functions.freeBooster(made)
      throw error
    }
    (features, scores) = (Int(width), Int(classes))
  }

  deinit { _ = library.functions.freeBooster(handle) }

  /// The sums of the trees' values: of several classes a score each, whose softmax are the probabilities; of two classes the log
  /// odds of the second.
  ///
  /// - Parameters:
  ///   - values: `[N, F]`, row by row.
  ///   - count: N.
  ///   - threads: at least 1; no number depends on it.
  /// - Returns: `[N, K]`, row by row.
  /// - Throws: ``BoostingError/refused(operation:reason:)``.
  /// - Precondition: N rows of F numbers.
  public func rawScores(
    _ values: [Float], count: Int, threads: Int = 1
  ) throws(BoostingError) -> [Double] {
    require(
      values.count == count * features,
      "Booster: expected \(count) rows of \(features) numbers, got \(values.count)")
    guard count > 0 else { return [] }
    var found = [Double](repeating: 0, count: count * scores)
    var length: Int64 = 0
    let rows = try LightGBM.length(count, "predicting rows")
    let status = values.withUnsafeBytes { bytes in
      library.functions.predict(
        handle, bytes.baseAddress, CType.float32, rows, CInt(features), 1, CType.rawScores,
        0, -1, "num_threads=\(max(threads, 1)) verbosity=-1", &length, &found)
    }
    try library.check(status, "predicting \(count) rows")
    guard length == found.count else {
      throw .otherModel(found: "\(length) scores", expected: "\(found.count)")
    }
    return found
  }
}
