public import Batches
public import Losses
import Networks
public import Sampling
public import Torch

/// FixMatch: what the network is sure of in a weak view of an unlabelled image is the label of a strong view of it.
///
/// ```text
/// ℓ = ℓ_s + λ · 1/N_u Σ_u 1(max p_w ≥ τ) · CE(z_s, argmax p_w),   p_w = softmax(z_w) without gradient
/// ```
///
/// Labelled, weak and strong rows go through the network together, as in the authors' code, so that batch statistics are
/// those of all. With a debiasing λ ln q̂ of what was said before is taken off z_w, and λ ln q̂ of what is said now is added
/// to z_s: classes that are said less must lead by more. Source: Sohn et al., "FixMatch: Simplifying Semi-Supervised Learning with Consistency and
/// Confidence", NeurIPS 2020.
public struct PseudoLabelling: SemiSupervised {
  /// ℓ_s, of the labelled rows.
  public var supervised: Supervised
  /// τ, how sure the network must be, in `0...1`.
  public var threshold: Double
  /// λ, at least 0.
  public var weight: Double
  /// What takes off the answers what is said on the whole; `nil` is without.
  public var debiasing: Debiasing?

  /// How the unlabelled rows are augmented: weak, strong.
  public static let views: [View] = [.standard, .strong]

  /// - Parameters:
  ///   - supervised: ℓ_s, of the labelled rows.
  ///   - threshold: τ, how sure the network must be, in `0...1`.
  ///   - weight: λ, at least 0.
  ///   - debiasing: what takes off the answers what is said on the whole; `nil` is without.
  public init(
    _ supervised: Supervised = Supervised(), threshold: Double = 0.95, weight: Double = 1,
    debiasing: Debiasing? = nil
  ) {
    (self.supervised, self.threshold, self.weight) = (supervised, threshold, weight)
    self.debiasing = debiasing
  }

  /// The loss's, and the debiasing's under `debiasing`.
  public func memory(for classes: ClassCounts) -> Memory {
    var memory = supervised.memory(for: classes)
    if let debiasing { memory.set("debiasing", debiasing.memory(for: classes)) }
    return memory
  }

  /// `loss` of the labelled rows, `[N]`, and `unlabelled` of the others; the batch that it reports
  /// is the labelled one.
  ///
  /// - Precondition: a labelled batch of each stream, then a weak and a strong one of the same
  ///   unlabelled rows.
  public func terms(
    _ batches: [Batch], through model: any Pass, at moment: Moment,
    remembering memory: inout Memory
  ) -> Terms {
    let (labelled, unlabelled) = parts(batches, at: moment)
    let (weak, strong) = (unlabelled[0], unlabelled[1])
    let logits = model(
      .concatenated([labelled.inputs, weak.inputs, strong.inputs])
    ).logits
    func part(_ start: Int, _ length: Int) -> Tensor {
      logits.narrowed(dim: 0, start: start, length: length)
    }
    let own = supervised.values(part(0, labelled.count), labelled.target, at: moment, &memory)
    var (weakLogits, strongLogits) = (
      part(labelled.count, weak.count), part(labelled.count + weak.count, strong.count)
    )
    if let debiasing {
      let before = memory.part("debiasing")
      let after = debiasing.updated(before, by: weakLogits)
      memory.set("debiasing", after)
      weakLogits = weakLogits.to(.float64) - debiasing.bias(before)
      let wide = strongLogits.dtype == .float64 ? strongLogits : strongLogits.to(.float32)
      strongLogits = wide + debiasing.bias(after).to(wide.dtype)
    }
    let rows = values(weak: weakLogits, strong: strongLogits)
    return Terms(
      [Terms.Term("loss", own), Terms.Term("unlabelled", rows, isOfBatch: false)], of: labelled)
  }

  /// λ · 1(max p_w ≥ τ) · CE(z_s, argmax p_w) of each row; all rows count in the denominator.
  ///
  /// - Parameters:
  ///   - weak: z_w, `[N, C]`.
  ///   - strong: z_s, `[N, C]`.
  public func values(weak: Tensor, strong: Tensor) -> RowValues {
    let (sure, labels) = withoutGradients {
      let p = weak.detached().to(.float64).softmax(dim: 1)
      return (
        p.amax(dims: [1]).less(than: threshold).logicalNot(),
        p.argmax(dim: 1).oneHot(classes: weak.shape[1])
      )
    }
    let strong = strong.dtype == .float64 ? strong : strong.to(.float32)
    let entropy = -(labels.to(strong.dtype) * strong.logSoftmax(dim: 1)).sum(dims: [1])
    return RowValues(entropy * sure.to(strong.dtype) * weight, denominator: Double(weak.shape[0]))
  }
}
