import Losses
public import Plans
public import Sampling

/// Cross-entropy in which rare classes are pushed down less by common ones, as far as they are not mistaken for
/// them.
///
/// Departs from the paper: written for detection; the objectness branch has no place here. Counts are those
/// of the labels drawn so far, as in the paper.
public struct SeesawTraining: Method, Equatable {
  /// Name on the command line.
  public static let name = "seesaw"
  /// One line for lists of methods.
  public static let summary = "common classes push rare ones down less, but where they are confused"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Wang, Zhang, Zang, Cao, Pang, Gong, Chen, Liu, Loy, Lin",
    title: "Seesaw Loss for Long-Tailed Instance Segmentation", venue: "CVPR 2021",
    link: "https://arxiv.org/abs/2008.10032")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .logitAdjustment,
    use:
      "Use it where there are many classes, or counts are not known before training: it counts for itself.",
    avoid: "Avoid it on a few well separated classes, where it has little to balance.",
    claim:
      "Wang et al. report it for instance segmentation (LVIS); no number on plain classification was "
      + "checked here.",
    settings: [
      "p": "power of the ratio of counts that spares rare classes, at least 0",
      "q":
        "power of the ratio of probabilities that brings penalties back where classes are confused, at "
        + "least 0",
    ])

  /// How far rarer classes are spared, at least 0.
  public var p = 0.8
  /// How far mistakes make up for it, at least 0.
  public var q = 2.0

  /// The published values.
  public init() {}

  /// Both must be at least 0.
  public var problems: [HyperparameterProblem] {
    [.unlessNonNegative("p", p), .unlessNonNegative("q", q)].compactMap(\.self)
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(Supervised(Seesaw(p: p, q: q)))]
  }
}
