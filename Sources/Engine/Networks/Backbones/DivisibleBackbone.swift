import Torch

/// A backbone in steps, one after another, so that it can be cut and several branches share its first ones.
protocol DivisibleBackbone: Backbone {
  /// The steps in order; the last one ends in features `[N, featureCount]`.
  var steps: [BackboneStep] { get }
  /// The first step that every branch has of its own.
  ///
  /// - Parameter division: how much the branches share.
  func cut(_ division: Division) -> Int
  /// The steps, in order, whose results may be changed on the way (``Network/hiddenPlaces``); none for most.
  var places: [Int] { get }
}

extension DivisibleBackbone {
  /// None.
  var places: [Int] { [] }

  /// All steps, and on the way what the context does to hidden features.
  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    guard let hidden = context.hiddenChange else { return steps.reduce(x) { $1($0, context) } }
    let changed = places[hidden.place - 1]
    return steps.enumerated().reduce(x) { x, step in
      let y = step.element(x, context)
      return step.offset == changed ? hidden.change(y) : y
    }
  }

  /// Shows every step.
  func visit(_ visitor: inout TensorVisitor) {
    for step in steps { step.visit(&visitor) }
  }

  /// What all branches share: inputs to what the branches begin with.
  func early(_ division: Division) -> any Layer {
    BackbonePart(steps: Array(steps[..<place(division)]), featureCount: featureCount)
  }

  /// What a branch has of its own: from there to features; names are those of the whole backbone.
  func late(_ division: Division) -> any Backbone {
    BackbonePart(steps: Array(steps[place(division)...]), featureCount: featureCount)
  }

  /// The first step that a branch has of its own; none where all is shared.
  private func place(_ division: Division) -> Int {
    division == .heads ? steps.count : cut(division)
  }
}

/// One step of a backbone: named layers in a row, and what without tensors follows the last of them.
struct BackboneStep: Layer {
  private let layers: [(name: String?, layer: any Layer)]
  private let ending: @Sendable (Tensor) -> Tensor
  private let group: Group

  /// How deep a step counts as, where layers learn at rates of their own.
  enum Group {
    /// One deeper than the step before, and what of its layers counts as deeper says so itself.
    case own
    /// As deep as the step before.
    case ofPrevious
    /// As deep as the heads.
    case ofHeads
  }

  /// - Parameters:
  ///   - layers: names, and what stands under them, in order.
  ///   - group: how deep it counts as.
  ///   - ending: activation or pooling after them; nothing unless said otherwise.
  init(
    _ layers: [(name: String, layer: any Layer)], group: Group = .own,
    ending: @escaping @Sendable (Tensor) -> Tensor = { $0 }
  ) {
    (self.layers, self.group, self.ending) = (layers.map { ($0, $1) }, group, ending)
  }

  /// - Parameters:
  ///   - layer: a layer that names its tensors as the backbone does.
  ///   - group: how deep it counts as.
  ///   - ending: activation or pooling after it; nothing unless said otherwise.
  init(
    unnamed layer: any Layer, group: Group = .own,
    ending: @escaping @Sendable (Tensor) -> Tensor = { $0 }
  ) {
    (layers, self.group, self.ending) = ([(nil, layer)], group, ending)
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    ending(layers.reduce(x) { $1.layer($0, context) })
  }

  func visit(_ visitor: inout TensorVisitor) {
    let before = visitor.depth
    switch group {
    case .own: visitor.depth = (before ?? -1) + 1
    case .ofPrevious: break
    case .ofHeads: visitor.depth = nil
    }
    defer { if group == .ofHeads { visitor.depth = before } }
    for (name, layer) in layers {
      if let name { visitor.layer(name, layer) } else { layer.visit(&visitor) }
    }
  }
}

/// The first or the last steps of a backbone.
private struct BackbonePart: Backbone {
  let steps: [BackboneStep]
  let featureCount: Int

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    steps.reduce(x) { $1($0, context) }
  }

  func visit(_ visitor: inout TensorVisitor) {
    for step in steps { step.visit(&visitor) }
  }
}
