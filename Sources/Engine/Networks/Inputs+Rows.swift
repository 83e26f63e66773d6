import Requirements
package import Torch

extension Inputs {
  /// w_i · `self` + (1 − w_i) · `other`, each row with a weight of its own. Of two rows of unequal length the shorter
  /// counts as zero beyond its end, and the blend is as long as the longer.
  ///
  /// - Parameters:
  ///   - other: inputs of the same shapes.
  ///   - own: w, the weight of each row of `self`, `[N]`, in `0...1`; 1 and 0 give back the one row or the other exactly.
  /// - Precondition: the same names and shapes, and a weight for each row.
  package func blended(with other: Inputs, own: [Double]) -> Inputs {
    require(
      shapes == other.shapes && own.count == count,
      "Inputs.blended: expected equal shapes and \(count) weights, got \(shapes), \(other.shapes) and "
        + "\(own.count)")
    let both = Self.aligned([self, other])
    func blend(_ x: Tensor, _ y: Tensor) -> Tensor {
      withoutGradients { x.blended(with: y, own: own) }
    }
    var result = both[0]
    result.values = blend(both[0].values, both[1].values)
    for (name, tensor) in others {
      result.others[name] = other.others[name].map { blend(tensor, $0) }
    }
    if let first = both[0].lengths, let second = both[1].lengths {
      // Where one of the two does not count at all, its steps are no steps.
      result.lengths = own.indices.map { row in
        own[row] == 1 ? first[row] : own[row] == 0 ? second[row] : max(first[row], second[row])
      }
    }
    return result
  }
}

extension Tensor {
  /// w_i · row i + (1 − w_i) · row i of another tensor; differentiable in both.
  ///
  /// - Parameters:
  ///   - other: of the same shape, `[N, …]`.
  ///   - own: w, `[N]`, in `0...1`.
  package func blended(with other: Tensor, own: [Double]) -> Tensor {
    let shape = [own.count] + Array(repeating: 1, count: rank - 1)
    func column(_ weights: [Double]) -> Tensor {
      Tensor(weights, shape: shape).to(dtype).moved(to: device)
    }
    return self * column(own) + other * column(own.map { 1 - $0 })
  }
}
