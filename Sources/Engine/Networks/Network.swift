public import OrderedCollections
public import Torch
public import Weights

/// An image classifier: images → features → logits.
///
///     let network = try Architectures.named("resnet32").build(
///       classes: 8, using: Generator(seed: 0))
///     let logits = network(images, Context())  // [N, 8]
///
/// A value whose tensors are shared, as a ``Tensor``'s storage is: copying a network does not copy its
/// weights. Names, shapes and order of the tensors are torchvision's (BiT's own for BiT).
public struct Network: Sendable {
  /// What the network is: name, citation, default size, normalisation.
  public let architecture: Architecture
  /// The number of logits.
  public let classes: Int
  /// What is learned, frozen or not, in torchvision's order.
  public let parameters: [NamedTensor]
  /// What is stored but not learned by gradient: running statistics, in torchvision's order.
  public let buffers: [NamedTensor]
  /// The names of the parameters of the last layer; the others belong to the backbone.
  public let headNames: [String]
  let backbone: any Backbone
  let head: Head
  private let tensors: [NamedTensor]

  init(_ architecture: Architecture, classes: Int, backbone: any Backbone, head: Head) {
    self.architecture = architecture
    self.classes = classes
    self.backbone = backbone
    self.head = head
    var visitor = TensorVisitor()
    backbone.visit(&visitor)
    let backboneCount = visitor.parameters.count
    head.visit(&visitor)
    parameters = visitor.parameters
    buffers = visitor.buffers
    tensors = visitor.all
    headNames = visitor.parameters.dropFirst(backboneCount).map(\.name)
  }

  /// The logits of a batch of images.
  ///
  /// - Parameters:
  ///   - images: `[N, 3, H, W]`, normalised by the architecture's mean and deviation.
  ///   - context: Training or evaluation.
  /// - Returns: `[N, classes]`.
  /// - Precondition: In training, a batch normalisation needs more than one value per channel.
  public func callAsFunction(_ images: Tensor, _ context: Context) -> Tensor {
    logits(ofFeatures: features(images, context), context)
  }

  /// What the last layer sees: the backbone's output, averaged over the pixels.
  ///
  /// - Parameters:
  ///   - images: `[N, 3, H, W]`.
  ///   - context: Training or evaluation.
  /// - Returns: `[N, featureCount]`.
  public func features(_ images: Tensor, _ context: Context) -> Tensor {
    backbone(images, context)
  }

  /// The last layer alone.
  ///
  /// - Parameters:
  ///   - features: `[N, featureCount]`.
  ///   - context: Training or evaluation; dropout is here.
  /// - Returns: `[N, classes]`.
  public func logits(ofFeatures features: Tensor, _ context: Context) -> Tensor {
    head(features, context)
  }

  /// The length of a feature vector.
  public var featureCount: Int { backbone.featureCount }

  /// All tensors, parameters and buffers, in PyTorch's `state_dict()` order; shared, not copied.
  public var stateDict: StateDict {
    StateDict(uniqueKeysWithValues: tensors.map { ($0.name, $0.tensor) })
  }

  /// The same backbone, shared, under a new, untrained last layer.
  ///
  /// - Parameters:
  ///   - classes: Logits of the new layer, at least 1.
  ///   - dropout: Share of features dropped before it in training, in `0..<1`.
  ///   - generator: The source of its first weights.
  public func withNewHead(
    classes: Int, dropout: Double = 0, using generator: Generator
  ) -> Network {
    let tensor = parameters[0].tensor
    let initializer = Initializer(device: tensor.device, dtype: tensor.dtype, generator: generator)
    let head = Head(
      architecture.head, features: featureCount, classes: classes, dropout: dropout,
      using: initializer)
    return Network(architecture, classes: classes, backbone: backbone, head: head)
  }
}
