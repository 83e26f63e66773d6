/// One number about a set of predictions, by the name it has in `metrics-*.json`.
///
/// Names are scikit-learn's, values fractions, never percents. To add one: a line in a group below;
/// the report, its JSON and the golden tests go through `catalogue`.
public struct Metric: Sendable {
  /// Key in the report, for example `f1_macro`.
  public let name: String
  /// What it is, in a few words.
  public let summary: String
  /// Whether a larger value is a better one.
  public let higherIsBetter: Bool
  let average: @Sendable (MetricInputs) -> Average
  private let chance: @Sendable (MetricInputs) -> Double?

  init(
    _ name: String, _ summary: String, higherIsBetter: Bool = true,
    noSkill: @escaping @Sendable (MetricInputs) -> Double? = { _ in nil },
    average: @escaping @Sendable (MetricInputs) -> Average
  ) {
    self.name = name
    self.summary = summary
    self.higherIsBetter = higherIsBetter
    chance = noSkill
    self.average = average
  }

  /// The value of a model that knows only how frequent the classes are; `nil` where the metric is
  /// undefined, or where there is no one such value.
  public func noSkill(_ inputs: MetricInputs) -> Double? {
    self(inputs).value == nil ? nil : chance(inputs)
  }

  /// Its value, and how many classes that is a mean of.
  public func callAsFunction(_ inputs: MetricInputs) -> Average { average(inputs) }

  /// Every metric of a report, in the order in which they are shown.
  public static let catalogue: [Metric] = agreement + means + probabilities + shots

  /// Names of the metrics that are made of scores, and undefined where only decisions are known.
  public static let needingScores = Set(probabilities.map(\.name))

  /// Names of the metrics that are, of two classes, those of the positive one.
  public static let ofPositive: Set<String> = ["roc_auc_ovr", "roc_auc_ovo", "average_precision"]

  /// Names of the metrics that take the order of the classes for one of grades, and are undefined where it is none.
  public static let ofOrder: Set<String> = [
    "cohen_kappa_linear", "cohen_kappa_quadratic", "kendall_tau",
  ]

  /// Where the values of a metric, or of one of a class, lie; `nil` where it has no upper end.
  package static func range(of name: String) -> ClosedRange<Double>? {
    switch name {
    case "mcc", "kendall_tau", "cohen_kappa", "cohen_kappa_linear", "cohen_kappa_quadratic": -1...1
    case "brier": 0...2
    case "log_loss": nil
    default: 0...1
    }
  }

  /// The metric of a name, or `nil`.
  public static func named(_ name: String) -> Metric? { catalogue.first { $0.name == name } }

  static let agreement: [Metric] = [
    Metric("accuracy", "part decided rightly") { Average(plain: $0.confusion.accuracy) },
    Metric(
      "balanced_accuracy", "mean recall over classes in the truth", noSkill: { $0.chanceOfRecall }
    ) {
      Average(macro: $0.confusion.recall)
    },
    Metric("g_mean", "geometric mean of recall; 0 as soon as a class has recall 0") {
      Average(geometric: $0.confusion.recall)
    },
    Metric("mcc", "Matthews' correlation coefficient", noSkill: { _ in 0 }) {
      Average(plain: $0.confusion.matthewsCorrelation)
    },
    Metric("cohen_kappa", "agreement beyond chance", noSkill: { _ in 0 }) {
      Average(plain: $0.confusion.cohenKappa())
    },
    Metric(
      "cohen_kappa_linear", "agreement beyond chance of ordered classes, by distance",
      noSkill: { _ in 0 }
    ) {
      Average(plain: $0.ofOrder { $0.cohenKappa(.linear) })
    },
    Metric(
      "cohen_kappa_quadratic", "agreement beyond chance of ordered classes", noSkill: { _ in 0 }
    ) {
      Average(plain: $0.ofOrder { $0.cohenKappa(.quadratic) })
    },
    Metric("kendall_tau", "rank correlation (tau-b) of ordered classes", noSkill: { _ in 0 }) {
      Average(plain: $0.ofOrder(\.kendallTau))
    },
  ]

  static let means: [Metric] = [
    Metric("f1_macro", "mean F1 over classes in truth or prediction") {
      Average(macro: $0.confusion.f1)
    },
    Metric("f1_weighted", "mean F1 weighted by support") {
      Average(weighted: $0.confusion.f1, by: $0.confusion.support)
    },
    Metric("precision_macro", "mean precision over predicted classes") {
      Average(macro: $0.confusion.precision)
    },
    Metric("precision_weighted", "mean precision weighted by support") {
      Average(weighted: $0.confusion.precision, by: $0.confusion.support)
    },
    Metric("recall_macro", "mean recall over classes in the truth") {
      Average(macro: $0.confusion.recall)
    },
    Metric("recall_weighted", "mean recall weighted by support") {
      Average(weighted: $0.confusion.recall, by: $0.confusion.support)
    },
    Metric("specificity_macro", "mean specificity") { Average(macro: $0.confusion.specificity) },
  ]

  static let probabilities: [Metric] = [
    Metric("roc_auc_ovr", "mean one-versus-rest area under the ROC curve", noSkill: { _ in 0.5 }) {
      // Two classes have one curve, that of the positive one.
      Average(macro: $0.ofCurves($0.rocAUC))
    },
    Metric(
      "roc_auc_ovo", "mean area under the ROC curve over pairs of classes", noSkill: { _ in 0.5 }
    ) {
      $0.classes == 2 ? Average(macro: $0.ofCurves($0.rocAUC)) : $0.rocAUCOverPairs
    },
    Metric(
      "average_precision", "mean area under the precision-recall curve",
      noSkill: { $0.meanPrevalence }
    ) {
      Average(macro: $0.ofCurves($0.averagePrecision))
    },
    Metric("log_loss", "mean cross-entropy, in nats", higherIsBetter: false) {
      Average(plain: $0.logLoss)
    },
    Metric("brier", "mean squared distance from the truth, 0 to 2", higherIsBetter: false) {
      Average(plain: $0.brier)
    },
    Metric("ece", "calibration error of the most probable class, 15 bins", higherIsBetter: false) {
      Average(plain: $0.calibrationError)
    },
    Metric("ece_classwise", "mean calibration error of each class", higherIsBetter: false) {
      Average(macro: $0.classCalibrationError)
    },
    Metric("top_3_accuracy", "part whose true class is among the 3 most probable") {
      Average(plain: $0.ranks.accuracy(top: 3))
    },
    Metric("top_5_accuracy", "part whose true class is among the 5 most probable") {
      Average(plain: $0.ranks.accuracy(top: 5))
    },
  ]

  static let shots: [Metric] = [
    Metric("recall_many", "mean recall of classes with many training examples") {
      $0.recall(.many)
    },
    Metric("recall_medium", "mean recall of classes with a medium number") { $0.recall(.medium) },
    Metric("recall_few", "mean recall of classes with few training examples") { $0.recall(.few) },
  ]
}
