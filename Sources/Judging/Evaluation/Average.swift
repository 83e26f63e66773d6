import Requirements

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A mean over classes, with the number of classes that it is a mean of.
///
/// # Absent and undefined classes
///
/// One rule holds for every metric here. A value whose denominator is 0 (the recall of a class with no
/// true example, the precision of a class never predicted, the AUROC of a class with no positive or no
/// negative) is *undefined*: `nil` here, `null` in JSON, left out of every mean, and never
/// counted as 0. Each mean states how many classes it is over (`n_classes_averaged`).
///
/// What follows for the usual means, by the class sets they run over:
///
/// - `f1_macro`: classes in truth ∪ prediction. A class predicted but never true has F1 = 0, and counts.
/// - `balanced_accuracy`, `recall_macro`: classes in the truth; the two are the same number.
/// - `g_mean`: classes in the truth. imbalanced-learn also takes a class predicted but never true, as 0;
///   here such a class costs the precision of its own row, not the recall of others.
/// - `precision_macro`: classes that were predicted at least once.
/// - `roc_auc_ovr`: classes with both positives and negatives.
/// - `roc_auc_ovo`: pairs of classes that both occur; the count is that of the classes.
/// - `average_precision`: classes with positives (scikit-learn warns and counts 0 without them).
/// - `ece_classwise`: all classes, as the error of a class needs examples, not positives.
///
/// Two classes have one curve, of the positive class, in `roc_auc_ovr`, `roc_auc_ovo` and
/// `average_precision`: scikit-learn's number with that class as `pos_label` (see ``PositiveClass``); the
/// rows of the report have both.
///
/// What is not a mean follows the same rule: kappa is undefined where truth and prediction are one and
/// the same class throughout (scikit-learn: NaN), Kendall's tau where either is constant (SciPy: NaN),
/// and every metric without examples. The one exception is Matthews' correlation, 0 where truth or
/// prediction is constant, which is scikit-learn's definition and not its fallback.
///
/// These are scikit-learn's numbers with `zero_division=np.nan`. Where scikit-learn is
/// defined, they are its defaults too; where it warns and counts a 0 (the precision of a class never
/// predicted) they differ from its defaults, and `n_classes_averaged` shows it.
public struct Average: Sendable, Equatable {
  /// The mean, or `nil` where no class defines it.
  public let value: Double?
  /// Number of classes in the mean; `nil` for a quantity that is not a mean over classes.
  public let classesAveraged: Int?

  /// A quantity that is not a mean over classes.
  ///
  /// - Parameter value: The quantity, or `nil` where it is undefined.
  public init(plain value: Double?) {
    self.value = value
    classesAveraged = nil
  }

  /// The plain mean over the classes that define `values`.
  ///
  /// - Parameter values: One value for each class, `[C]`; `nil` where undefined.
  public init(macro values: [Double?]) {
    self.init(weighted: values, by: [Int](repeating: 1, count: values.count))
  }

  /// The geometric mean over the classes that define `values`; 0 as soon as one of them is 0.
  ///
  /// - Parameter values: One value for each class, `[C]`, at least 0; `nil` where undefined.
  public init(geometric values: [Double?]) {
    let defined = values.compactMap(\.self)
    var logarithms = ExactSum.zero
    for value in defined where value > 0 { logarithms.add(log(value)) }
    let mean = defined.contains { $0 <= 0 } ? 0 : exp(logarithms.value / Double(defined.count))
    self.init(value: defined.isEmpty ? nil : mean, classesAveraged: defined.count)
  }

  init(value: Double?, classesAveraged: Int?) {
    self.value = value
    self.classesAveraged = classesAveraged
  }

  /// The mean over the classes that define `values`, weighted by support.
  ///
  /// - Parameters:
  ///   - values: One value for each class, `[C]`; `nil` where undefined.
  ///   - support: Weight of each class, `[C]`, at least 0; a class of weight 0 is not counted.
  /// - Precondition: `values` and `support` have the same length.
  public init(weighted values: [Double?], by support: [Int]) {
    require(
      values.count == support.count,
      "Average: expected \(values.count) weights, got \(support.count)")
    var (sum, weight, classes) = (ExactSum.zero, 0, 0)
    for case (let value?, let count) in zip(values, support) where count > 0 {
      sum.add(value * Double(count))
      weight += count
      classes += 1
    }
    value = weight == 0 ? nil : sum.value / Double(weight)
    classesAveraged = classes
  }
}
