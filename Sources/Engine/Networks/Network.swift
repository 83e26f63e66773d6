public import OrderedCollections
import Requirements
public import Torch
public import Weights

/// A classifier: inputs → features → logits.
///
///     let network = try Architectures.named("resnet32").build(
///       classes: 8, using: Generator(seed: 0))
///     let logits = network(images, Context())  // [N, 8]
///
/// Several branches share a trunk and have late stages and heads of their own; a plain network has one. A
/// user's own network is made of parts that conform to ``Layer``, ``Backbone`` and ``Head``.
///
/// A value whose tensors are shared, as a ``Tensor``'s storage is: copying a network does not copy
/// its weights. Names, shapes and order of the tensors are torchvision's or timm's; of BiT its
/// authors', of InceptionTime tsai's, of ResNets for CIFAR those of the long-tail literature.
public struct Network: Sendable {
  /// What errors call it: the architecture's name.
  public let name: String
  /// The number of classes that are told apart; each head has as many logits, but where the form decodes otherwise.
  public let classes: Int
  /// What is learned, frozen or not, in the order of the package that names it.
  public let parameters: [NamedTensor]
  /// What is stored but not learned by gradient: running statistics, in the same order.
  public let buffers: [NamedTensor]
  /// The names of the parameters of the heads; the others belong to trunk and branches.
  public let headNames: [String]
  /// The names of what heads store beside their parameters.
  private let headBuffers: [String]
  /// Kind of head, branches, readout, decoding.
  public let form: NetworkForm
  /// One head a branch, or one for all.
  public let heads: [any Head]
  /// What stands between features and a contrast, while one is trained.
  let projectionHead: ProjectionHead?
  /// What decides which rows need another expert, once it was trained.
  let expertRouter: ExpertRouter?
  let trunk: (any Layer)?
  let branches: [any Backbone]
  let style: HeadStyle
  private let tensors: [NamedTensor]
  /// The group of every parameter; `nil` is that of the heads.
  let depths: [Int?]
  /// The names of the parameters of adapters.
  public let adapterNames: [String]
  /// Adapters' tensors that do not begin as 0, and how they begin.
  let adapterBeginnings: [(tensor: Tensor, distribution: Initializer.Distribution)]

  /// A network of its parts.
  ///
  /// - Parameters:
  ///   - name: what errors call it.
  ///   - trunk: what the branches share; `nil` where each begins at the input.
  ///   - branches: from the trunk's output to features, at least one.
  ///   - heads: one a branch, or one that sees the features of all of them side by side.
  ///   - projection: what stands between the features of all branches and a contrast; `nil` is without.
  ///   - style: what the heads' tensors are called, and how a new head begins.
  ///   - readout: how logits of several heads become one answer.
  ///   - division: how much the branches of an architecture share, so that it can be built again.
  ///   - pooling: how an architecture's tokens become features, so that it can be built again; `nil` without tokens.
  ///   - decoding: how the answer becomes probabilities of classes.
  ///   - classes: how many classes there are, where the heads do not say so.
  ///   - adapter: what the layers of an architecture have beside their weights, so that it can be built again.
  ///   - router: what decides which rows need another expert; `nil` asks all experts of every row.
  /// - Precondition: the heads are as many as the branches or one, of one kind and number of outputs.
  public init(
    name: String, trunk: (any Layer)? = nil, branches: [any Backbone], heads: [any Head],
    projection: ProjectionHead? = nil, style: HeadStyle = HeadStyle(name: "fc"),
    readout: Readout = .mean, division: Division = .lateStages, pooling: TokenPooling? = nil,
    decoding: Decoding = .softmax, classes: Int? = nil, adapter: Adapter? = nil,
    router: ExpertRouter? = nil
  ) {
    require(
      !branches.isEmpty && (heads.count == branches.count || heads.count == 1)
        && heads.allSatisfy { $0.form == heads[0].form && $0.classes == heads[0].classes },
      "Network: expected equal heads, one a branch or one for all, got \(heads.map(\.form)) for "
        + "\(branches.count) branches")
    (self.name, self.trunk, self.branches) = (name, trunk, branches)
    (self.heads, self.style) = (heads, style)
    self.classes = decoding.classes(of: heads[0].classes) ?? classes ?? heads[0].classes
    (projectionHead, expertRouter) = (projection, router)
    form = NetworkForm(
      head: heads[0].form, branches: branches.count,
      joinsFeatures: branches.count > 1 && heads.count == 1, readout: readout,
      division: division, projection: projection?.outputs,
      predicts: projection?.predicts ?? false, projectsCentres: projection?.centres != nil,
      pooling: pooling, decoding: decoding, adapter: adapter, routes: router != nil)
    require(
      router == nil || form.canRoute,
      "Network: expected \(NetworkForm.routable) for a router, got \(form)")
    var visitor = TensorVisitor()
    (headNames, headBuffers) = Self.visit(&visitor, trunk, branches, heads, style)
    if let projection { visitor.layer(Self.projectionName, projection) }
    if let router { visitor.nested(Self.routerName) { router.visit(&$0) } }
    if let mark = Self.mark(of: decoding) {
      let device = visitor.parameters.first?.tensor.device ?? .cpu
      visitor.buffer(mark, Tensor([1] as [Int64], shape: [1]).moved(to: device))
    }
    parameters = visitor.parameters
    buffers = visitor.buffers
    tensors = visitor.all
    // What stands in no step, as in a user's own trunk, is one group before all others.
    let first = visitor.depths.contains(-1) ? 1 : 0
    depths = visitor.depths.map { $0.map { $0 + first } }
    adapterNames = visitor.adapters.map(\.name)
    adapterBeginnings = visitor.adapters.compactMap { adapter in
      adapter.begins.map { (adapter.tensor, $0) }
    }
  }

  /// The answer to a batch.
  ///
  /// - Parameters:
  ///   - inputs: `[N, 3, H, W]`, normalised by the architecture's mean and deviation; of features `[N, D]`, of series
  ///     `[N, C, T]`.
  ///   - context: Training or evaluation.
  /// - Returns: `[N, classes]`, or as many outputs as the form decodes.
  /// - Precondition: In training, a batch normalisation needs more than one value per channel.
  public func callAsFunction(_ inputs: Inputs, _ context: Context) -> Tensor {
    outputs(inputs, context).logits
  }

  /// The answer to a batch of one tensor whose rows are of equal length. Its shape is `[N, …]`, the
  /// answer's `[N, C]`.
  ///
  /// - Precondition: the shape that the first layer takes.
  public func callAsFunction(_ inputs: Tensor, _ context: Context) -> Tensor {
    self(Inputs(inputs), context)
  }

  /// Features, logits of each head, and the answer; in evaluation a router, where there is one,
  /// says how many experts of each row it is of.
  ///
  /// - Parameters:
  ///   - inputs: A batch, as the network takes it, shape `[N, …]`.
  ///   - context: Training or evaluation.
  /// - Returns: features `[N, F]` of each branch, logits `[N, C]` of each head, and the answer
  ///   `[N, C]`.
  /// - Precondition: the shape that the first layer takes.
  public func outputs(_ inputs: Inputs, _ context: Context) -> Outputs {
    let features = features(inputs, context)
    let heads = logits(of: features, context)
    if expertRouter != nil && !context.training { return routed(features, heads, context) }
    return Outputs(features: features, heads: heads, logits: form.readout(heads))
  }

  /// What the heads see: the output of each branch, averaged over pixels or steps.
  ///
  /// - Parameters:
  ///   - inputs: A batch, as the network takes it, shape `[N, …]`.
  ///   - branches: which branches, in this order; `nil` is all.
  ///   - context: Training or evaluation.
  /// - Returns: `[N, F]` of each, F being ``featureCount``.
  /// - Precondition: branches that there are; the shape that the first layer takes.
  public func features(
    _ inputs: Inputs, branches wanted: [Int]? = nil, _ context: Context
  ) -> [Tensor] {
    var context = context.seeing(inputs)
    var shared = inputs.values
    if let trunk {
      let change = context.hiddenChange
      context.hiddenChange = nil
      shared = trunk(shared, context)
      if let change { shared = change.change(shared) }
    }
    return (wanted ?? Array(branches.indices)).map { branches[$0](shared, context) }
  }

  /// Features, logits of each head, and the answer to one tensor whose rows are of equal length.
  /// Its shape is `[N, …]`.
  public func outputs(_ inputs: Tensor, _ context: Context) -> Outputs {
    outputs(Inputs(inputs), context)
  }

  /// What the heads see of one tensor whose rows are of equal length. Its shape is `[N, …]`, the
  /// features' `[N, F]`.
  public func features(_ inputs: Tensor, branches: [Int]? = nil, _ context: Context) -> [Tensor] {
    features(Inputs(inputs), branches: branches, context)
  }

  /// The heads alone.
  ///
  /// - Parameters:
  ///   - features: `[N, F]` of each branch.
  ///   - context: Training or evaluation; dropout is here.
  /// - Returns: `[N, C]` of each head, C being its number of outputs.
  /// - Precondition: features of every branch.
  public func logits(of features: [Tensor], _ context: Context) -> [Tensor] {
    require(
      features.count == branches.count,
      "Network.logits: expected features of \(branches.count) branches, got \(features.count)")
    if form.joinsFeatures {
      return [heads[0](Tensor.concatenated(features, dim: 1), context)]
    }
    return zip(heads, features).map { $0($1, context) }
  }

  /// Scores of the classes, whose softmax are their probabilities: the answer, decoded.
  ///
  /// - Parameters:
  ///   - answer: what ``callAsFunction(_:_:)`` gives, `[N, outputs]`, or images where the head is a decoder.
  ///   - pixels: the inputs in 0…1, `[N, 3, H, W]`; a decoder's images are compared with them.
  /// - Returns: `[N, classes]`; of a plain classifier the logits themselves.
  /// - Precondition: pixels, where the head is a decoder.
  public func scores(of answer: Tensor, pixels: Tensor? = nil) -> Tensor {
    guard let decoder = heads[0] as? DecoderHead else {
      return form.decoding(answer, classes: classes)
    }
    guard let pixels else {
      requirementFailed("Network.scores: expected the pixels that \(name) gives back, got none")
    }
    return decoder.scores(of: DecoderHead.errors(of: answer, for: pixels))
  }

  /// Whether the answer is an image, to be compared with the input.
  public var givesImages: Bool { heads[0] is DecoderHead }

  /// What a contrast compares: the features of all branches, projected.
  ///
  /// - Parameters:
  ///   - features: `[N, featureCount]` of each branch.
  ///   - context: Training or evaluation.
  /// - Returns: `[N, D]`, of any length row by row.
  /// - Precondition: the form has a projection; features of every branch.
  public func projection(of features: [Tensor], _ context: Context) -> Tensor {
    guard let projectionHead else {
      requirementFailed("Network.projection: expected a form with a projection, got \(form)")
    }
    require(
      features.count == branches.count,
      "Network.projection: expected features of \(branches.count) branches, got \(features.count)")
    // Branches that share everything have the same features.
    let own = form.division == .heads ? [features[0]] : features
    return projectionHead(Tensor.concatenated(own, dim: 1), context)
  }

  /// What is said of a projection that that of another view is.
  ///
  /// - Parameters:
  ///   - projection: `[N, D]`.
  ///   - context: Training or evaluation.
  /// - Returns: `[N, D]`, of any length row by row.
  /// - Precondition: the form has a projection with a predictor.
  public func prediction(of projection: Tensor, _ context: Context) -> Tensor {
    guard let projectionHead else {
      requirementFailed("Network.prediction: expected a form with a predictor, got \(form)")
    }
    return projectionHead.prediction(projection, context)
  }

  /// Where the classes are in the space of the projection: the rows of the heads side by side, projected by layers of
  /// their own.
  ///
  /// - Parameter context: Training or evaluation.
  /// - Returns: `[C, D]`, of any length row by row.
  /// - Precondition: the form has such centres, and its heads have a row for each class.
  public func centres(_ context: Context) -> Tensor {
    guard let centres = projectionHead?.centres else {
      requirementFailed("Network.centres: expected a form with centres, got \(form)")
    }
    let rows = heads.map { head in
      guard let rows = head.classRows else {
        requirementFailed("Network.centres: expected heads with a row a class, got \(head.form)")
      }
      return rows
    }
    return centres(Tensor.concatenated(rows, dim: 1), context)
  }

  /// The names of the projection's parameters; empty where there is none.
  public var projectionNames: [String] {
    projectionHead == nil
      ? [] : parameters.map(\.name).filter { $0.hasPrefix(Self.projectionName + ".") }
  }

  /// What stands before the names of a router's tensors.
  static let routerName = "router"

  /// What stands before the names of a projection's tensors.
  private static let projectionName = "projection"

  /// The name of a tensor that only says how outputs are decoded: a program that would take them for logits of classes
  /// does not know it, and refuses the file.
  private static func mark(of decoding: Decoding) -> String? {
    decoding == .softmax ? nil : "decoding.\(decoding.rawValue)"
  }

  /// Names of tensors that belong to how a network is trained and read, not to the weights that another begins from.
  var ownNames: [String] {
    projectionNames + routerNames + adapterNames + headBuffers
      + [Self.mark(of: form.decoding)].compactMap(\.self)
  }

  /// Whether branches share something.
  var hasTrunk: Bool { trunk != nil }

  /// The backbone, where there is one and it is not divided.
  var wholeBackbone: (any DivisibleBackbone)? {
    branches.count == 1 && trunk == nil ? branches[0] as? any DivisibleBackbone : nil
  }

  /// The length of a feature vector of a branch.
  public var featureCount: Int { branches[0].featureCount }

  /// All tensors, parameters and buffers, in PyTorch's `state_dict()` order; shared, not copied.
  public var stateDict: StateDict {
    StateDict(uniqueKeysWithValues: tensors.map { ($0.name, $0.tensor) })
  }

  /// The same trunk and branches, shared, under other heads; a router, which has learned of the heads that were, is dropped.
  ///
  /// - Parameters:
  ///   - heads: one a branch, or one for all.
  ///   - readout: how their logits become one answer; `nil` leaves it as it is.
  public func with(heads: [any Head], readout: Readout? = nil) -> Network {
    Network(
      name: name, trunk: trunk, branches: branches, heads: heads, projection: projectionHead,
      style: style, readout: readout ?? form.readout, division: form.division,
      pooling: form.pooling, decoding: form.decoding, classes: classes, adapter: form.adapter)
  }

  /// The same trunk, branches and heads, shared, without the projection.
  public func withoutProjection() -> Network {
    Network(
      name: name, trunk: trunk, branches: branches, heads: heads, style: style,
      readout: form.readout, division: form.division, pooling: form.pooling,
      decoding: form.decoding, classes: classes, adapter: form.adapter, router: expertRouter)
  }

  /// The same trunk and branches, shared, under new, untrained heads.
  ///
  /// - Parameters:
  ///   - kind: the kind of the new heads.
  ///   - classes: Classes that the new heads tell apart, at least 1.
  ///   - dropout: Share of features dropped before them in training, in `0..<1`.
  ///   - generator: The source of their first weights.
  public func withNewHead(
    _ kind: HeadForm = .linear, classes: Int, dropout: Double = 0, using generator: Generator
  ) -> Network {
    let tensor = parameters[0].tensor
    let initializer = Initializer(device: tensor.device, dtype: tensor.dtype, generator: generator)
    return with(
      heads: heads.map { _ in
        style.head(
          kind, features: form.joinsFeatures ? featureCount * branches.count : featureCount,
          classes: form.decoding.outputs(for: classes), dropout: dropout, using: initializer)
      })
  }

  /// Names everything as PyTorch would; a network of several branches puts `experts.E` before what is a
  /// branch's own. Returns the names of the heads' parameters and buffers.
  private static func visit(
    _ visitor: inout TensorVisitor, _ trunk: (any Layer)?, _ branches: [any Backbone],
    _ heads: [any Head], _ style: HeadStyle
  ) -> (parameters: [String], buffers: [String]) {
    visitor.depth = -1
    trunk?.visit(&visitor)
    let shared = visitor.depth
    var names: (parameters: [String], buffers: [String]) = ([], [])
    func show(_ head: any Head, _ visitor: inout TensorVisitor) {
      let before = (visitor.parameters.count, visitor.buffers.count)
      visitor.depth = nil
      visitor.layer(style.name, head)
      names.parameters += visitor.parameters[before.0...].map(\.name)
      names.buffers += visitor.buffers[before.1...].map(\.name)
    }
    guard branches.count > 1 else {
      branches[0].visit(&visitor)
      show(heads[0], &visitor)
      return names
    }
    for (number, branch) in branches.enumerated() {
      visitor.nested("experts.\(number)") { visitor in
        visitor.depth = shared
        branch.visit(&visitor)
        if heads.count > 1 { show(heads[number], &visitor) }
      }
    }
    if heads.count == 1 { show(heads[0], &visitor) }
    return names
  }
}
