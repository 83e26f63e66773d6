public import Batches
import Foundation
public import Losses
import Networks
import Requirements
import Torch

/// Mean teacher: the network agrees with the running average of itself on unlabelled images.
///
/// ```text
/// ℓ = ℓ_s + w r(t) · 1/N_u Σ_u 1/C ‖softmax(z) − softmax(z')‖²,   r(t) = exp(−5 (1 − min(t / T, 1))²)
/// ```
///
/// z is the network's answer to one view, z' the teacher's to another, with batch statistics but without gradient; t is
/// the part of the stage that is over. Source: Tarvainen and Valpola, "Mean teachers are better role models",
/// NeurIPS 2017.
public struct Consistency: SemiSupervised {
  /// ℓ_s, of the labelled rows.
  public var supervised: Supervised
  /// w, at least 0.
  public var weight: Double
  /// T, the part of the stage after which the weight is whole, in `0...1`.
  public var rampUp: Double

  /// How the unlabelled rows are augmented: for the network, for the teacher.
  public static let views: [View] = [.standard, .standard]

  /// - Parameters:
  ///   - supervised: ℓ_s, of the labelled rows.
  ///   - weight: w, at least 0.
  ///   - rampUp: T, the part of the stage after which the weight is whole, in `0...1`.
  public init(_ supervised: Supervised = Supervised(), weight: Double = 100, rampUp: Double = 0.25)
  {
    (self.supervised, self.weight, self.rampUp) = (supervised, weight, rampUp)
  }

  /// r(t), in `0...1`.
  ///
  /// - Parameter elapsed: t, in `0...1`.
  public func ramp(at elapsed: Double) -> Double {
    let part = rampUp > 0 ? min(elapsed / rampUp, 1) : 1
    return exp(-5 * (1 - part) * (1 - part))
  }

  /// `loss` of the labelled rows, `[N]`, and `consistency` of the unlabelled ones; the batch that
  /// it reports is the labelled one.
  ///
  /// - Precondition: a labelled batch of each stream, then two views of the same unlabelled rows; a
  ///   teacher.
  public func terms(
    _ batches: [Batch], through model: any Pass, at moment: Moment,
    remembering memory: inout Memory
  ) -> Terms {
    guard let teacher = model.teacher else {
      requirementFailed("Consistency: expected a stage with a teacher, got none")
    }
    let (labelled, unlabelled) = parts(batches, at: moment)
    let (own, other) = (unlabelled[0], unlabelled[1])
    let logits = model(.concatenated([labelled.inputs, own.inputs])).logits
    let rows = supervised.values(
      logits.narrowed(dim: 0, start: 0, length: labelled.count), labelled.target, at: moment,
      &memory)
    let said = logits.narrowed(dim: 0, start: labelled.count, length: own.count)
    let taught = teacher(other.inputs).logits.detached()
    let disagreement = Self.disagreement(said, taught) * (weight * ramp(at: moment.elapsed))
    return Terms(
      [
        Terms.Term("loss", rows),
        Terms.Term("consistency", RowValues(disagreement), isOfBatch: false),
      ], of: labelled)
  }

  /// 1/C ‖softmax(z) − softmax(z')‖² of each row, `[N]`, in float32 at least.
  static func disagreement(_ logits: Tensor, _ others: Tensor) -> Tensor {
    func probabilities(_ z: Tensor) -> Tensor {
      (z.dtype == .float64 ? z : z.to(.float32)).softmax(dim: 1)
    }
    return (probabilities(logits) - probabilities(others)).square().mean(dims: [1])
  }
}
