import Requirements
public import Torch

/// Two-dimensional convolution (cross-correlation, as everywhere in the field): torch's `Conv2d`.
///
/// Names: `weight` `[out, in / groups, k, k]`, `bias` `[out]`.
public struct Convolution: Layer {
  let weight: Tensor
  let bias: Tensor?
  let geometry: Geometry

  /// How a kernel moves over the image; the same along both axes.
  public struct Geometry: Sendable {
    /// Side of the kernel in pixels, at least 1.
    public var kernel: Int
    /// Pixels from one output to the next, at least 1.
    public var stride: Int
    /// Zeros added on each side.
    public var padding: Int
    /// Channel groups that do not see each other; `groups == inputs` is a depthwise convolution.
    public var groups: Int

    /// A geometry; the padding that keeps the size at stride 1 unless told otherwise.
    ///
    /// - Parameters:
    ///   - kernel: Side of the kernel in pixels, odd unless `padding` is given.
    ///   - stride: Pixels from one output to the next.
    ///   - padding: Zeros added on each side.
    ///   - groups: Channel groups.
    public init(_ kernel: Int, stride: Int = 1, padding: Int? = nil, groups: Int = 1) {
      self.kernel = kernel
      self.stride = stride
      self.padding = padding ?? (kernel - 1) / 2
      self.groups = groups
    }
  }

  /// A convolution without bias unless asked for one.
  ///
  /// - Parameters:
  ///   - inputs: Channels in.
  ///   - outputs: Channels out.
  ///   - geometry: Kernel, stride, padding, groups.
  ///   - bias: Whether to add a learned bias per output channel.
  ///   - distribution: The first values of the kernel.
  ///   - initializer: Makes the tensors.
  /// - Precondition: `groups` divides `inputs` and `outputs`.
  public init(
    _ inputs: Int, _ outputs: Int, _ geometry: Geometry, bias: Bool = false,
    _ distribution: Initializer.Distribution, using initializer: Initializer
  ) {
    require(
      inputs % geometry.groups == 0 && outputs % geometry.groups == 0,
      "Convolution: expected groups that divide \(inputs) and \(outputs), got \(geometry.groups)")
    let area = geometry.kernel * geometry.kernel
    let group = inputs / geometry.groups
    weight = initializer.weight([outputs, group, geometry.kernel, geometry.kernel], distribution)
    self.bias = bias ? initializer.bias(outputs, fanIn: group * area) : nil
    self.geometry = geometry
  }

  /// A convolution with a bias that begins in its own way.
  ///
  /// - Parameters:
  ///   - inputs: Channels in.
  ///   - outputs: Channels out.
  ///   - geometry: Kernel, stride, padding, groups.
  ///   - bias: The first values of the learned bias.
  ///   - distribution: The first values of the kernel.
  ///   - initializer: Makes the tensors.
  /// - Precondition: `groups` divides `inputs` and `outputs`.
  public init(
    _ inputs: Int, _ outputs: Int, _ geometry: Geometry, bias: Linear.Bias,
    _ distribution: Initializer.Distribution, using initializer: Initializer
  ) {
    let plain = Convolution(
      inputs, outputs, geometry, bias: bias == .uniform, distribution, using: initializer)
    (weight, self.geometry) = (plain.weight, geometry)
    self.bias = plain.bias ?? initializer.vector(outputs, 0)
  }

  /// - Parameter x: shape `[N, in, H, W]`.
  /// - Returns: `[N, out, H', W']`.
  /// - Precondition: the channels that it was made for, and sides that the kernel fits into after
  ///   padding.
  public func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    convolve(x, with: weight, context)
  }

  /// The convolution with another kernel of the same shape in the weight's place.
  func convolve(_ x: Tensor, with kernel: Tensor, _ context: Context) -> Tensor {
    let y =
      context.tracing?.shapesOnly == true
      ? .empty(outputShape(of: x), dtype: x.dtype)
      : x.conv2d(
        kernel, bias, stride: geometry.stride, padding: geometry.padding, groups: geometry.groups)
    context.tracing?.add(multiplyAdds: y.count * (weight.count / weight.shape[0]))
    return y
  }

  /// The shape of what it gives.
  func outputShape(of x: Tensor) -> [Int] {
    func side(_ count: Int) -> Int {
      (count + 2 * geometry.padding - geometry.kernel) / geometry.stride + 1
    }
    return [x.shape[0], weight.shape[0], side(x.shape[2]), side(x.shape[3])]
  }

  /// Shows its tensors to `visitor`.
  public func visit(_ visitor: inout TensorVisitor) {
    visitor.parameter("weight", weight)
    if let bias { visitor.parameter("bias", bias) }
  }
}
