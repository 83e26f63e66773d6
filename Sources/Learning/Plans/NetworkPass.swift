public import Networks
public import Torch

/// The pass of a step through a network.
public struct NetworkPass: Pass {
  private let network: Network
  private let generator: Generator
  private let replays: Bool
  private let following: Network?
  private let shiftsStatistics: Bool
  private let dropPath: Double

  /// A pass of a step.
  ///
  /// - Parameters:
  ///   - network: what is run.
  ///   - seed: of the step's dropout; the same seed drops the same.
  ///   - replays: whether the step was done before: what would be recorded is not recorded again.
  ///   - teacher: the network that follows, where the stage has one.
  ///   - shiftsStatistics: whether batch normalisations that do not learn take part in learning.
  ///   - dropPath: how often what the last block adds is left out for a row, in `0..<1`.
  public init(
    _ network: Network, seed: UInt64, replays: Bool = false, teacher: Network? = nil,
    shiftsStatistics: Bool = false, dropPath: Double = 0
  ) {
    (self.network, self.replays, following) = (network, replays, teacher)
    (self.shiftsStatistics, self.dropPath) = (shiftsStatistics, dropPath)
    generator = Generator(seed: seed)
  }

  /// A pass of the teacher; nothing that it does is recorded, in statistics or for gradients.
  public var teacher: (any Pass)? { following.map { TeacherPass($0, generator: generator) } }

  /// The features of inputs, `[N, F]` of each branch.
  public func features(_ inputs: Inputs, branches: [Int]?, _ mode: Mode) -> [Tensor] {
    network.features(inputs, branches: branches, context(mode))
  }

  /// The logits of features, `[N, C]` of each head.
  ///
  /// - Precondition: features of every branch.
  public func logits(of features: [Tensor], _ mode: Mode) -> [Tensor] {
    network.logits(of: features, context(mode))
  }

  /// The projection of the network, `[N, D]`.
  ///
  /// - Precondition: the network has one.
  public func projection(of features: [Tensor], _ mode: Mode) -> Tensor {
    network.projection(of: features, context(mode))
  }

  /// The prediction of the network, `[N, D]`.
  ///
  /// - Precondition: its projection has a predictor.
  public func prediction(of projection: Tensor, _ mode: Mode) -> Tensor {
    network.prediction(of: projection, context(mode))
  }

  /// Those of the network.
  public var hiddenPlaces: Int { network.hiddenPlaces }

  /// The features of inputs, `[N, F]` of every branch, hidden ones changed on the way.
  ///
  /// - Precondition: `place` is in `0...hiddenPlaces`.
  public func features(
    _ inputs: Inputs, changing place: Int, _ mode: Mode, by change: @escaping (Tensor) -> Tensor
  ) -> [Tensor] {
    network.features(inputs, changing: place, context(mode), by: change)
  }
  /// The centres of the network, `[C, D]`.
  ///
  /// - Precondition: the network has centres, and heads with a row for each class.
  public func centres(_ mode: Mode) -> Tensor { network.centres(context(mode)) }

  /// The scores of the network's router, `[N]` of each expert but the last.
  ///
  /// - Precondition: the network has a router.
  public func routing(of features: [Tensor], _ heads: [Tensor], _ mode: Mode) -> [Tensor] {
    network.routing(of: features, heads, context(mode))
  }

  private func context(_ mode: Mode) -> Context {
    var context = Context(
      mode == .learning && replays ? .frozenStatistics : mode, generator: generator)
    context.shiftsStatistics = shiftsStatistics
    context.dropPath = dropPath
    return context
  }

  /// The readout of the network, `[N, C]`.
  public func answer(_ heads: [Tensor]) -> Tensor { network.form.readout(heads) }

  /// By the decoding of the network, `[N, C]`.
  public func scores(of answer: Tensor, pixels: Tensor) -> Tensor {
    network.scores(of: answer, pixels: pixels)
  }

  /// By libtorch's `autograd.grad`, of the shape of `inputs`.
  ///
  /// - Precondition: `value` is one number that was made from `inputs`.
  public func gradient(of value: Tensor, at inputs: Tensor) -> Tensor {
    value.gradient(at: inputs)
  }
}
