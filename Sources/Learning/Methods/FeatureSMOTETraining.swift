import Losses
public import Plans
public import Sampling

/// SMOTE among features: plain training, then a new last layer on balanced classes, whose rare rows are moved towards their
/// nearest neighbours of the same class.
///
/// Departs from the paper: it makes rows of a table once and keeps them; these are made anew in each step, among the features
/// of a network that was trained on the images as they come; of a class of more than `bank` images the neighbours are
/// sought among so many, drawn once, so that neither a step nor a checkpoint grows with the training set.
public struct FeatureSMOTETraining: Method, Equatable {
  /// Name on the command line.
  public static let name = "smote-features"
  /// One line for lists of methods.
  public static let summary =
    "plain training, then a last layer on features made between neighbours"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Chawla, Bowyer, Hall, Kegelmeyer",
    title: "SMOTE: Synthetic Minority Over-sampling Technique", venue: "JAIR 2002",
    link: "https://arxiv.org/abs/1106.1813")
  /// When to use it.
  public static let guide = Guide(
    .decoupled,
    use: "Good features, and classes of a handful to some dozens of images.",
    avoid:
      "Classes of one image, which have no neighbour; so many classes that `bank` features of each do not fit in memory.",
    claim:
      "Of tables, that rare classes gain over copies of their rows; of features of networks nothing is claimed here.",
    settings: [
      "neighbours": "k, how many nearest rows of the class one is drawn of, a whole number from 1",
      "bank":
        "images of a class among which neighbours are sought, a whole number from 2; each checkpoint holds their features",
      "share": "part of the run that the second stage takes, above 0 and below 1",
      "rate": "learning rate of the second stage over that of the first, above 0",
    ])

  /// k, at least 1.
  public var neighbours = 5
  /// Images of a class among which neighbours are sought, at least 2.
  public var bank = 128
  /// Part of the run that the second stage takes, above 0 and below 1.
  public var share = 0.1
  /// Learning rate of the second stage over that of the first; above 0.
  public var rate = 1.0

  /// The published values.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessPositive("neighbours", Double(neighbours)),
      .unlessWithin(2...1_000_000, "bank", Double(bank)), .unlessProperFraction("share", share),
      .unlessPositive("rate", rate),
    ].compactMap(\.self)
  }

  /// Two stages.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    var second = Stage(
      FeatureSMOTE(CrossEntropy(), classes: classes, neighbours: neighbours, bank: bank),
      samplers: [ClassBalancedSampler()], fraction: share)
    second.opening = [NewHead()]
    second.trains = .heads
    second.rate = .restarts(factor: rate)
    return [Stage(Supervised(), fraction: 1 - share), second]
  }
}
