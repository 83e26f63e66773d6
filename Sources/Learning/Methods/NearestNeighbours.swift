public import Plans
public import Sampling

/// The k nearest training rows vote, by cosine of the features of the network as it is.
///
/// Departs from the papers: one further vote is shared by all classes, so that no probability is 0; see
/// ``Networks/NeighbourHead``.
public struct NearestNeighbours: Method, Equatable {
  /// Name on the command line.
  public static let name = "knn"
  /// One line for lists of methods.
  public static let summary = "frozen features, votes of the nearest training rows by cosine"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Caron, Touvron, Misra, Jégou, Mairal, Bojanowski, Joulin",
    title: "Emerging Properties in Self-Supervised Vision Transformers", venue: "ICCV 2021",
    link: "https://arxiv.org/abs/2104.14294")
  /// When to use it, and what is known of it.
  public static let guide = Guide(
    .plain,
    use:
      "To see in a second what features are worth, and where examples that a prediction rests on help.",
    avoid: "Where the training rows may not leave the house: the model holds their features.",
    claim:
      "None about imbalance; a common class has more rows to be near, which balanced sets right.",
    settings: [
      "k": "neighbours, a whole number from 1; all training rows vote where there are fewer",
      "temperature": "T of the votes e^(s/T), above 0",
      "balanced": "whether the votes of a class are divided by its training rows",
    ])

  /// k, at least 1.
  public var k = 20.0
  /// T, above 0.
  public var temperature = 0.07
  /// Whether the votes of a class are divided by its training rows.
  public var balanced = false

  /// The published values.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      (1...1_000_000).contains(k) && k.rounded() == k
        ? nil
        : HyperparameterProblem(name: "k", value: k, expected: "a whole number from 1 to 1000000"),
      .unlessPositive("temperature", temperature),
    ].compactMap(\.self)
  }

  /// Directions count, so rows are taken as they are.
  public var standardizesRows: Bool { false }

  /// One stage without a step.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [
      Stage(
        fitting: NeighbourMemory(
          neighbours: Int(k), temperature: temperature, isBalanced: balanced))
    ]
  }
}
