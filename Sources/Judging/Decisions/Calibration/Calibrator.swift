/// Maps a model's probabilities to ones that can be taken at their word: of the examples given .8,
/// eight in ten are of that class.
///
/// A calibrator is fitted on validation, never on training, examples; each is a small value that is
/// stored with the model. To add one: its file, and a case of ``Calibration`` and
/// ``CalibrationMethod``.
public protocol Calibrator: Sendable, Codable, Equatable {
  /// Calibrated probabilities of one row.
  ///
  /// - Parameter row: Probabilities, `[C]`.
  /// - Returns: `[C]`, summing to 1.
  /// - Precondition: the row has as many entries as the calibrator was fitted on.
  func callAsFunction(_ row: ArraySlice<Double>) -> [Double]
}

extension Calibrator {
  /// Calibrated probabilities of many rows.
  ///
  /// - Parameters:
  ///   - probabilities: Row by row, `[N, C]` flat.
  ///   - classes: `C`, at least 1.
  /// - Returns: `[N, C]` flat.
  /// - Precondition: the number of probabilities is a multiple of `classes`.
  public func applied(to probabilities: [Double], classes: Int) -> [Double] {
    stride(from: 0, to: probabilities.count, by: classes).flatMap {
      self(probabilities[$0..<$0 + classes])
    }
  }
}

/// What can be wrong with the examples that a calibrator is to be fitted on.
public enum CalibrationError: Error, Equatable, CustomStringConvertible {
  /// All examples are of one class, or there is none.
  case tooFewClasses(examples: Int, occurring: [String])
  /// There are fewer groups than folds.
  case tooFewGroups(Int, folds: Int)

  /// The mistake in English.
  public var description: String {
    switch self {
    case .tooFewClasses(let examples, let occurring):
      "calibration needs examples of at least two classes, got \(examples) of "
        + (occurring.isEmpty ? "none" : occurring.map { "'\($0)'" }.joined(separator: ", "))
        + "; fit on a validation set that has more, or leave the probabilities as they are"
    case .tooFewGroups(let groups, let folds):
      "cross-validated calibration in \(folds) folds needs at least \(folds) groups, got \(groups); "
        + "choose a method without comparing them"
    }
  }
}

extension LabelledProbabilities {
  /// - Throws: `CalibrationError.tooFewClasses` unless two classes occur.
  func requireTwoClasses() throws(CalibrationError) {
    let occurring = zip(classes, counts).filter { $0.1 > 0 }.map(\.0)
    guard occurring.count > 1 else {
      throw .tooFewClasses(examples: count, occurring: occurring)
    }
  }
}
