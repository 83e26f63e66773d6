public import Torch

/// Makes the tensors of a new network: where they live, and their first values.
///
/// All randomness comes from one generator in the order the layers are made, so the same seed gives the
/// same network. Kernels of rank 4 are channels-last from the start: libtorch then never reorders them.
public struct Initializer {
  /// Where the tensors live.
  public let device: Device
  let dtype: DType
  let generator: Generator?
  /// What is added to the blocks that are made, beside their own weights.
  var adapter: Adapter?

  /// An initializer.
  ///
  /// - Parameters:
  ///   - device: Where the tensors live. Values are drawn on the CPU, so they do not depend on it.
  ///   - generator: The source of the random values.
  public init(device: Device = .cpu, generator: Generator) {
    self.init(device: device, dtype: .float32, generator: generator)
  }

  /// - Parameter generator: `nil` leaves every random tensor as the memory was, for a network that is only measured or
  ///   that gets all its values from elsewhere: nothing is written, and a large network costs nothing.
  package init(device: Device = .cpu, dtype: DType, generator: Generator?) {
    self.device = device
    self.dtype = dtype
    self.generator = generator
  }

  /// The distribution of a weight, in terms of its fans: `fan_in` is the inputs of one output,
  /// `fan_out` the outputs times the kernel's area (torch's definition, groups not considered).
  public enum Distribution: Sendable, Equatable {
    /// N(0, 2 / fan_out): He et al. 2015, backward form; torchvision's for ResNet and MobileNetV2.
    case heFanOut
    /// N(0, 2 / fan_in): He et al. 2015, forward form; CIFAR networks.
    case heFanIn
    /// U(±1/√fan_in): torch's default for convolution and linear layers.
    case uniformFanIn
    /// N(0, deviation²).
    case normal(deviation: Double)
    /// Every value 0.
    case zero
  }

  /// A learned weight.
  ///
  /// - Parameters:
  ///   - shape: `[out, in, …]`, of two dimensions or more for distributions that depend on fans.
  ///   - distribution: Its first values.
  public func weight(_ shape: [Int], _ distribution: Distribution) -> Tensor {
    let area = shape.dropFirst(2).reduce(1, *)
    let values =
      switch distribution {
      case .heFanOut: normal(shape, deviation: (2 / Double(shape[0] * area)).squareRoot())
      case .heFanIn: normal(shape, deviation: (2 / Double(shape[1] * area)).squareRoot())
      case .uniformFanIn: uniform(shape, bound: 1 / Double(shape[1] * area).squareRoot())
      case .normal(let deviation): normal(shape, deviation: deviation)
      case .zero: constant(shape, 0)
      }
    return learned(shape.count == 4 ? values.channelsLast() : values)
  }

  /// A learned vector with U(±1/√fanIn): torch's default bias.
  ///
  /// - Parameters:
  ///   - count: The length; the shape is `[count]`.
  ///   - fanIn: The inputs of one output.
  public func bias(_ count: Int, fanIn: Int) -> Tensor {
    learned(uniform([count], bound: 1 / Double(fanIn).squareRoot()))
  }

  /// A learned vector of one value, shape `[count]`.
  ///
  /// - Parameters:
  ///   - count: The length.
  ///   - value: Every element.
  public func vector(_ count: Int, _ value: Double) -> Tensor { learned(constant([count], value)) }

  /// A tensor of one value that is not learned.
  ///
  /// - Parameters:
  ///   - shape: Its shape.
  ///   - value: Every element.
  public func constant(_ shape: [Int], _ value: Double) -> Tensor {
    Tensor.full(shape, value, dtype: dtype, device: device)
  }

  private func normal(_ shape: [Int], deviation: Double) -> Tensor {
    guard let generator else { return .empty(shape, dtype: dtype, device: device) }
    return Tensor.normal(shape, mean: 0, std: deviation, using: generator, dtype: dtype).moved(
      to: device)
  }

  private func uniform(_ shape: [Int], bound: Double) -> Tensor {
    guard let generator else { return .empty(shape, dtype: dtype, device: device) }
    return Tensor.uniform(shape, in: -bound...bound, using: generator, dtype: dtype).moved(
      to: device)
  }

  private func learned(_ tensor: Tensor) -> Tensor {
    tensor.requiringGrad()
  }
}
