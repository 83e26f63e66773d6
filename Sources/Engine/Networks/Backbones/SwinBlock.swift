import Torch

/// A block of Swin: attention inside of windows, every other time of windows moved by half a side; then a perceptron.
///
/// Names: `norm1`, `attn`, `norm2`, `mlp`. A map whose sides are no multiples of the window's is filled up with zeros at its
/// right and bottom, which take part, as in the authors' code.
struct SwinBlock: Layer {
  private let norms: (LayerNorm, LayerNorm)
  private let attention: WindowAttention
  private let perceptron: Perceptron
  private let shift: Int
  private let path: DropPath

  /// - Parameters:
  ///   - channels: of a place.
  ///   - heads: of the attention.
  ///   - moves: whether the windows are moved by half a side.
  ///   - path: how often either part is left out.
  init(
    _ channels: Int, heads: Int, moves: Bool, path: DropPath, using initializer: Initializer
  ) {
    norms = (
      LayerNorm(channels, epsilon: 1e-5, using: initializer),
      LayerNorm(channels, epsilon: 1e-5, using: initializer)
    )
    attention = WindowAttention(channels, heads: heads, using: initializer)
    perceptron = Perceptron(channels, using: initializer)
    (shift, self.path) = (moves ? WindowAttention.side / 2 : 0, path)
  }

  /// - Parameter x: `[N, H, W, C]`.
  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let y = x + path(gathered(norms.0.onVectors(x), context), context)
    return y + path(perceptron(norms.1.onVectors(y), context), context)
  }

  private func gathered(_ x: Tensor, _ context: Context) -> Tensor {
    let (height, width, side) = (x.shape[1], x.shape[2], WindowAttention.side)
    func missing(_ length: Int) -> Int { (side - length % side) % side }
    let moved = x.rolled(by: -shift, dim: 1).rolled(by: -shift, dim: 2)
    let padded = moved.filledUp(height: missing(height), width: missing(width))
    let (tall, wide) = (padded.shape[1], padded.shape[2])
    let mask = shift > 0 ? mask(height: tall, width: wide, like: x) : nil
    let seen = attention(padded.windows(side), masked: mask, context)
    let whole = seen.joined(side, rows: x.shape[0], height: tall, width: wide)
      .narrowed(dim: 1, start: 0, length: height).narrowed(dim: 2, start: 0, length: width)
    return whole.rolled(by: shift, dim: 1).rolled(by: shift, dim: 2)
  }

  /// −100 for each pair of places that were no neighbours before the windows were moved, `[windows, W², W²]`.
  private func mask(height: Int, width: Int, like x: Tensor) -> Tensor {
    let side = WindowAttention.side
    func region(_ place: Int, _ length: Int) -> Double {
      place < length - side ? 0 : place < length - shift ? 1 : 2
    }
    let regions = (0..<height).flatMap { y in
      (0..<width).map { region(y, height) * 3 + region($0, width) }
    }
    let labels = Tensor(regions, shape: [1, height, width, 1]).to(.float32).windows(side)
      .squeezed(2)
    let differ = (labels.unsqueezed(1) - labels.unsqueezed(2)).equal(to: 0).logicalNot()
    return (differ.to(x.dtype) * -100).moved(to: x.device)
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.layer("norm1", norms.0)
    visitor.layer("attn", attention)
    visitor.layer("norm2", norms.1)
    visitor.layer("mlp", perceptron)
  }
}

/// Four neighbouring places become one of twice the channels: half the sides, rounded up.
///
/// Names: `norm` `[4 C]`, `reduction.weight` `[2 C, 4 C]`.
struct PatchMerging: Layer {
  private let norm: LayerNorm
  private let weight: Tensor

  init(_ channels: Int, using initializer: Initializer) {
    norm = LayerNorm(4 * channels, epsilon: 1e-5, using: initializer)
    weight = initializer.weight([2 * channels, 4 * channels], .normal(deviation: 0.02))
  }

  /// - Parameter x: `[N, H, W, C]`.
  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let even = x.filledUp(height: x.shape[1] % 2, width: x.shape[2] % 2)
    let (n, h, w, c) = (even.shape[0], even.shape[1] / 2, even.shape[2] / 2, even.shape[3])
    let fours = even.reshaped([n, h, 2, w, 2, c]).permuted([0, 1, 3, 4, 2, 5])
      .reshaped([n, h, w, 4 * c])
    context.tracing?.add(multiplyAdds: n * h * w * weight.count)
    return norm.onVectors(fours).linear(weight, nil)
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.layer("norm", norm)
    visitor.parameter("reduction.weight", weight)
  }
}

extension Tensor {
  /// Moved along a dimension, what leaves at one end coming in at the other.
  fileprivate func rolled(by steps: Int, dim: Int) -> Tensor {
    let length = shape[dim]
    let cut = ((-steps) % length + length) % length
    guard cut > 0 else { return self }
    return .concatenated(
      [
        narrowed(dim: dim, start: cut, length: length - cut),
        narrowed(dim: dim, start: 0, length: cut),
      ], dim: dim)
  }

  /// `[N, H, W, C]` with rows and columns of zeros after its last.
  fileprivate func filledUp(height: Int, width: Int) -> Tensor {
    guard height > 0 || width > 0 else { return self }
    return permuted([0, 3, 1, 2]).padded(left: 0, right: width, top: 0, bottom: height)
      .permuted([0, 2, 3, 1])
  }

  /// `[N, H, W, C]` → `[N · windows, side², C]`.
  fileprivate func windows(_ side: Int) -> Tensor {
    let (n, h, w, c) = (shape[0], shape[1] / side, shape[2] / side, shape[3])
    return reshaped([n, h, side, w, side, c]).permuted([0, 1, 3, 2, 4, 5])
      .reshaped([n * h * w, side * side, c])
  }

  /// The reverse of ``windows(_:)``.
  fileprivate func joined(_ side: Int, rows: Int, height: Int, width: Int) -> Tensor {
    let channels = shape[2]
    return reshaped([rows, height / side, width / side, side, side, channels])
      .permuted([0, 1, 3, 2, 4, 5]).reshaped([rows, height, width, channels])
  }
}
