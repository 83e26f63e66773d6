import TestSupport
import Testing
import Torch

/// Values against PyTorch's own, `Goldens/Torch/operations.json`, to 1e-12.
@Suite struct OperationValueTests {
  private static let x = spread([2, 3])
  private static let positive = spread([2, 3], from: 0.4)
  private static let image = spread([2, 4, 5, 6])
  private static let rows = spread([3, 4])
  private static let series = image.narrowed(dim: 1, start: 0, length: 1).squeezed(1)
  private static func indices(_ values: Int64...) -> Tensor {
    Tensor(values, shape: [values.count])
  }

  private static func batchNorm(training: Bool) -> Tensor {
    let (mean, variance) = (spread([4], turn: 3), spread([4], from: 0.5, turn: 4))
    let y = image.batchNorm(
      weight: spread([4], turn: 1), bias: spread([4], turn: 2), mean: mean, variance: variance,
      training: training, momentum: 0.2, eps: 1e-3)
    return Tensor.concatenated([y.flattened(from: 0), mean, variance], dim: 0)
  }

  private static func elementwise() -> [String: Tensor] {
    [
      "arithmetic": (x + 2) * x - x / 3, "reciprocal": 2 / positive + positive.pow(2.5),
      "exp": x.exp(), "log": positive.log(), "log1p": positive.log1p(), "sqrt": positive.sqrt(),
      "sigmoid": x.sigmoid(), "silu": x.silu(), "gelu": x.gelu(), "tanh": x.tanh(), "sin": x.sin(),
      "cos": x.cos(), "logGamma": (positive * 30).logGamma(), "digamma": (positive * 30).digamma(),
      "relu6": (x * 5).relu6(), "clamped": x.clamped(min: -1, max: 1),
      "maximum": x.maximum(positive), "minimum": x.minimum(positive),
      "where": Tensor.where(x.greater(than: 0), x, positive),
    ]
  }

  private static func shapesAndSums() -> [String: Tensor] {
    [
      "indexSelect": rows.indexSelect(dim: 0, indices(2, 0, 2)),
      "gathered": rows.gathered(dim: 1, indices(3, 0, 1).reshaped([3, 1])),
      "oneHot": indices(2, 0).oneHot(classes: 3), "permuted": image.permuted([2, 0, 3, 1]),
      "flipped": image.flipped(3),
      "padded": rows.padded(left: 1, right: 2, top: 0, bottom: 1, value: 7),
      "sum": image.sum(dims: [0, 2]), "mean": image.mean(dims: [1, 3]),
      "variance": image.variance(dims: [0, 2, 3], unbiased: true),
      "varianceBiased": image.variance(dims: [0, 2, 3], unbiased: false),
      "amax": image.amax(dims: [2, 3]), "amin": image.amin(dims: [2, 3]),
      "sorted": image.sorted(dim: 1, descending: true),
      "argmax": image.argmax(dim: 1), "logSumExp": rows.logSumExp(dim: 1),
      "softmax": rows.softmax(dim: 0), "logSoftmax": rows.logSoftmax(dim: 1), "norm": rows.norm(),
      "normSome": image.norm(dims: [1, 3]),
    ]
  }

  private static func layers() -> [String: Tensor] {
    [
      "pseudoInverse": rows.pseudoInverse(),
      "symmetricEigenvectors": rows.matmul(rows.transposed(0, 1)).symmetricEigenvectors()
        .square(),
      "matmul": rows.transposed(0, 1).matmul(rows),
      "linear": rows.linear(spread([2, 4], turn: 1), spread([2], turn: 2)),
      "conv2d": image.conv2d(
        spread([6, 2, 3, 3], turn: 1), spread([6], turn: 2), stride: 2, padding: 1, groups: 2),
      "conv2dDilated": image.conv2d(spread([3, 4, 2, 2], turn: 1), padding: 1, dilation: 2),
      "batchNormTraining": batchNorm(training: true),
      "batchNormEvaluation": batchNorm(training: false),
      "groupNorm": image.groupNorm(
        groups: 2, weight: spread([4], turn: 1), bias: spread([4], turn: 2), eps: 1e-3),
      "layerNorm": image.layerNorm(
        weight: spread([6], turn: 1), bias: spread([6], turn: 2), eps: 1e-6),
      "attention": image.attention(
        to: spread([2, 4, 3, 6], turn: 1), spread([2, 4, 3, 2], turn: 2)),
      "conv1d": series.conv1d(
        spread([4, 5, 3], turn: 1), spread([4], turn: 2), stride: 2, padding: 1, dilation: 2),
      "maxPool1d": series.maxPool1d(kernel: 3, stride: 2, padding: 1),
      "resizedBicubic": image.resizedBicubic(height: 3, width: 8),
      "maxPool2d": image.maxPool2d(kernel: 3, stride: 2, padding: 1),
      "avgPool2d": image.avgPool2d(kernel: 2, stride: 2, padding: 1),
      "adaptiveAvgPool2d": image.adaptiveAvgPool2d(height: 3, width: 2),
    ]
  }

  private static func sgd(momentum: Double, decay: Double, nesterov: Bool) -> Tensor {
    let (x, buffer) = (spread([3, 4]), Tensor.zeros([3, 4], dtype: .float64))
    for turn in 0..<3 {
      FusedKernels.sgd(
        params: [x], grads: [spread([3, 4], turn: turn + 1) * x],
        momentumBuffers: momentum == 0 ? [] : [buffer], lr: 0.1, momentum: momentum,
        weightDecay: decay, nesterov: nesterov, isFirstStep: turn == 0)
    }
    return x
  }

  private static func adamW() -> Tensor {
    let (x, mean) = (spread([3, 4]), Tensor.zeros([3, 4], dtype: .float64))
    let (square, step) = (mean.cloned(), Tensor(Float(0)))
    for turn in 0..<3 {
      FusedKernels.adamW(
        params: [x], grads: [spread([3, 4], turn: turn + 1) * x], expAvg: [mean],
        expAvgSq: [square], steps: [step], lr: 0.1, beta1: 0.8, beta2: 0.95, weightDecay: 0.05,
        eps: 1e-6)
    }
    return x
  }

  private static func optimisers() -> [String: Tensor] {
    [
      "sgd": sgd(momentum: 0.9, decay: 0.01, nesterov: false),
      "sgdNesterov": sgd(momentum: 0.9, decay: 0, nesterov: true),
      "sgdPlain": sgd(momentum: 0, decay: 0, nesterov: false), "adamW": adamW(),
    ]
  }

  @Test func agreesWithPyTorch() throws {
    let golden = try Golden.load("Torch/operations.json", as: [String: [Double]].self)
    var results: [String: Tensor] = [:]
    for group in [Self.elementwise(), Self.shapesAndSums(), Self.layers(), Self.optimisers()] {
      results.merge(group) { first, _ in first }
    }
    #expect(results.keys.sorted() == golden.keys.sorted())
    for (name, expected) in golden {
      let found = try #require(results[name]).scalars(as: Double.self)
      #expect(difference(found, expected, relative: 1e-12, absolute: 1e-13) == nil, "\(name)")
    }
  }

  @Test func inPlace() {
    let a = Tensor([1.0, 2, 3, 4], shape: [2, 2])
    let other = a
    a.add(Tensor([10.0, 20], shape: [2]), scale: -1)
    a.multiply(by: Tensor([2.0, 3], shape: [2, 1]))
    #expect(a.scalars(as: Double.self) == [-18, -36, -21, -48])
    #expect(other.scalars(as: Double.self) == a.scalars(as: Double.self), "storage is shared")
    a.multiply(by: -1)
    #expect(a.scalars(as: Double.self) == [18, 36, 21, 48])
  }

  @Test func aFactorThatDoesNotBroadcastStops() async {
    await #expect(processExitsWith: .failure) {
      Tensor.ones([2, 2], dtype: .float32).multiply(by: Tensor.ones([3], dtype: .float32))
    }
  }

  @Test func listsAtOnce() {
    let a = Tensor([3.0, 0], shape: [2])
    let b = Tensor([4.0], shape: [1])
    #expect(FusedKernels.globalNorm([a, b]).item() == 5)
    FusedKernels.scale([a, b], by: Tensor(Float(2)))
    #expect(a.scalars(as: Double.self) + b.scalars() == [6, 0, 8])
    FusedKernels.lerp([a, b], to: [Tensor.ones([2], dtype: .float64), b.cloned()], weight: 0.5)
    #expect(a.scalars(as: Double.self) + b.scalars() == [3.5, 0.5, 8])
  }
}
