import Requirements
public import Torch

/// The tensors that an optimiser moves, with their names.
public struct ParameterList: Sendable {
  /// Unique names, in network order.
  public let names: [String]
  /// The parameters themselves; optimisers change them in place. They have any shape.
  public let tensors: [Tensor]
  /// What each is to an optimiser that tells them apart.
  public let kinds: [ParameterKind]
  /// What the learning rate of each is multiplied with, `[P]` of the P parameters, at least 0.
  public let rates: [Double]

  /// - Parameters:
  ///   - names: unique names, in network order.
  ///   - tensors: one parameter per name, of any shape.
  ///   - kinds: one kind per name; `nil` makes them all `other`.
  ///   - rates: what the learning rate of each is multiplied with, at least 0; `nil` makes them all
  ///     1.
  /// - Precondition: as many names as tensors, kinds and rates, no name twice; rates are finite and
  ///   at least 0.
  public init(
    names: [String], tensors: [Tensor], kinds: [ParameterKind]? = nil, rates: [Double]? = nil
  ) {
    require(
      names.count == tensors.count && Set(names).count == names.count,
      "ParameterList: expected a unique name per tensor, got \(Set(names).count) for "
        + "\(tensors.count)")
    (self.names, self.tensors) = (names, tensors)
    self.kinds = kinds ?? names.map { _ in .other }
    require(
      self.kinds.count == names.count,
      "ParameterList: expected a kind per tensor, got \(self.kinds.count) for \(names.count)")
    self.rates = rates ?? names.map { _ in 1 }
    require(
      self.rates.count == names.count && self.rates.allSatisfy { $0 >= 0 && $0.isFinite },
      "ParameterList: expected a rate of at least 0 per tensor, got \(self.rates.count) for \(names.count)"
    )
  }

  /// The parameters of some kinds.
  func part(_ isWanted: (ParameterKind) -> Bool) -> ParameterList {
    let places = kinds.indices.filter { isWanted(kinds[$0]) }
    return ParameterList(
      names: places.map { names[$0] }, tensors: places.map { tensors[$0] },
      kinds: places.map { kinds[$0] }, rates: places.map { rates[$0] })
  }

  /// The places of parameters with a gradient, in order, in groups of equal rate.
  var movedByRate: [(rate: Double, places: [Int])] {
    var groups: [(rate: Double, places: [Int])] = []
    for place in tensors.indices where tensors[place].grad != nil {
      if let known = groups.firstIndex(where: { $0.rate == rates[place] }) {
        groups[known].places.append(place)
      } else {
        groups.append((rates[place], [place]))
      }
    }
    return groups
  }

  /// How many parameters there are.
  public var count: Int { names.count }

  /// Gradients of all the parameters that have one, each of its parameter's shape.
  public var gradients: [Tensor] { tensors.compactMap(\.grad) }

  /// Forgets all gradients.
  public func clearGradients() {
    for tensor in tensors { tensor.clearGrad() }
  }

  /// Scales all gradients so that together they are no longer than `limit`:
  /// g ← g · min(1, limit / (‖g‖ + 10⁻⁶)).
  ///
  /// Source: Pascanu, Mikolov, Bengio, "On the difficulty of training recurrent neural networks",
  /// ICML 2013; the values are those of `torch.nn.utils.clip_grad_norm_`.
  ///
  /// - Parameter limit: greatest Euclidean length; above 0. `.infinity` only measures.
  /// - Returns: ‖g‖ before, shape `[]`; `nil` without gradients. Not finite if any gradient is not.
  ///   Clipping does not wait for the device, reading the norm does.
  /// - Precondition: `limit` is above 0.
  @discardableResult
  public func clipGradients(to limit: Double) -> Tensor? {
    require(limit > 0, "clipGradients: expected a limit above 0, got \(limit)")
    let gradients = gradients
    guard !gradients.isEmpty else { return nil }
    return withoutGradients {
      let norm = FusedKernels.globalNorm(gradients)
      FusedKernels.scale(gradients, by: (limit / (norm + 1e-6)).clamped(min: 0, max: 1))
      return norm
    }
  }

  /// Zeros of each parameter's shape and memory layout: the fused kernels walk through parameter,
  /// gradient and buffer in step, in memory order.
  func zerosAlike() -> [Tensor] {
    withoutGradients {
      tensors.map { tensor in
        let zeros = tensor.detached().cloned()
        zeros.zero()
        return zeros
      }
    }
  }
}
