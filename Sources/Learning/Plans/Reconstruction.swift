public import Batches
public import Losses
import Networks
import Requirements
import Torch

/// An autoencoder's objective: the network gives its input back, ℓ = 1 − SSIM(x, x̂).
///
/// Labels are not looked at: which images come is a matter of the sampler. No logit learns; what the errors say of
/// classes is fitted afterwards (``CalibratedErrors``).
///
/// Source: Bergmann, Löwe, Fauser, Sattlegger, Steger, "Improving Unsupervised Defect Segmentation by Applying
/// Structural Similarity to Autoencoders", VISAPP 2019.
public struct Reconstruction: Objective {
  /// Makes the objective.
  public init() {}

  /// One.
  public var streams: Int { 1 }
  /// All.
  public var expectedWeights: [Double] { [1] }
  /// They do not.
  public var learnsLogits: Bool { false }
  /// It does: likeness is of windows of pixels.
  public var needsPixels: Bool { true }

  /// One term, `reconstruction`, `[N]`.
  ///
  /// - Precondition: one batch; a network with a decoder.
  public func terms(
    _ batches: [Batch], through model: any Pass, at moment: Moment,
    remembering memory: inout Memory
  ) -> Terms {
    require(batches.count == 1, "Reconstruction: expected 1 batch, got \(batches.count)")
    let answer = model(batches[0].inputs).logits
    require(
      answer.rank == 4,
      "Reconstruction: expected a network that gives images, got outputs \(answer.shape)")
    let errors = DecoderHead.errors(of: answer, for: batches[0].pixels)
    return Terms([Terms.Term("reconstruction", RowValues(errors))], of: batches[0])
  }
}
