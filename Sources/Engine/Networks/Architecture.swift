import Requirements
public import Torch

/// A kind of network: how to build it, where it comes from, what inputs it expects.
public struct Architecture: Sendable {
  /// Its name on the command line: torchvision's or timm's, `mobilenet_v2`.
  public let name: String
  /// Authors, title, venue, year.
  public let citation: String
  /// What it looks at.
  public let input: InputForm
  /// The shape of one input that its size is told for: of images `[3, side, side]` as published, of features `[D]`, of
  /// series `[C, T]`; others work as well.
  public let typicalShape: [Int]
  /// Red, green and blue, `[C]` with C = 3, to subtract from pixels in 0…1; of other inputs, which
  /// are standardised by their training part, empty.
  public let mean: [Double]
  /// Red, green and blue, `[C]` with C = 3, to divide by after the subtraction; empty where there
  /// is none.
  public let std: [Double]
  /// How tokens become features unless told; `nil` where there are no tokens.
  public let pooling: TokenPooling?
  /// The network whose tensors have the same names and shapes, and which computes otherwise; `nil` where there is none.
  /// Weights of the one load into the other without a sign, and mean nothing there.
  public let twin: String?
  /// Sides of images are multiples of it: the side of a patch in pixels, 1 where any side will do.
  public let sideMultiple: Int
  /// What can be added to its blocks beside their weights; empty where they have nothing that it could be added to.
  public let adapters: [Adapter.Kind]
  /// Blocks that have an adapter, where the architecture is so divided.
  let depth: Int
  let head: HeadStyle
  let makeBackbone: @Sendable (_ inputs: Int, TokenPooling?, Initializer) -> any DivisibleBackbone

  /// A network of images.
  init(
    _ name: String, citation: String, imageSize: Int = 224,
    normalization: ChannelStatistics = .imageNet, head: HeadStyle, twin: String? = nil,
    sideMultiple: Int = 1, adapters: [Adapter.Kind] = [], depth: Int = 0,
    backbone: @escaping @Sendable (_ channels: Int, Initializer) -> any DivisibleBackbone
  ) {
    self.name = name
    self.citation = citation
    input = .images
    typicalShape = [Self.defaultChannels, imageSize, imageSize]
    mean = normalization.mean
    std = normalization.std
    self.head = head
    (pooling, self.sideMultiple, self.twin) = (nil, sideMultiple, twin)
    (self.adapters, self.depth) = (adapters, depth)
    makeBackbone = { inputs, _, initializer in backbone(inputs, initializer) }
  }

  /// A transformer of images.
  init(
    _ name: String, citation: String, size: VisionTransformerSize, pooling: TokenPooling,
    imageSize: Int? = nil, normalization: ChannelStatistics = .imageNet, twin: String? = nil
  ) {
    self.name = name
    self.citation = citation
    input = .images
    let side = imageSize ?? size.side
    typicalShape = [Self.defaultChannels, side, side]
    mean = normalization.mean
    std = normalization.std
    head = HeadStyle(name: "head", distribution: .normal(deviation: 0.02), bias: .zero)
    (self.pooling, sideMultiple, self.twin) = (pooling, size.patch, twin)
    (adapters, depth) = (Adapter.Kind.allCases, size.depth)
    makeBackbone = { channels, chosen, initializer in
      VisionTransformer(
        size, channels: channels, pooling: chosen ?? pooling, using: initializer)
    }
  }

  /// A network of something else.
  init(
    _ name: String, citation: String, of input: InputForm, typicalShape: [Int], head: HeadStyle,
    backbone: @escaping @Sendable (_ inputs: Int, Initializer) -> any DivisibleBackbone
  ) {
    self.name = name
    self.citation = citation
    self.input = input
    self.typicalShape = typicalShape
    (mean, std) = ([], [])
    self.head = head
    (pooling, sideMultiple, twin) = (nil, 1, nil)
    (adapters, depth) = ([], 0)
    makeBackbone = { inputs, _, initializer in backbone(inputs, initializer) }
  }

  /// Channels of images unless told.
  private static let defaultChannels = 3

  /// The side in pixels of the square images it was published with; `nil` where it looks at something else.
  public var defaultImageSize: Int? { input == .images ? typicalShape[1] : nil }

  /// An untrained network.
  ///
  /// The first weights are distributed as in torchvision (BiT: as published, so that its last layer is
  /// zero and the first loss is exactly ln C). Departs from torchvision: MobileNetV2 drops no features
  /// unless asked to, as in the published code of Balanced-MixUp; torchvision drops 0.2 of them.
  ///
  /// - Parameters:
  ///   - classes: Classes that are told apart, at least 1.
  ///   - inputs: Channels of images, 3 unless told; width of feature vectors; channels of series. At least 1, and
  ///     needed where the network does not look at images.
  ///   - form: Kind of head, branches, readout, decoding.
  ///   - dropout: Share of features dropped before the last layer in training, in `0..<1`.
  ///   - device: Where the tensors live.
  ///   - generator: The source of all first weights; the same state gives the same network.
  /// - Precondition: `classes`, `inputs` and `dropout` are in range, the form has no problem, and the device exists.
  public func build(
    classes: Int, inputs: Int? = nil, form: NetworkForm = NetworkForm(), dropout: Double = 0,
    on device: Device = .cpu, using generator: Generator
  ) -> Network {
    build(
      classes: classes, inputs: inputs, form: form, dropout: dropout,
      using: Initializer(device: device, generator: generator))
  }

  package func build(
    classes: Int, inputs: Int? = nil, form: NetworkForm = NetworkForm(), dropout: Double = 0,
    using initializer: Initializer
  ) -> Network {
    let problem = self.problem(of: form, classes: classes)
    require(problem == nil, "Architecture.build: \(problem ?? "")")
    let inputs = inputs ?? (input == .images ? Self.defaultChannels : 0)
    require(
      inputs >= 1,
      "Architecture.build: expected at least 1 input for \(name), which takes \(input), got \(inputs)"
    )
    var adapted = initializer
    adapted.adapter = form.adapter?.resolved(classes: classes, blocks: depth)
    let (trunk, branches) = parts(form, inputs, using: adapted)
    let features = branches[0].featureCount
    let heads = (0..<(form.joinsFeatures ? 1 : branches.count)).map { _ in
      head.head(
        form.head, features: form.joinsFeatures ? features * branches.count : features,
        classes: form.decoding.outputs(for: classes), dropout: dropout, using: initializer)
    }
    // Last, as the draws of adapters, so that the other tensors begin as without it.
    let projection = form.projection.map {
      ProjectionHead(
        features: form.division == .heads ? features : features * branches.count, outputs: $0,
        predicts: form.predicts, hasCentres: form.projectsCentres, using: initializer)
    }
    let router =
      form.routes
      ? ExpertRouter(
        experts: branches.count, features: features, classes: heads[0].classes, using: initializer)
      : nil
    let network = Network(
      name: name, trunk: trunk, branches: branches, heads: heads, projection: projection,
      style: head,
      readout: form.readout, division: form.division, pooling: form.pooling ?? pooling,
      decoding: form.decoding, classes: classes, adapter: adapted.adapter, router: router)
    network.drawAdapters(using: initializer)
    return network
  }

  /// Why it cannot be built in a form, if it cannot: what is wrong with the form itself, or a pooling of tokens that it
  /// has not.
  ///
  /// - Parameters:
  ///   - form: kind of head, branches, readout, pooling, decoding; it may come from anywhere.
  ///   - classes: classes that are told apart, at least 1.
  public func problem(of form: NetworkForm, classes: Int) -> String? {
    if let problem = form.problem(for: classes) { return problem }
    if let adapter = form.adapter, !adapters.contains(adapter.kind) {
      return problem(of: adapter.kind)
    }
    guard let wanted = form.pooling, wanted != pooling else { return nil }
    if pooling == .attention {
      return "expected the tokens of \(name) gathered by a query, got '\(wanted.rawValue)'"
    }
    guard pooling == nil || wanted == .attention else { return nil }
    return pooling == nil
      ? "expected no pooling of tokens for \(name), which has none, got '\(wanted.rawValue)'"
      : "expected no such pooling of tokens for \(name), got '\(wanted.rawValue)'"
  }

  private func problem(of kind: Adapter.Kind) -> String {
    let others = Architectures.all.filter { $0.adapters.contains(kind) }.map(\.name)
    let what = kind == .lora ? "linear layers" : "perceptrons beside which it could stand"
    return
      "expected no \(kind.rawValue) for \(name), whose blocks have no \(what); networks that have are: "
      + others.joined(separator: ", ")
  }

  /// Why a part of it cannot learn, if it cannot; `nil` when all is well.
  ///
  /// - Parameter tuning: what is to learn; it may come from anywhere.
  public func problem(of tuning: Tuning) -> String? {
    switch tuning {
    case .all, .head: return nil
    case .adapter(let adapter):
      return adapter.problem ?? (adapters.contains(adapter.kind) ? nil : problem(of: adapter.kind))
    case .bias, .blocks:
      let network = build(
        classes: 2, inputs: input == .images ? nil : typicalShape[0],
        using: Initializer(dtype: .float32, generator: nil))
      if case .blocks(let count) = tuning {
        if count < 1 { return "expected at least 1 block of \(name), got \(count)" }
        return count <= network.blockCount
          ? nil : "expected at most \(network.blockCount) blocks of \(name), got \(count)"
      }
      let heads = Set(network.headNames)
      return network.parameters.contains { $0.name.hasSuffix(".bias") && !heads.contains($0.name) }
        ? nil : "expected a network with biases before its last layer, and \(name) has none"
    }
  }

  /// Why blocks cannot be left out in training, if they cannot; `nil` when all is well.
  public var problemOfDropPath: String? {
    let network = build(
      classes: 2, inputs: input == .images ? nil : typicalShape[0],
      using: Initializer(dtype: .float32, generator: nil))
    let count = OperationCount(shapesOnly: true)
    var context = Context(training: true, tracing: count)
    context.dropPath = 0.5
    withoutGradients {
      let input = Tensor.zeros([2] + typicalShape)
      _ = network(input.rank == 4 ? input.channelsLast() : input, context)
    }
    return count.pathRates.isEmpty
      ? "expected a network of residual blocks, and \(name) has none that could be left out" : nil
  }

  /// A whole backbone, or shared early stages with so many late ones.
  private func parts(
    _ form: NetworkForm, _ inputs: Int, using initializer: Initializer
  ) -> (trunk: (any Layer)?, branches: [any Backbone]) {
    guard form.branches > 1 else { return (nil, [makeBackbone(inputs, form.pooling, initializer)]) }
    let whole = (0..<form.branches).map { _ in makeBackbone(inputs, form.pooling, initializer) }
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
  /// Of the images that CLIP was trained with.
  static let clip = ChannelStatistics(
    mean: [0.48145466, 0.4578275, 0.40821073], std: [0.26862954, 0.26130258, 0.27577711])
  /// To −1…1, as BiT's weights expect.
  static let symmetric = ChannelStatistics(mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5])
}
