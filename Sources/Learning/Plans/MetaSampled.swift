public import Batches
import Foundation
public import Losses
import Networks
import Requirements
public import Sampling
public import Torch

/// A last layer that learns while the rates at which its classes are drawn are learnt too: the meta-sampler of Balanced
/// Meta-Softmax, of frozen features.
///
/// ```text
/// ρ_c = σ(ψ_c),   w_c = ρ_c / Σ_k π_k ρ_k                            each row counts w_y
/// θ' = θ − η ∇_θ 1/B Σ_i w_{y_i} ℓ_i(θ)                               a step of the last layer, as it would be
/// ψ ← Adam(ψ, ∇_ψ 1/M Σ_m CE(z_m(θ'), y_m))                          judged on a batch of balanced classes
/// ```
///
/// Then the last layer takes its step, with the rates from before. All ψ begin at 0: plain training with ℓ. The features are
/// frozen and the last layer is linear, so z_m(θ') is a function of ψ that is written out, z_m − η/B Σ_i w_{y_i} (f_m · f_i + 1)
/// ∂ℓ_i/∂z_i, and its gradient is exact: no gradient of a gradient is needed.
///
/// Source: Ren, Yu, Sheng, Ma, Zhao, Yi, Li, "Balanced Meta-Softmax for Long-Tailed Visual Recognition", NeurIPS 2020, and
/// its code. Departs from them: rates are weights of rows that are drawn as they come, where theirs draw each batch anew
/// (Gumbel's trick, with a straight-through gradient); the expected step is the same. The step that is judged is one of plain
/// gradient descent at a rate of its own, without the run's momentum and weight decay.
public struct MetaSampled: Objective {
  /// ℓ, how wrong the network is about each row.
  public var loss: any Loss
  /// Counts of the training set, π N.
  public let classes: ClassCounts
  /// η, rate of the step that is judged; at least 0. At 0 nothing is learnt of ψ.
  public let step: Double
  /// Rate of ψ, at least 0.
  public let rate: Double

  /// - Parameters:
  ///   - loss: ℓ, how wrong the network is about each row.
  ///   - classes: counts of the training set.
  ///   - step: η, rate of the step that is judged, at least 0.
  ///   - rate: of ψ, at least 0.
  /// - Precondition: both rates are finite and at least 0.
  public init(_ loss: any Loss, classes: ClassCounts, step: Double = 0.1, rate: Double = 0.01) {
    require(
      step >= 0 && rate >= 0 && step.isFinite && rate.isFinite,
      "MetaSampled: expected rates of at least 0, got \(step) and \(rate)")
    (self.loss, self.classes, self.step, self.rate) = (loss, classes, step, rate)
  }

  /// 2: rows to learn from, and balanced ones to judge by.
  public var streams: Int { 2 }

  /// The first: of the second nothing is learnt but the rates.
  public var expectedWeights: [Double] { [1, 0] }

  /// It does: the step that is judged is one of a linear layer.
  public var needsLinearHeads: Bool { true }

  /// ψ, `[C]`, under `rates`, and Adam's means of its gradient and of its square; then the loss's own under `loss`.
  public func memory(for classes: ClassCounts) -> Memory {
    let zeros = { Tensor.zeros([classes.count], dtype: .float64) }
    var memory = Memory([
      "rates": zeros(), "mean": zeros(), "square": zeros(),
      "steps": Tensor.zeros([1], dtype: .float64),
    ])
    memory.set("loss", loss.memory(for: classes))
    return memory
  }

  /// One term, `loss`, `[N]`, of the first batch.
  ///
  /// - Precondition: two batches of one class a row; one linear head on a trunk that does not
  ///   learn.
  public func terms(
    _ batches: [Batch], through model: any Pass, at moment: Moment,
    remembering memory: inout Memory
  ) -> Terms {
    require(
      batches.count == 2 && batches.allSatisfy { $0.target.terms.count == 1 },
      "MetaSampled: expected 2 batches of one class a row, got \(batches.count)")
    let (batch, judges) = (batches[0], batches[1])
    let features = batches.map { model.features($0.inputs, branches: nil, .learning) }
    require(
      features.allSatisfy { $0.count == 1 },
      "MetaSampled: expected 1 branch, got \(features[0].count)")
    let logits = model.answer(model.logits(of: features[0], .learning))
    var own = memory.part("loss")
    loss.observe(batch.target, remembering: &own)
    memory.set("loss", own)
    let state = LossState(at: moment, remembering: own, features: features[0])
    let rows = loss(logits, batch.target, state)
    let weights = withoutGradients {
      rowWeights(memory["rates"], batch.target.terms[0].labels).to(rows.values.dtype)
        .moved(to: rows.values.device)
    }
    let judged = withoutGradients { model.answer(model.logits(of: features[1], .learning)) }
    let gradient = self.gradient(
      at: memory["rates"], batch.target, of: logits, features[0][0],
      judged, judges.target, features[1][0], state)
    memory = updated(memory, along: gradient)
    return Terms(
      [Terms.Term("loss", RowValues(rows.values * weights, denominator: rows.denominator))],
      of: batch)
  }

  /// w of each row, `[B]`, float64: σ(ψ_y) over its mean in the data.
  ///
  /// - Parameters:
  ///   - rates: ψ, `[C]`.
  ///   - labels: class of each row.
  public func rowWeights(_ rates: Tensor, _ labels: [Int]) -> Tensor {
    let shares = Tensor(classes.priors, shape: [classes.count]).moved(to: rates.device)
    let weights = rates.sigmoid() / (rates.sigmoid() * shares).sum()
    let chosen = Tensor(labels.map(Int64.init), shape: [labels.count]).moved(to: rates.device)
    return weights.indexSelect(dim: 0, chosen)
  }

  /// The gradient of the judgement at ψ, `[C]`, float64.
  private func gradient(
    at rates: Tensor, _ target: Target, of logits: Tensor, _ features: Tensor,
    _ judged: Tensor, _ judging: Target, _ judgingFeatures: Tensor, _ state: LossState
  ) -> Tensor {
    let slopes = withGradients {
      let z = logits.detached().to(.float64).requiringGrad()
      return loss(z, target, state).values.sum().gradient(at: z)
    }
    let (own, others) = withoutGradients {
      (features.detached().to(.float64), judgingFeatures.detached().to(.float64))
    }
    return withGradients {
      let ψ = rates.detached().requiringGrad()
      let weights = rowWeights(ψ, target.terms[0].labels)
      let reach = others.matmul(own.transposed(0, 1)) + 1
      let moved =
        judged.detached().to(.float64)
        - reach.matmul(slopes * weights.unsqueezed(1)) * (step / Double(target.count))
      return CrossEntropy()(moved, judging).mean.gradient(at: ψ)
    }
  }

  /// ψ after a step of Adam, β = (.9, .999).
  private func updated(_ memory: Memory, along gradient: Tensor) -> Memory {
    withoutGradients {
      var next = memory
      let steps = memory["steps"] + 1
      let mean = memory["mean"] * 0.9 + gradient * 0.1
      let square = memory["square"] * 0.999 + gradient.square() * 0.001
      let t = steps.item()
      let (first, second) = (1 - pow(0.9, t), 1 - pow(0.999, t))
      (next["steps"], next["mean"], next["square"]) = (steps, mean, square)
      next["rates"] =
        memory["rates"] - mean / ((square / second).sqrt() + 1e-8) * (rate / first)
      return next
    }
  }
}
