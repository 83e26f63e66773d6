import TestSupport
public import Torch

/// Where `backward()` and central differences of `function` disagree, in words; nil when they agree.
///
/// Every input is made a float64 leaf and every one of its elements is moved. A result of many
/// elements is reduced with unequal fixed weights, so that exchanged elements do not cancel.
///
///     #expect(gradientDifference(at: [logits]) { [labels] in loss($0[0], labels) } == nil)
///
/// - Parameters:
///   - inputs: tensors to differentiate by; their type does not matter, their values do: none may
///     lie within `step` of a kink.
///   - function: differentiable, and the same at every call (restore a generator inside it).
public func gradientDifference(
  at inputs: [Tensor], step: Double = 1e-5, relative: Double = 1e-6, absolute: Double = 1e-8,
  of function: ([Tensor]) -> Tensor
) -> String? {
  let shapes = inputs.map(\.shape)
  let values = inputs.map { $0.scalars(as: Double.self) }
  let leaves = zip(values, shapes).map { Tensor($0, shape: $1).requiringGrad() }
  weighted(function(leaves)).backward()
  for place in inputs.indices {
    guard let gradient = leaves[place].grad else { return "input \(place): no gradient" }
    let found = gradientDifference(
      at: values[place], gradient: gradient.scalars(as: Double.self), step: step,
      relative: relative, absolute: absolute
    ) { moved in
      let arguments = inputs.indices.map {
        Tensor($0 == place ? moved : values[$0], shape: shapes[$0])
      }
      return withoutGradients { weighted(function(arguments)).item() }
    }
    if let found { return "input \(place), \(found)" }
  }
  return nil
}

/// One number that depends on every element of `x`, each with its own weight.
private func weighted(_ x: Tensor) -> Tensor {
  let weights = (0..<x.count).map { 1 + Double($0 * 7 % 11) / 10 }
  return (x.to(.float64) * Tensor(weights, shape: x.shape)).sum()
}
