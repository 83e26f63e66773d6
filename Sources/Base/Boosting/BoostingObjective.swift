/// What trees are grown for, and what of validation ends their growing.
public enum BoostingObjective: Sendable, Equatable {
  /// The class of a row, of so many: cross-entropy, ended by it; a score for each class, of two classes the log odds of the
  /// second alone.
  case classes(Int)
  /// A number: squared error, one score, which is the number.
  case number(endedBy: NumberError)

  /// An error of numbers, weighted by the rows.
  public enum NumberError: String, Sendable, Equatable, CaseIterable {
    /// √(Σ w (ŷ − y)² / Σ w).
    case rmse
    /// Σ w |ŷ − y| / Σ w.
    case mae
  }

  /// What the metric that ends the growing is called.
  public var metric: String {
    switch self {
    case .classes(let count): count == 2 ? "binary_logloss" : "multi_logloss"
    case .number(let error): error.rawValue
    }
  }

  /// The same in LightGBM's words.
  var parameters: String {
    switch self {
    case .classes(2): "objective=binary metric=\(metric)"
    case .classes(let count): "objective=multiclass num_class=\(count) metric=\(metric)"
    case .number: "objective=regression metric=\(metric)"
    }
  }

  /// Whether a row can have this target.
  func takes(_ target: Float) -> Bool {
    switch self {
    case .classes(let count): 0 <= target && target < Float(count) && target.rounded() == target
    case .number: target.isFinite
    }
  }

  /// What targets have to be, in words that continue "expected".
  var expected: String {
    switch self {
    case .classes(let count): "labels in 0..<\(count) of at least two classes"
    case .number: "finite numbers"
    }
  }

  /// Whether there is something to learn: two classes or more, or numbers.
  var isOfEnough: Bool {
    if case .classes(let count) = self { count >= 2 } else { true }
  }
}
