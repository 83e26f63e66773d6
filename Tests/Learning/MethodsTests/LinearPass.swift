import Networks
import Plans
import Torch

/// A pass through one matrix, `[F, C]`; without one the inputs are the logits. A branch has the matrix with its
/// columns moved on by the branch's number; one head over all of them adds up what each gives. What a contrast compares
/// are the inputs; a teacher says what the pass says. Of pictures it sees the mean of each channel. The place where
/// hidden features may be changed is that of the features. A decoder gives half of a picture back, and grey. Where fewer outputs than classes are decoded, they are the first.
struct LinearPass: Pass {
  var form = NetworkForm()
  var matrix: Tensor?
  /// Classes, where there is no matrix.
  var classes = 3

  func features(_ inputs: Inputs, branches: [Int]?, _ mode: Mode) -> [Tensor] {
    var rows = inputs.values
    if case .decoder = form.head {} else if rows.rank == 4 { rows = rows.mean(dims: [2, 3]) }
    return (branches ?? Array(0..<form.branches)).map { _ in rows }
  }

  var hiddenPlaces: Int { 1 }
  func features(
    _ inputs: Inputs, changing place: Int, _ mode: Mode, by change: @escaping (Tensor) -> Tensor
  ) -> [Tensor] {
    place == 0
      ? features(inputs.with(values: change(inputs.values)), branches: nil, mode)
      : features(inputs, branches: nil, mode).map(change)
  }

  func logits(of features: [Tensor], _ mode: Mode) -> [Tensor] {
    if case .decoder = form.head { return features.map { $0 * 0.5 + 0.25 } }
    let heads = features.enumerated().map { branch, x in
      let z = matrix.map { x.matmul(moved($0, by: branch)) } ?? x
      return z.narrowed(dim: 1, start: 0, length: form.decoding.outputs(for: z.shape[1]))
    }
    return form.joinsFeatures ? [heads.dropFirst().reduce(heads[0], +)] : heads
  }

  func prediction(of projection: Tensor, _ mode: Mode) -> Tensor { projection }

  /// The inputs, with zeros up to the length of a projection.
  func projection(of features: [Tensor], _ mode: Mode) -> Tensor { projected(features[0]) }

  /// The columns of the matrix likewise; without one a unit vector a class.
  func centres(_ mode: Mode) -> Tensor {
    if let matrix { return projected(matrix.transposed(0, 1)) }
    let classes = Tensor.arange(classes)
    return projected(classes.oneHot(classes: self.classes).to(.float32))
  }

  private func projected(_ x: Tensor) -> Tensor {
    let missing = (form.projection ?? 0) - x.shape[1]
    guard missing > 0 else { return x }
    return .concatenated([x, .zeros([x.shape[0], missing], dtype: x.dtype)], dim: 1)
  }
  var teacher: (any Pass)? { self }
  func answer(_ heads: [Tensor]) -> Tensor { form.readout(heads) }
  func gradient(of value: Tensor, at inputs: Tensor) -> Tensor { value.gradient(at: inputs) }

  private func moved(_ matrix: Tensor, by places: Int) -> Tensor {
    let count = matrix.shape[1]
    let order = (0..<count).map { Int64(($0 + count - places % count) % count) }
    return matrix.indexSelect(dim: 1, Tensor(order, shape: [count]))
  }
}
