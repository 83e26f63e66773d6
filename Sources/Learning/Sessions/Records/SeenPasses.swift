import Networks
import Plans
import Torch

/// What an objective had the heads answer in a step.
final class SeenPasses {
  /// One answer while learning.
  struct Seen {
    /// What the heads saw, `[N, F]` of each branch.
    let features: [Tensor]
    /// Logits of each head, `[N, C]`, in the graph.
    let heads: [Tensor]

    /// The first rows of both.
    func first(_ count: Int) -> Seen {
      Seen(features: features.map { $0.firstRows(count) }, heads: heads.map { $0.firstRows(count) })
    }
  }

  private(set) var all: [Seen] = []

  func take(_ features: [Tensor], _ heads: [Tensor]) {
    all.append(Seen(features: features, heads: heads))
  }
}

/// A pass that notes what the heads answer while learning; attacks and second passes go by unseen.
struct RecordingPass: Pass {
  let base: any Pass
  let seen: SeenPasses

  func features(_ inputs: Inputs, branches: [Int]?, _ mode: Mode) -> [Tensor] {
    base.features(inputs, branches: branches, mode)
  }

  func logits(of features: [Tensor], _ mode: Mode) -> [Tensor] {
    let heads = base.logits(of: features, mode)
    if mode == .learning { seen.take(features, heads) }
    return heads
  }

  func projection(of features: [Tensor], _ mode: Mode) -> Tensor {
    base.projection(of: features, mode)
  }

  func prediction(of projection: Tensor, _ mode: Mode) -> Tensor {
    base.prediction(of: projection, mode)
  }

  var hiddenPlaces: Int { base.hiddenPlaces }

  func features(
    _ inputs: Inputs, changing place: Int, _ mode: Mode, by change: @escaping (Tensor) -> Tensor
  ) -> [Tensor] {
    base.features(inputs, changing: place, mode, by: change)
  }
  func centres(_ mode: Mode) -> Tensor { base.centres(mode) }

  func routing(of features: [Tensor], _ heads: [Tensor], _ mode: Mode) -> [Tensor] {
    base.routing(of: features, heads, mode)
  }

  /// Not noted: a teacher does not learn.
  var teacher: (any Pass)? { base.teacher }

  func answer(_ heads: [Tensor]) -> Tensor { base.answer(heads) }

  func scores(of answer: Tensor, pixels: Tensor) -> Tensor {
    base.scores(of: answer, pixels: pixels)
  }

  func gradient(of value: Tensor, at inputs: Tensor) -> Tensor {
    base.gradient(of: value, at: inputs)
  }
}

extension Tensor {
  /// `[N, …]` of `[M, …]`, M at least N.
  func firstRows(_ count: Int) -> Tensor {
    shape[0] == count ? self : narrowed(dim: 0, start: 0, length: count)
  }
}
