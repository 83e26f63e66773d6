public import Networks
public import Plans
public import Sampling

/// RIDE: experts over a shared trunk, each with margins and late weights for rare classes, that are rewarded for
/// answering unlike their mean; the more so, late in the run, about rare classes. The mean of their logits answers.
///
/// Departs from the paper: experts have their late stages at full width, where the paper's narrow them; the weights and
/// temperatures come in at a part of the run, `start`, that is the paper's epoch 160 of 200; all experts see every image.
///
/// Not there: the router of the second stage. In the authors' code it is, for each expert but the last, a hidden layer of 16
/// on the expert's features at length 1, beside the 30 largest of the mean logits so far, and a linear layer on both; on a
/// frozen network it learns, by binary cross-entropy in which such rows count 100 times, whether the answer so far is wrong
/// and that of more experts right. A ``Networks/Readout`` is a value of the network's form: it sees logits, has no tensors
/// that could learn or be saved, and a network runs its branches on whole batches, all of them. So the router could leave
/// experts out of an answer, and would save no time, which is what it is for.
///
/// Not there either: distillation from six experts (T² KL of the mean answers at T = 1.5, beside the loss). A
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

  /// The published values.
  public init() {}

  /// When to use it.
  public static let guide = Guide(
    .ensemble,
    use:
      "Rare classes matter, common ones must not suffer, and a model may cost more than one network.",
    avoid:
      "Time or memory of the model is short (there is no router: every image costs all experts), or there are so few"
      + " images that experts differ by chance.",
    claim:
      "48.6 % on CIFAR-100-LT (100:1) with three experts and without distillation, where a "
      + "plain network has 39.1 %.",
    settings: expertSettings())

  /// Every value must be in its range.
  public var problems: [HyperparameterProblem] {
    expertProblems.compactMap(\.self)
  }

  /// Branches with late stages and cosine heads of their own; the mean of their logits answers.
  public var network: NetworkForm { NetworkForm(head: .cosine(scale: scale), branches: experts) }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty.
  public func stages(for classes: ClassCounts) -> [Stage] {
    [Stage(differing(by: marginLoss(classes), classes))]
  }
}
