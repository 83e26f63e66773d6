public import Plans
public import Sampling

/// The class whose mean training feature is nearest by cosine, of the network as it is.
///
/// `ncm` trains first; this does not. Departs from the paper: similarity is the cosine, and `scale` makes probabilities of
/// it; decisions do not depend on it.
public struct ClassMeans: Method, Equatable {
  /// Name on the command line.
  public static let name = "class-mean"
  /// One line for lists of methods.
  public static let summary = "frozen features, the class whose mean is nearest by cosine"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Mensink, Verbeek, Perronnin, Csurka",
    title: "Distance-Based Image Classification: Generalizing to New Classes at Near-Zero Cost",
    venue: "IEEE Transactions on Pattern Analysis and Machine Intelligence 2013",
    link: "https://doi.org/10.1109/TPAMI.2013.83")
  /// When to use it, and what is known of it.
  public static let guide = Guide(
    .decoupled,
    use: "With a handful of images a class: one mean each, and every class counts the same.",
    avoid: "Where classes have several looks: one mean stands for all of them.",
    claim: "A class can be added by its mean alone.",
    settings: ["scale": "what cosines are multiplied with to make logits, above 0"])

  /// What cosines are multiplied with to make logits; above 0.
  public var scale = 16.0

  /// Sixteen.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [.unlessPositive("scale", scale)].compactMap(\.self)
  }

  /// Directions count, so rows are taken as they are.
  public var standardizesRows: Bool { false }

  /// One stage without a step.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(fitting: NearestClassMean(scale: scale))]
  }
}
