public import Networks
public import Plans
public import Sampling

/// RIDE: experts over a shared trunk, each with margins and late weights for rare classes, that are rewarded for
/// answering unlike their mean; the more so, late in the run, about rare classes. The mean of their logits answers.
///
/// Departs from the paper: experts have their late stages at full width, where the paper's narrow them; the weights and
/// temperatures come in at a part of the run, `start`, that is the paper's epoch 160 of 200; the router is off unless asked
/// for.
///
/// On request a second part of the run trains a router (``Plans/ExpertRouting``) on the frozen network: it says of each row
/// after each expert whether another one is needed, and a model that has one runs no expert for a row that does not need it;
/// predictions then have a column `experts`. In the authors' code that takes 5 epochs beside 200, rows class by class and a
/// tenth of the learning rate, which are used here too. Without it every row has all experts.
///
/// Not there: distillation from six experts (T² KL of the mean answers at T = 1.5, beside the loss). A
/// ``Plans/Teacher`` follows the network that learns and has its form; there is none of another run and another form.
public struct RIDE: Method, DiverseExperts, Equatable {
  /// Name on the command line.
  public static let name = "ride"
  /// One line for lists of methods.
  public static let summary =
    "experts that differ, each with margins and late weights for rare classes"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Wang, Lian, Miao, Liu, Yu",
    title: "Long-tailed Recognition by Routing Diverse Distribution-Aware Experts",
    venue: "ICLR 2021", link: "https://arxiv.org/abs/2010.01809")

  /// Experts, 1 to 64.
  public var experts = 3
  /// λ of the diversity, at least 0.
  public var diversity = 0.2
  /// f, how far temperatures of classes follow their frequency, in `0..<1`.
  public var factor = 0.05
  /// Margin of the rarest class, of a cosine; at least 0; 0 is cross-entropy.
  public var margin = 0.5
  /// s, the scale of the cosine heads; above 0.
  public var scale = 30.0
  /// β of the effective number, in `0..<1`.
  public var beta = 0.9999
  /// Part of the run after which weights and temperatures come in, in `0...1`.
  public var start = 0.8
  /// Part of the run in which the router is trained, in `0..<1`; 0 is without one, the authors' is .025.
  public var router = 0.0
  /// How many times a row counts, in the router's loss, that needs another expert; above 0.
  public var caution = 100.0

  /// The published values, without the router.
  public init() {}

  /// When to use it.
  public static let guide = Guide(
    .ensemble,
    use:
      "Rare classes matter, common ones must not suffer, and a model may cost more than one network.",
    avoid:
      "Memory of the model is short, or time is (every image costs all experts, but with a router), or there are so few"
      + " images that experts differ by chance.",
    claim:
      "48.6 % on CIFAR-100-LT (100:1) with three experts and without distillation, where a "
      + "plain network has 39.1 %.",
    settings: expertSettings(
      with: [
        "router":
          "part of the run, at its end, that trains the router, from 0 to below 1; 0 is without, the authors' is 0.025",
        "caution":
          "how many times a row that needs another expert counts in the router's loss, above 0; more asks more experts",
      ]))

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    (expertProblems + [
      .unlessUnit("router", router, closed: false), .unlessPositive("caution", caution),
      router > 0 && experts < 2
        ? HyperparameterProblem(
          name: "router", value: router, expected: "0 where there is one expert") : nil,
    ]).compactMap(\.self)
  }

  /// Branches with late stages and cosine heads of their own; the mean of their logits answers.
  public var network: NetworkForm { NetworkForm(head: .cosine(scale: scale), branches: experts) }

  /// One stage, or the router's after it.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    let experts = differing(by: marginLoss(classes), classes)
    guard router > 0 else { return [Stage(experts)] }
    var second = Stage(
      ExpertRouting(caution: caution), samplers: [ClassBalancedSampler()], fraction: router)
    (second.trains, second.opening) = (.router, [NewRouter()])
    second.rate = .restarts(factor: 0.1)
    // The best on validation would be the one that asks most.
    second.chooses = .last
    return [Stage(experts, fraction: 1 - router), second]
  }
}
