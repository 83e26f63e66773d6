public import Torch

/// A differentiable function with named tensors: a convolution, a block, the trunk of a network.
///
/// A layer is a value whose tensors are shared: copying the layer does not copy its weights.
/// Composition is by containment. A layer never knows its own name; whoever holds it gives it one.
public protocol Layer: Sendable {
  /// The layer applied to a batch.
  ///
  /// - Parameters:
  ///   - x: `[N, C, H, W]`, of series `[N, C, T]`, for layers on vectors `[N, F]`.
  ///   - context: Training or evaluation, dropout's generator, the operation counter.
  /// - Precondition: `x` has the channels the layer was made for; the engine names the operation if not.
  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor

  /// Shows the layer's tensors to `visitor`: own parameters, own buffers, then the layers inside,
  /// each in PyTorch's order, so that a state dict has the names of another package in its order.
  func visit(_ visitor: inout TensorVisitor)
}

extension Layer {
  /// Nothing to show: a layer without tensors.
  public func visit(_ visitor: inout TensorVisitor) {}
}

/// Collects the tensors of nested layers under their dotted names.
public struct TensorVisitor {
  /// What is learned, in the order seen.
  public private(set) var parameters: [NamedTensor] = []
  /// What is stored but not learned, in the order seen.
  public private(set) var buffers: [NamedTensor] = []
  /// Both, in the order seen: that of PyTorch's `state_dict()`.
  public private(set) var all: [NamedTensor] = []
  /// The group in which each parameter stands, in the order seen; `nil` is that of the heads.
  private(set) var depths: [Int?] = []
  /// Names and tensors of adapters, with the first values of those that do not begin as they were made.
  private(set) var adapters: [(name: String, tensor: Tensor, begins: Initializer.Distribution?)] =
    []
  /// The group of what is shown next; `nil` is that of the heads.
  var depth: Int? = 0
  private var prefix = ""

  /// A visitor that has seen nothing.
  public init() {}

  /// Notes a tensor that is learned.
  ///
  /// - Parameters:
  ///   - name: The last part of its name: `weight`.
  ///   - tensor: The tensor, any shape.
  public mutating func parameter(_ name: String, _ tensor: Tensor) {
    parameters.append((prefix + name, tensor))
    depths.append(depth)
    all.append((prefix + name, tensor))
  }

  /// Notes a tensor of an adapter, which is learned.
  mutating func adapter(
    _ name: String, _ tensor: Tensor, begins distribution: Initializer.Distribution? = nil
  ) {
    adapters.append((prefix + name, tensor, distribution))
    parameter(name, tensor)
  }

  /// Notes a tensor that is stored with the network but not learned by gradient: a running mean.
  ///
  /// - Parameters:
  ///   - name: The last part of its name: `running_mean`.
  ///   - tensor: The tensor, any shape.
  public mutating func buffer(_ name: String, _ tensor: Tensor) {
    buffers.append((prefix + name, tensor))
    all.append((prefix + name, tensor))
  }

  /// Visits a layer held under `name`.
  ///
  /// - Parameters:
  ///   - name: The name without dots at its ends: `layer1.0`.
  ///   - layer: The layer.
  public mutating func layer(_ name: String, _ layer: some Layer) {
    nested(name) { layer.visit(&$0) }
  }

  /// Visits what `body` shows under `name`.
  ///
  /// - Parameters:
  ///   - name: The name without dots at its ends.
  ///   - body: Shows tensors and layers to the visitor.
  public mutating func nested(_ name: String, _ body: (inout TensorVisitor) -> Void) {
    let outer = prefix
    prefix += name + "."
    body(&self)
    prefix = outer
  }
}

/// A tensor of a network, shared with it, and its full dotted name: `layer1.0.conv1.weight`.
public typealias NamedTensor = (name: String, tensor: Tensor)
