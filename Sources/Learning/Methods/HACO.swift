import Losses
public import Networks
public import Plans
public import Sampling

/// HACO's loss: sigmoid cross-entropy of many outputs with class-balanced weights of counts that blend each output's own with those
/// of all, more of its own as training goes on.
///
/// A row of one class is one label that is there and all others that are not; probabilities are then σ(z_c) / Σ σ(z).
///
/// With `bins` above 0 images are drawn as in the paper, which has 5: by bins of difficulty, each equally often
/// (`DifficultySampler`).
///
/// Departs from the paper: images are drawn as they come unless `bins` says otherwise; of its terms the smoothness on a mesh and the
/// coarser levels are left out (`HACOLoss`).
public struct HACO: Method, Equatable {
  /// Name on the command line.
  public static let name = "haco"
  /// One line for lists of methods.
  public static let summary = "each label weighted by counts of its own and of all labels together"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Jung, Lee",
    title: "Learning Dense Hand Contact Estimation from Imbalanced Data",
    venue: "NeurIPS 2025", link: "https://arxiv.org/abs/2505.11152")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .otherTargets,
    use: "Use it for many labels an image, most of which are seldom there and some far seldomer.",
    avoid:
      "Where rare labels are predicted too often already: it predicts them more often still, and with bins on top of its weights once more.",
    claim: "Its numbers, on hands in contact with objects, were not checked and are not repeated.",
    settings: [
      "absent": "a, the weight of what is said where nothing is, at least 0",
      "beta": "β of the effective number, at least 0 and below 1; 0 weighs all alike",
      "bins":
        "B, bins of how many seldom labels an image has, drawn equally often, from 0 to 1000; 0 draws images as they come, the paper has 5",
      "blend": "v, how much a label's own counts weigh at the end of training, from 0 to 1",
      "map": "b, the weight of the distance from the mean of the label, at least 0",
    ])

  /// a, at least 0.
  public var absent = 0.5
  /// β, in `0..<1`.
  public var beta = 0.9999
  /// B, a whole number in `0...1000`; 0 draws images as they come.
  public var bins = 0
  /// v, in `0...1`.
  public var blend = 0.3
  /// b, at least 0.
  public var map = 0.1

  /// The authors' values, on images as they come.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessNonNegative("absent", absent), .unlessUnit("beta", beta, closed: false),
      .unlessUnit("blend", blend, closed: true), .unlessNonNegative("map", map),
      .unlessWithin(0...1000, "bins", Double(bins)),
    ].compactMap(\.self)
  }

  /// Decodes one class against the rest.
  public var network: NetworkForm { NetworkForm(decoding: .sigmoid) }

  /// Of several labels, as the paper has it.
  public func stages(for table: LabelTable) -> [Stage]? {
    [
      .ofLabels(
        HACOLoss(table, settings), bins > 0 ? DifficultySampler(bins: bins) : UniformSampler())
    ]
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty; two classes or more.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [
      Stage(
        Supervised(HACOLoss(classes, settings)),
        samplers: [bins > 0 ? DifficultySampler(bins: bins) : UniformSampler()])
    ]
  }

  private var settings: HACOLoss.Settings {
    var settings = HACOLoss.Settings()
    (settings.absent, settings.beta) = (absent, beta)
    (settings.blend, settings.map) = (blend, map)
    return settings
  }
}
