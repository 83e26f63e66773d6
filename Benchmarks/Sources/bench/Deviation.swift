import Torch

/// The largest difference of numbers from those that they should be, over the largest of these; infinite where one is not finite,
/// or a shape differs.
func deviation(_ found: [Tensor], from expected: [Tensor]) -> Double {
  guard found.map(\.shape) == expected.map(\.shape) else { return .infinity }
  return zip(found, expected).map { deviation($0, from: $1) }.max() ?? .infinity
}

private func deviation(_ found: Tensor, from expected: Tensor) -> Double {
  let (own, other) = (found.scalars(as: Double.self), expected.scalars(as: Double.self))
  guard own.allSatisfy(\.isFinite), other.allSatisfy(\.isFinite) else { return .infinity }
  let scale = other.reduce(0) { max($0, abs($1)) }
  let largest = zip(own, other).reduce(0) { max($0, abs($1.0 - $1.1)) }
  return largest == 0 ? 0 : largest / max(scale, .leastNormalMagnitude)
}

/// What a function answers on a device, and its gradients: those of the first answer in every input, from slopes that are the
/// same on each device.
///
/// - Parameters:
///   - inputs: on the processor; their order in memory stays.
///   - body: gets the inputs on the device.
func answers(
  _ inputs: [Tensor], on device: Device, _ body: ([Tensor]) throws -> [Tensor]
) throws -> [Tensor] {
  let leaves = try inputs.map { try $0.to(device).detached().cloned().requiringGrad() }
  let answers = try body(leaves)
  let slopes = drawn(answers[0].shape, seed: 99).moved(to: device)
  let total = (answers[0].to(.float32) * slopes).sum()
  return answers.map { $0.detached() } + total.gradients(at: leaves)
}

/// How far a function and its gradients on a device are from those on the processor.
func deviation(
  _ inputs: [Tensor], on device: Device, _ body: ([Tensor]) throws -> [Tensor]
) throws -> Double {
  deviation(try answers(inputs, on: device, body), from: try answers(inputs, on: .cpu, body))
}

/// Normal deviates on the processor; of four dimensions channels-last, as the network has them.
func drawn(_ shape: [Int], seed: UInt64) -> Tensor {
  let values = Tensor.normal(shape, using: Generator(seed: seed))
  return shape.count == 4 ? values.channelsLast() : values
}
