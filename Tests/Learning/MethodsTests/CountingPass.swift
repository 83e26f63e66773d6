import Networks
import Plans
import Torch

/// Work that a network was asked for, in images: what goes forward, and what comes back to the trunk.
final class PassCount {
  /// Images through trunk and one branch, with gradients and without.
  var forward = 0.0
  /// Images whose gradients go back through them.
  var backward = 0.0
}

/// A pass that counts what another is asked for.
///
/// A forward pass of an image is 1 and a backward pass 2; what a further branch adds is `branch` of that.
struct CountingPass: Pass {
  var inner: LinearPass
  let count: PassCount
  /// What a branch beside the first adds, in parts of the plain network.
  var branch: Double
  /// Whether trunk and branches learn.
  var learns: Bool

  /// Whether what is done now is recorded for gradients.
  private var records: Bool { (Tensor(1.0).requiringGrad() * 1).requiresGrad }

  private func note(_ rows: Int, _ branches: Int, _ mode: Mode) {
    let work = Double(rows) * (1 + Double(branches - 1) * branch)
    count.forward += work
    if learns, mode != .evaluating, records { count.backward += work }
  }

  func features(_ inputs: Inputs, branches: [Int]?, _ mode: Mode) -> [Tensor] {
    note(inputs.count, branches?.count ?? inner.form.branches, mode)
    return inner.features(inputs, branches: branches, mode)
  }
  func features(
    _ inputs: Inputs, changing place: Int, _ mode: Mode, by change: @escaping (Tensor) -> Tensor
  ) -> [Tensor] {
    note(inputs.count, inner.form.branches, mode)
    return inner.features(inputs, changing: place, mode, by: change)
  }
  func logits(of features: [Tensor], _ mode: Mode) -> [Tensor] {
    inner.logits(of: features, mode)
  }
  func projection(of features: [Tensor], _ mode: Mode) -> Tensor {
    inner.projection(of: features, mode)
  }
  func prediction(of projection: Tensor, _ mode: Mode) -> Tensor {
    inner.prediction(of: projection, mode)
  }
  func centres(_ mode: Mode) -> Tensor { inner.centres(mode) }
  func answer(_ heads: [Tensor]) -> Tensor { inner.answer(heads) }
  func gradient(of value: Tensor, at inputs: Tensor) -> Tensor {
    inner.gradient(of: value, at: inputs)
  }
  var hiddenPlaces: Int { inner.hiddenPlaces }
  /// A network that follows goes forward alone.
  var teacher: (any Pass)? {
    CountingPass(inner: inner, count: count, branch: branch, learns: false)
  }
}
