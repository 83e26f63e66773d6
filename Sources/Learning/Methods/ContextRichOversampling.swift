import Losses
import Mixing
public import Plans
public import Sampling

/// Context-rich minority oversampling: a rectangle of an image of a rare class, drawn by the inverse of its size, pasted
/// on an image as the data come, labels by area.
///
/// Departs from the authors' code: nothing is mixed in the first and last 1.5 % of the run, which are its 3 epochs of 200.
/// As there, `power` is that of the weight n^−r of a row; 1 draws every class equally often.
public struct ContextRichOversampling: Method, Equatable {
  /// Name on the command line.
  public static let name = "cmo"
  /// One line for lists of methods.
  public static let summary = "rare objects pasted before the backgrounds of common ones"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Park, Hong, Heo, Yun, Choi",
    title: "The Majority Can Help the Minority: Context-rich Minority Oversampling for Long-tailed "
      + "Classification",
    venue: "CVPR 2022", link: "https://arxiv.org/abs/2112.00412")
  /// When to use it.
  public static let guide = Guide(
    .augmentation,
    use:
      "Images of objects before backgrounds that say little of the class, with classes of a few images.",
    avoid:
      "Rows of numbers and series; images whose background is the evidence, such as textures and whole-field scans.",
    claim: "With balanced softmax 52.3 % on ImageNet-LT with a ResNet-50, 58.0 % after 400 epochs.",
    settings: [
      "alpha":
        "both parameters of the Beta distribution of the area of the background, above 0; 1 is even",
      "probability": "share of batches that are mixed, 0 to 1",
      "power":
        "r: foregrounds are drawn with a weight n^−r a row, at least 0; 1 every class equally often",
      "margin": "part of the run at either end in which nothing is mixed, 0 to below .5",
    ])

  /// Both parameters of the Beta distribution; above 0.
  public var alpha = 1.0
  /// Share of batches that are mixed, in `0...1`.
  public var probability = 0.5
  /// r, at least 0: foregrounds are drawn with a weight n^−r a row.
  public var power = 1.0
  /// Part of the run at either end in which nothing is mixed, at least 0 and below .5.
  public var margin = 0.015

  /// The published values.
  public init() {}

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    [
      .unlessPositive("alpha", alpha), .unlessUnit("probability", probability, closed: true),
      .unlessNonNegative("power", power),
      (0..<0.5).contains(margin)
        ? nil
        : HyperparameterProblem(
          name: "margin", value: margin, expected: "at least 0 and below 0.5"),
    ].compactMap(\.self)
  }

  /// One stage of two streams.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    let mixing = Sometimes(ContextPaste(alpha: alpha), probability: probability)
    return [
      Stage(
        Supervised(CrossEntropy(), mixing: mixing, window: margin...(1 - margin)),
        samplers: [UniformSampler(), PowerSampler(q: power)])
    ]
  }
}
