import Torch

/// One differentiable operation at one point, for the sweep of `GradientTests`.
struct GradientCase: Sendable, CustomStringConvertible {
  /// The Swift name of the operation.
  let operation: String
  /// What is special about this case.
  let variant: String
  let inputs: [Tensor]
  let function: @Sendable ([Tensor]) -> Tensor

  init(
    _ operation: String, _ variant: String = "", at shapes: [Int]..., from low: Double = -1.51,
    to high: Double = 2.03, _ function: @escaping @Sendable ([Tensor]) -> Tensor
  ) {
    (self.operation, self.variant, self.function) = (operation, variant, function)
    inputs = shapes.enumerated().map { spread($1, from: low, to: high, turn: $0) }
  }

  var description: String { variant.isEmpty ? operation : "\(operation), \(variant)" }
}

/// Distinct float64 values in a scattered order, none nearer than its share of the range to the next.
func spread(
  _ shape: [Int], from low: Double = -1.51, to high: Double = 2.03, turn: Int = 0
) -> Tensor {
  let n = shape.reduce(1, *)
  let values = (0..<n).map { i in
    low + (high - low) * (Double((i * 7919 + turn * 31) % n) + 0.5) / Double(n)
  }
  return Tensor(values, shape: shape)
}

private func labels(_ values: Int64...) -> Tensor { Tensor(values, shape: [values.count]) }

extension GradientCase {
  static let all = arithmetic + choice + shapes + reductions + layers + normalisations + pools

  static let arithmetic = [
    GradientCase("+", "broadcast", at: [2, 3], [3]) { $0[0] + $0[1] },
    GradientCase("+", "number", at: [2, 3]) { 2 + $0[0] + 3 },
    GradientCase("-", "broadcast", at: [2, 1], [2, 3]) { $0[0] - $0[1] },
    GradientCase("-", "number", at: [2, 3]) { 2 - ($0[0] - 3) },
    GradientCase("-", "sign", at: [2, 3]) { -$0[0] },
    GradientCase("*", "broadcast", at: [2, 3], [1]) { $0[0] * $0[1] },
    GradientCase("*", "number", at: [2, 3]) { 2 * $0[0] * 3 },
    GradientCase("/", "broadcast", at: [2, 3], [3], from: 0.4) { $0[0] / $0[1] },
    GradientCase("/", "number", at: [2, 3], from: 0.4) { 2 / $0[0] + $0[0] / 3 },
    GradientCase("pow", at: [5], from: 0.4) { $0[0].pow(2.5) },
    GradientCase("exp", at: [5]) { $0[0].exp() },
    GradientCase("log", at: [5], from: 0.4) { $0[0].log() },
    GradientCase("log1p", at: [5], from: -0.4) { $0[0].log1p() },
    GradientCase("logGamma", at: [5], from: 0.4) { $0[0].logGamma() },
    GradientCase("digamma", at: [5], from: 0.4) { $0[0].digamma() },
    GradientCase("sqrt", at: [5], from: 0.4) { $0[0].sqrt() },
    GradientCase("abs", at: [6]) { $0[0].abs() },
    GradientCase("square", at: [5]) { $0[0].square() },
    GradientCase("reciprocal", at: [5], from: 0.4) { $0[0].reciprocal() },
    GradientCase("sin", at: [5]) { $0[0].sin() },
    GradientCase("cos", at: [5]) { $0[0].cos() },
    GradientCase("tanh", at: [5]) { $0[0].tanh() },
    GradientCase("sigmoid", at: [5]) { $0[0].sigmoid() },
    GradientCase("structuralSimilarity", at: [1, 2, 11, 12], [1, 2, 11, 12], from: 0.1, to: 0.9) {
      $0[0].structuralSimilarity(to: $0[1])
    },
    GradientCase("logSigmoid", at: [6]) { $0[0].logSigmoid() },
    GradientCase("silu", at: [5]) { $0[0].silu() },
    GradientCase("gelu", at: [5]) { $0[0].gelu() },
    GradientCase("relu", at: [6]) { $0[0].relu() },
    GradientCase("reluInPlace", at: [6]) { ($0[0] * 2).reluInPlace() },
    GradientCase("relu6", at: [8], from: -3, to: 9) { $0[0].relu6() },
    GradientCase("relu6InPlace", at: [8], from: -3, to: 9) { ($0[0] * 1.5).relu6InPlace() },
    GradientCase("clamped", at: [8]) { $0[0].clamped(min: -1, max: 1) },
  ]

  static let choice = [
    GradientCase("maximum", at: [2, 3], [2, 3]) { $0[0].maximum($0[1] * 0.9) },
    GradientCase("minimum", at: [2, 3], [3]) { $0[0].minimum($0[1] * 0.9) },
    GradientCase("where", at: [2, 3], [3]) {
      Tensor.where(Tensor([true, false, true], shape: [3]), $0[0], $0[1])
    },
    GradientCase("indexSelect", "with a repeat", at: [3, 4]) {
      $0[0].indexSelect(dim: 0, labels(2, 0, 2))
    },
    GradientCase("gathered", "with a repeat", at: [3, 4]) {
      $0[0].gathered(dim: 1, labels(3, 3, 0, 1, 2, 0).reshaped([3, 2]))
    },
    GradientCase("concatenated", at: [2, 3], [2, 1]) { Tensor.concatenated($0, dim: 1) },
    GradientCase("stacked", at: [2, 3], [2, 3]) { Tensor.stacked($0, dim: 1) },
  ]

  static let shapes = [
    GradientCase("reshaped", at: [2, 6]) { $0[0].reshaped([3, -1]) },
    GradientCase("expanded", at: [2, 1]) { $0[0].expanded(to: [3, 2, 4]) },
    GradientCase("permuted", at: [2, 3, 4]) { $0[0].permuted([2, 0, 1]) },
    GradientCase("transposed", at: [2, 3, 4]) { $0[0].transposed(0, 2) },
    GradientCase("flattened", at: [2, 3, 4]) { $0[0].flattened(from: 1) },
    GradientCase("squeezed", at: [2, 1, 3]) { $0[0].squeezed(1) },
    GradientCase("unsqueezed", at: [2, 3]) { $0[0].unsqueezed(1) },
    GradientCase("narrowed", at: [2, 5]) { $0[0].narrowed(dim: 1, start: 1, length: 3) },
    GradientCase("flipped", at: [2, 3]) { $0[0].flipped(1) },
    GradientCase("padded", at: [1, 1, 2, 3]) {
      $0[0].padded(left: 1, right: 0, top: 2, bottom: 1, value: 3)
    },
    GradientCase("to", "type", at: [3]) { $0[0].to(.float64) },
    GradientCase("to", "device", at: [3]) { x in
      let moved = try? x[0].to(.cpu)
      return moved ?? Tensor.zeros([3])
    },
    GradientCase("moved", at: [3]) { $0[0].moved(to: .cpu) },
    GradientCase("contiguous", at: [2, 3]) { $0[0].transposed(0, 1).contiguous() },
    GradientCase("channelsLast", at: [2, 3, 2, 2]) { $0[0].channelsLast() },
    GradientCase("cloned", at: [2, 3]) { $0[0].cloned() },
  ]

  static let reductions = [
    GradientCase("sum", "all", at: [2, 3]) { $0[0].sum() },
    GradientCase("sum", "some", at: [2, 3, 4]) { $0[0].sum(dims: [0, 2], keepDims: true) },
    GradientCase("mean", "all", at: [2, 3]) { $0[0].mean() },
    GradientCase("mean", "some", at: [2, 3, 4]) { $0[0].mean(dims: [1]) },
    GradientCase("variance", "unbiased", at: [2, 4]) { $0[0].variance(dims: [1], unbiased: true) },
    GradientCase("variance", "biased", at: [2, 4]) { $0[0].variance(unbiased: false) },
    GradientCase("amax", at: [2, 5]) { $0[0].amax(dims: [1]) },
    GradientCase("largest", at: [3, 5]) { $0[0].largest(2, dim: 1) },
    // The sign of a column is nobody's choice.
    GradientCase("symmetricEigenvectors", at: [3, 3]) {
      ($0[0] + $0[0].transposed(0, 1)).symmetricEigenvectors().square()
    },
    GradientCase("amin", at: [2, 5]) { $0[0].amin(keepDims: true) },
    GradientCase("sorted", at: [2, 5]) { $0[0].sorted(dim: 1) },
    GradientCase("sorted", "descending", at: [4, 2]) { $0[0].sorted(dim: 0, descending: true) },
    GradientCase("logSumExp", at: [2, 4]) { $0[0].logSumExp(dim: 1, keepDims: true) },
    GradientCase("softmax", at: [2, 4]) { $0[0].softmax(dim: 1) },
    GradientCase("softmax", "first dimension", at: [3, 2]) { $0[0].softmax(dim: 0) },
    GradientCase("logSoftmax", at: [2, 4]) { $0[0].logSoftmax(dim: -1) },
    GradientCase("unitRows", at: [3, 4]) { $0[0].unitRows() },
    GradientCase("norm", at: [2, 4]) { $0[0].norm() },
    GradientCase("norm", "some", at: [2, 3, 4]) { $0[0].norm(dims: [0, 2], keepDims: true) },
  ]

  static let layers = [
    GradientCase("matmul", at: [2, 3], [3, 4]) { $0[0].matmul($0[1]) },
    GradientCase("matmul", "batches", at: [2, 2, 3], [3, 2]) { $0[0].matmul($0[1]) },
    GradientCase("pseudoInverse", at: [4, 3]) { $0[0].pseudoInverse() },
    GradientCase("linear", at: [2, 3], [4, 3], [4]) { $0[0].linear($0[1], $0[2]) },
    GradientCase("linear", "no bias", at: [2, 3], [4, 3]) { $0[0].linear($0[1], nil) },
    GradientCase("conv2d", at: [2, 3, 4, 4], [2, 3, 3, 3], [2]) { $0[0].conv2d($0[1], $0[2]) },
    GradientCase("conv2d", "stride and padding", at: [1, 2, 5, 4], [3, 2, 3, 3]) {
      $0[0].conv2d($0[1], stride: 2, padding: 1)
    },
    GradientCase("conv2d", "dilation", at: [1, 2, 6, 6], [2, 2, 3, 3], [2]) {
      $0[0].conv2d($0[1], $0[2], padding: 1, dilation: 2)
    },
    GradientCase("conv2d", "groups", at: [2, 4, 3, 3], [6, 2, 2, 2], [6]) {
      $0[0].conv2d($0[1], $0[2], groups: 2)
    },
    GradientCase("conv2d", "depthwise", at: [2, 3, 5, 5], [3, 1, 3, 3]) {
      $0[0].conv2d($0[1], stride: 2, padding: 1, groups: 3)
    },
    GradientCase("conv2d", "channels last", at: [2, 3, 4, 4], [2, 3, 3, 3]) {
      $0[0].channelsLast().conv2d($0[1].channelsLast(), padding: 1)
    },
    GradientCase("conv1d", at: [2, 3, 7], [2, 3, 3], [2]) {
      $0[0].conv1d($0[1], $0[2], padding: 1)
    },
    GradientCase("conv1d", "a kernel longer than the series", at: [2, 2, 3], [2, 2, 5]) {
      $0[0].conv1d($0[1], padding: 2)
    },
    GradientCase("conv1d", "stride, dilation, groups", at: [1, 2, 9], [4, 1, 3]) {
      $0[0].conv1d($0[1], stride: 2, padding: 1, dilation: 2, groups: 2)
    },
    GradientCase("attention", at: [2, 3, 4], [2, 5, 4], [2, 5, 3]) {
      $0[0].attention(to: $0[1], $0[2])
    },
    GradientCase("resizedBicubic", "smaller and larger", at: [1, 2, 6, 4]) {
      $0[0].resizedBicubic(height: 4, width: 7)
    },
    GradientCase("dropout", at: [4, 5]) { $0[0].dropout(0.4, using: Generator(seed: 3)) },
  ]

  static let normalisations = [
    GradientCase("batchNorm", "training", at: [4, 2, 2, 3], [2], [2]) {
      normalised($0, training: true)
    },
    GradientCase("batchNorm", "evaluation", at: [4, 2, 2, 3], [2], [2]) {
      normalised($0, training: false)
    },
    GradientCase("batchNorm", "channels last", at: [4, 2, 2, 3], [2], [2]) {
      normalised([$0[0].channelsLast(), $0[1], $0[2]], training: true)
    },
    GradientCase("batchNorm", "rows", at: [5, 3], [3], [3]) { normalised($0, training: true) },
    GradientCase("layerNorm", at: [2, 3, 4], [4], [4]) {
      $0[0].layerNorm(weight: $0[1], bias: $0[2], eps: 1e-6)
    },
    GradientCase("groupNorm", at: [2, 4, 2, 3], [4], [4]) {
      $0[0].groupNorm(groups: 2, weight: $0[1], bias: $0[2])
    },
  ]

  static let pools = [
    GradientCase("maxPool1d", at: [2, 2, 6]) { $0[0].maxPool1d(kernel: 3, stride: 1, padding: 1) },
    GradientCase("maxPool2d", at: [1, 2, 5, 5]) {
      $0[0].maxPool2d(kernel: 3, stride: 2, padding: 1)
    },
    GradientCase("avgPool2d", at: [1, 2, 5, 5]) {
      $0[0].avgPool2d(kernel: 2, stride: 2, padding: 1)
    },
    GradientCase("adaptiveAvgPool2d", "to a point", at: [2, 2, 3, 4]) { $0[0].adaptiveAvgPool2d() },
    GradientCase("adaptiveAvgPool2d", "to a grid", at: [1, 2, 5, 4]) {
      $0[0].adaptiveAvgPool2d(height: 3, width: 2)
    },
  ]
}

/// Batch normalisation with running statistics that every call gets anew.
private func normalised(_ x: [Tensor], training: Bool) -> Tensor {
  let channels = x[1].count
  let mean = spread([channels], turn: 5)
  let variance = spread([channels], from: 0.5, to: 2)
  return x[0].batchNorm(
    weight: x[1], bias: x[2], mean: mean, variance: variance, training: training)
}
