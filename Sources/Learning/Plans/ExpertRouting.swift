public import Batches
public import Losses
import Networks
import Requirements
import Torch

/// Trains a router between experts that stay as they are: after each expert but the last it is to say whether the answer so
/// far is wrong and that of more experts right.
///
/// ```text
/// y_e = 1 where argmax z̄_e ≠ y, and argmax z̄_j = y of some j > e;  0 else
/// ℓ   = Σ_e −(κ y_e log σ(s_e) + (1 − y_e) log(1 − σ(s_e))) / (E − 1)
/// ```
///
/// with the scores s_e of ``Networks/ExpertRouter`` and the mean logits z̄_e of the first e experts. κ says how much worse a
/// row is that stops too early than one that goes on for nothing. Rows without a known class do not count.
///
/// Source: Wang, Lian, Miao, Liu, Yu, "Long-tailed Recognition by Routing Diverse Distribution-Aware Experts", ICLR 2021;
/// the target and κ = 100 are those of the authors' code.
public struct ExpertRouting: Objective, Equatable {
  /// κ, above 0.
  public var caution: Double

  /// - Parameter caution: how many times a row counts that needs another expert; above 0.
  /// - Precondition: `caution` is positive and finite.
  public init(caution: Double = 100) {
    require(
      caution > 0 && caution.isFinite,
      "ExpertRouting: expected a positive, finite caution, got \(caution)")
    self.caution = caution
  }

  /// 1.
  public var streams: Int { 1 }

  /// The whole weight on the one stream.
  public var expectedWeights: [Double] { [1] }

  /// One term, `[N]`, for each expert but the last.
  ///
  /// - Precondition: one batch, a class a row; a network of experts with a router.
  public func terms(
    _ batches: [Batch], through model: any Pass, at moment: Moment,
    remembering memory: inout Memory
  ) -> Terms {
    require(batches.count == 1, "ExpertRouting: expected one batch, got \(batches.count)")
    let (batch, target) = (batches[0], batches[0].target)
    require(
      target.entries == nil && target.terms.count <= 1,
      "ExpertRouting: expected one class a row, got \(target.terms.count) labellings")
    let (features, heads) = withoutGradients {
      let features = model.features(batch.inputs, branches: nil, .evaluating)
      return (features, model.logits(of: features, .evaluating))
    }
    let needs = Self.needs(heads, target)
    let known = Tensor(target.known.map { $0 ? 1 : 0 } as [Float], shape: [target.count])
    let scores = model.routing(of: features, heads, .learning)
    let terms = zip(scores, needs).enumerated().map { expert, pair in
      let score = pair.0.dtype == .float64 ? pair.0 : pair.0.to(.float32)
      let (need, counts) = (
        pair.1.to(score.dtype).moved(to: score.device),
        known.to(score.dtype).moved(to: score.device)
      )
      let values =
        (need * score.logSigmoid() * -caution - (1 - need) * (-score).logSigmoid()) * counts
      return Terms.Term(
        "router-\(expert + 1)",
        RowValues(
          values / Double(scores.count), denominator: Double(target.known.count { $0 })))
    }
    return Terms(terms, of: batch)
  }

  /// y_e of every expert but the last, `[N]` each: 1 where its joint answer is wrong and a later one right.
  static func needs(_ heads: [Tensor], _ target: Target) -> [Tensor] {
    let labels = target.terms.first?.labels ?? Array(repeating: 0, count: target.count)
    var sum: Tensor?
    var right: [[Bool]] = []
    for logits in heads {
      let total = sum.map { $0 + logits } ?? logits
      sum = total
      let answers = total.argmax(dim: 1).scalars(as: Int64.self)
      right.append(zip(answers, labels).map { Int($0) == $1 })
    }
    return (0..<heads.count - 1).map { expert in
      let needed = labels.indices.map { row -> Float in
        !right[expert][row] && right[(expert + 1)...].contains { $0[row] } ? 1 : 0
      }
      return Tensor(needed, shape: [labels.count])
    }
  }
}
