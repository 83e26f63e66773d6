import Requirements
public import Torch

/// A kind of network: how to build it, where it comes from, what images it expects.
public struct Architecture: Sendable {
  /// Its name on the command line: torchvision's or timm's, `mobilenet_v2`.
  public let name: String
  /// Authors, title, venue, year.
  public let citation: String
  /// The side in pixels of the square images it was published with; others work as well.
  public let defaultImageSize: Int
  /// Red, green and blue to subtract from pixels in 0…1.
  public let mean: [Double]
  /// Red, green and blue to divide by after the subtraction.
  public let std: [Double]
  let head: HeadStyle
  let makeBackbone: @Sendable (Initializer) -> any DivisibleBackbone

  init(
    _ name: String, citation: String, imageSize: Int = 224,
    normalization: ChannelStatistics = .imageNet,
    head: HeadStyle, backbone: @escaping @Sendable (Initializer) -> any DivisibleBackbone
  ) {
    self.name = name
    self.citation = citation
    defaultImageSize = imageSize
    mean = normalization.mean
    std = normalization.std
    self.head = head
    makeBackbone = backbone
  }

  /// An untrained network.
  ///
  /// The first weights are distributed as in torchvision (BiT: as published, so that its last layer is
  /// zero and the first loss is exactly ln C). Departs from torchvision: MobileNetV2 drops no features
  /// unless asked to, as in the published code of Balanced-MixUp; torchvision drops 0.2 of them.
  ///
  /// - Parameters:
  ///   - classes: Classes that are told apart, at least 1.
  ///   - form: Kind of head, branches, readout, decoding.
  ///   - dropout: Share of features dropped before the last layer in training, in `0..<1`.
  ///   - device: Where the tensors live.
  ///   - generator: The source of all first weights; the same state gives the same network.
  /// - Precondition: `classes` and `dropout` are in range, the form has no problem, and the device exists.
  public func build(
    classes: Int, form: NetworkForm = NetworkForm(), dropout: Double = 0,
    on device: Device = .cpu, using generator: Generator
  ) -> Network {
    build(
      classes: classes, form: form, dropout: dropout,
      using: Initializer(device: device, generator: generator))
  }

  package func build(
    classes: Int, form: NetworkForm = NetworkForm(), dropout: Double = 0,
    using initializer: Initializer
  ) -> Network {
    let problem = form.problem(for: classes)
    require(problem == nil, "Architecture.build: \(problem ?? "")")
    let (trunk, branches) = parts(form, using: initializer)
    let features = branches[0].featureCount
    let heads = (0..<(form.joinsFeatures ? 1 : branches.count)).map { _ in
      head.head(
        form.head, features: form.joinsFeatures ? features * branches.count : features,
        classes: form.decoding.outputs(for: classes), dropout: dropout, using: initializer)
    }
    // Last, so that the other tensors begin as without it.
    let projection = form.projection.map {
      ProjectionHead(features: features * branches.count, outputs: $0, using: initializer)
    }
    return Network(
      name: name, trunk: trunk, branches: branches, heads: heads, projection: projection,
      style: head,
      readout: form.readout, division: form.division, decoding: form.decoding, classes: classes)
  }

  /// A whole backbone, or shared early stages with so many late ones.
  private func parts(
    _ form: NetworkForm, using initializer: Initializer
  ) -> (trunk: (any Layer)?, branches: [any Backbone]) {
    guard form.branches > 1 else { return (nil, [makeBackbone(initializer)]) }
    let whole = (0..<form.branches).map { _ in makeBackbone(initializer) }
    return (whole[0].early(form.division), whole.map { $0.late(form.division) })
  }
}

/// Per-channel mean and deviation of pixels in 0…1.
struct ChannelStatistics {
  let mean, std: [Double]

  /// Of ImageNet's training images, as torchvision's weights expect.
  static let imageNet = ChannelStatistics(
    mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225])
  /// (p − 127) / 128 of bytes p, as EfficientNet-Lite's weights expect.
  static let bytes = ChannelStatistics(
    mean: [127.0 / 255, 127.0 / 255, 127.0 / 255], std: [128.0 / 255, 128.0 / 255, 128.0 / 255])
  /// To −1…1, as BiT's weights expect.
  static let symmetric = ChannelStatistics(mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5])
}
