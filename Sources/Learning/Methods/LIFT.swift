import Losses
public import Networks
public import Plans
public import Sampling

/// Lightweight fine-tuning: frozen weights with narrow adapters, a cosine head that begins as the class means of the
/// pretrained features, logit adjustment, and five crops of every image that is judged.
///
/// Defaults are those of the published code: s = 25, τ = 1, images 24 pixels longer than a crop of 224; it trains by SGD
/// at .01 with momentum .9 and weight decay 5e-4, batches of 128, for 10 epochs (20 on iNaturalist), which are the run's
/// options here. Departs from the code: the head begins as class means with every network, where the code takes text
/// features with CLIP; crops are those of the square that evaluation sees at the larger size.
public struct LIFT: Method, Equatable {
  /// Name on the command line.
  public static let name = "lift"
  /// One line for lists of methods.
  public static let summary =
    "frozen weights with narrow adapters, a cosine head of class means, adjusted logits"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Shi, Wei, Zhou, Shao, Han, Li",
    title: "Long-Tail Learning with Foundation Model: Heavy Fine-Tuning Hurts", venue: "ICML 2024",
    link: "https://arxiv.org/abs/2309.10019")
  /// When to use it, and what is known of it.
  public static let guide = Guide(
    .transfer,
    use:
      "Few images, and weights of a large transformer (ViT, DINOv2, DINOv3, CLIP, SigLIP) to begin from.",
    avoid:
      "Without pretrained weights, or on networks without transformer blocks, where it is refused.",
    claim:
      "77.8 to 78.3 % on ImageNet-LT and 51.8 % on Places-LT with a ViT-B/16 of CLIP, "
      + "second-hand numbers.",
    settings: [
      "rank":
        "r of the adapters, a whole number from 0; 0 is the paper's, the largest power of two up to"
        + " classes / (2 blocks), at least 1",
      "scale": "s of the cosine head, above 0",
      "tau": "τ of the logit adjustment, at least 0; 0 is plain cross-entropy",
      "expand":
        "pixels that an image of 224 is longer than the five crops that judge it, at least 0;"
        + " in proportion at other sizes, and 0 judges the whole image once",
    ])

  /// r, a whole number from 0; 0 is the paper's, by the numbers of classes and blocks.
  public var rank = 0.0
  /// s, above 0.
  public var scale = 25.0
  /// τ, at least 0.
  public var tau = 1.0
  /// Pixels over 224, at least 0.
  public var expand = 24.0

  /// The published values.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    let isRank = Int(exactly: rank).map { (0...4096).contains($0) } ?? false
    return [
      isRank
        ? nil : .init(name: "rank", value: rank, expected: "a whole number from 0 to 4096"),
      .unlessPositive("scale", scale), .unlessNonNegative("tau", tau),
      .unlessNonNegative("expand", expand),
    ].compactMap(\.self)
  }

  /// A cosine head.
  public var network: NetworkForm { NetworkForm(head: .cosine(scale: scale)) }

  /// AdaptFormer.
  public var tuning: Tuning? {
    .adapter(Adapter(.adaptFormer, rank: rank == 0 ? nil : Int(rank)))
  }

  /// `expand` over 224.
  public var cropMargin: Double { expand / 224 }

  /// One stage, which begins with a head of class means.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    var stage = Stage(Supervised(AdjustedCrossEntropy.balancedSoftmax(classes, tau: tau)))
    stage.opening = [NearestClassMean(scale: scale, hasUnitLength: true)]
    return [stage]
  }
}
