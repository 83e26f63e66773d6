/// A measure of how hard an example is to learn, or to explain.
///
/// Hard is not wrong. A mislabelled image is hard, and so is a rare, odd or borderline one whose label is right; among the
/// few images of a rare class the second kind is the common one. So these numbers say what to look at, and never which
/// label is wrong.
///
/// | measure | of an example | hard is | is made of |
/// |---|---|---|---|
/// | `aum` | mean over training of z_y − max_{c ≠ y} z_c | low | records |
/// | `el2n` | mean over the first epochs of ‖softmax(z) − ȳ‖₂ | high | records |
/// | `grand` | mean over the first epochs of ‖∂ℓ/∂θ‖₂, θ the last layer | high | records |
/// | `forgetting` | how often it went from right to wrong; above all others where it was never right | high | records |
/// | `pvi` | log₂ p(y\|x) − log₂ p_∅(y), p_∅ the share of the class | low | probabilities out of sample |
/// | `vog` | mean over the inputs of the deviation of ∂p_y/∂x over checkpoints | high | kept checkpoints |
/// | `tracin` | Σ η ‖∂ℓ/∂θ‖² over checkpoints or steps, θ the last layer | high | kept checkpoints, or records |
///
/// Departs from the papers: GraNd's and TracIn's gradients are those of the last layer, not of all weights; the prior p_∅ of
/// PVI is the share of the class among the examples, and not a model that is shown nothing.
///
/// TracIn is not the same number by its two sources: of records it sums each recorded step, with the gradient of the loss
/// that the method trained with, at the augmented image; of kept checkpoints it sums one term an epoch, with the gradient of
/// plain cross-entropy, at the image as it is judged. Ranks may be compared, values may not.
///
/// Sources: Pleiss et al., "Identifying Mislabeled Data using the Area Under the Margin Ranking", NeurIPS 2020; Paul, Ganguli,
/// Dziugaite, "Deep Learning on a Data Diet", NeurIPS 2021 (EL2N, GraNd); Toneva et al., "An Empirical Study of Example
/// Forgetting during Deep Neural Network Learning", ICLR 2019; Ethayarajh, Choi, Swayamdipta, "Understanding Dataset
/// Difficulty with V-Usable Information", ICML 2022 (PVI); Agarwal, D'souza, Hooker, "Estimating Example Difficulty using
/// Variance of Gradients", CVPR 2022; Pruthi et al., "Estimating Training Data Influence by Tracing Gradient Descent",
/// NeurIPS 2020 (TracIn).
public enum HardMeasure: String, Codable, Sendable, CaseIterable {
  /// Area under the margin.
  case aum
  /// Norm of the error, early.
  case el2n
  /// Norm of the last layer's gradient, early.
  case grand
  /// Steps from right to wrong.
  case forgetting
  /// Pointwise usable information, in bits.
  case pvi
  /// Variance of gradients.
  case vog
  /// Influence on itself.
  case tracin

  /// Whether small values are of hard examples.
  public var isHardWhenLow: Bool { self == .aum || self == .pvi }
}
