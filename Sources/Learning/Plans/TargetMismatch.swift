public import Batches

/// Several labels or numbers a row for a stage that learns classes: margins, weights and adjusted logits are a number a class,
/// and such rows have none.
public struct TargetMismatch: Error, Equatable, Sendable, CustomStringConvertible {
  /// What needs a class for each row: losses, mixings, objectives.
  public var parts: [String]
  /// Labels or numbers a row.
  public var width: Int

  /// - Parameters:
  ///   - parts: what needs a class for each row.
  ///   - width: labels or numbers a row.
  public init(parts: [String], width: Int) { (self.parts, self.width) = (parts, width) }

  /// What is wrong, and what to do.
  public var description: String {
    "\(parts.joined(separator: " and ")) needs one class for each row, and the rows have \(width)"
      + " \(width == 1 ? "number or label" : "numbers or labels") each; learn them by SquaredError,"
      + " SigmoidCrossEntropy or AsymmetricLoss, mixed by nothing that goes by the sizes of classes"
  }
}

extension Stage {
  /// Refuses targets that the stage cannot learn from, before a step would stop the program.
  ///
  /// - Parameter target: of a batch, or of the whole training set.
  /// - Throws: `TargetMismatch` for entries where the objective needs classes.
  public func check(_ target: Target) throws(TargetMismatch) {
    guard let entries = target.entries else { return }
    let parts = objective.partsThatNeedClasses
    guard parts.isEmpty else { throw TargetMismatch(parts: parts, width: entries.width) }
  }
}
