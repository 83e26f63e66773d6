import Losses
public import Plans
public import Sampling

/// Empirical risk minimisation: the mean cross-entropy of the examples as they come; what every
/// other method is measured against.
///
/// Departs from the paper: the paper is about any loss; label smoothing ε (Szegedy et al. 2016) is
/// ours to offer, and off.
public struct ERM: Method, Equatable {
  /// Name on the command line.
  public static let name = "erm"
  /// One line for lists of methods.
  public static let summary = "cross-entropy on the data as it comes"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Vapnik", title: "Principles of Risk Minimization for Learning Theory",
    venue: "NIPS 1991",
    link: "https://proceedings.neurips.cc/paper/1991/hash/"
      + "ff4d5fbbafdf976cfdc032e3bde78de5-Abstract.html")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .plain,
    use: "Train it first: every other method is judged beside it.",
    avoid: "Rare classes are often never predicted where the imbalance is 100:1 or more.",
    claim:
      "It minimises the mean loss of the training set; the survey of long-tailed learning has it at 45.5 % "
      + "on ImageNet-LT (ResNeXt-50, 90 epochs), with 12.6 % for rare classes after 200.",
    settings: [
      "smoothing": "part of the label that is spread over all classes, at least 0 and below 1"
    ])

  /// Part ε of every label that is spread over all the classes, in `0..<1`.
  public var smoothing = 0.0

  /// No smoothing.
  public init() {}

  /// `smoothing` must be in `0..<1`.
  public var problems: [HyperparameterProblem] {
    (0..<1).contains(smoothing)
      ? [] : [.init(name: "smoothing", value: smoothing, expected: "at least 0 and below 1")]
  }

  /// Of several labels: the mean sigmoid cross-entropy of the entries that are known; `smoothing` is of classes.
  public func stages(for table: LabelTable) -> [Stage]? {
    [.ofLabels(SigmoidCrossEntropy())]
  }

  /// Of numbers: the mean squared error.
  public func stages(for table: NumberTable) -> [Stage]? { [.ofNumbers()] }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(CrossEntropy(smoothing: smoothing)))]
  }
}
