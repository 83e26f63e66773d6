public import Torch

/// What a forward pass needs to know beside its input.
public struct Context {
  /// True while learning: batch statistics are used, dropout drops.
  public var training: Bool
  /// Whether batch statistics move the running ones, in training.
  public var recordsStatistics: Bool
  /// Where dropout's randomness comes from. Not touched when nothing is dropped.
  public var generator: Generator
  /// How many steps of each row are valid in a batch of series of unequal length, `[N]` int64, each at least 1 and at
  /// most T; what stands behind them is padding, of any value. `nil` where all of a batch is valid.
  public var lengths: Tensor?
  /// How often what the last block adds is left out for a row, in training, in `0..<1`; earlier blocks less often.
  public var dropPath = 0.0
  /// The shape of what the network was given, for layers deep inside that need to know; the network sets it.
  var inputShape: [Int]?
  /// What the batch holds beside its main tensor, by name, each of shape `[N, …]`.
  public var others: [String: Tensor] = [:]
  /// Whether frozen batch normalisations, too, use the batch's statistics in training and record them.
  public var shiftsStatistics = false
  /// In evaluation on the processor without gradients, in float32 or bfloat16: convolutions with their normalisations folded in; `nil` computes each
  /// layer by itself.
  public var folding: FoldedConvolutions?
  /// What is done to hidden features on the way; `nil` leaves them.
  var hiddenChange: HiddenChange?
  /// Counts multiply-adds when present.
  public var tracing: OperationCount?

  /// A context.
  ///
  /// - Parameters:
  ///   - training: Whether the network is learning.
  ///   - generator: The source of dropout's randomness.
  ///   - lengths: Valid steps of each row of a batch of series, `[N]` int64; `nil` where all are.
  ///   - tracing: A counter that every layer reports to.
  public init(
    training: Bool = false, generator: Generator = Generator(seed: 0), lengths: Tensor? = nil,
    tracing: OperationCount? = nil
  ) {
    self.training = training
    self.generator = generator
    self.lengths = lengths
    self.tracing = tracing
    recordsStatistics = training
  }

  /// The context of a pass in a mode.
  ///
  /// - Parameters:
  ///   - mode: learning, learning without a trace, or evaluating.
  ///   - generator: The source of dropout's randomness.
  ///   - lengths: Valid steps of each row of a batch of series, `[N]` int64; `nil` where all are.
  public init(_ mode: Mode, generator: Generator, lengths: Tensor? = nil) {
    self.init(training: mode != .evaluating, generator: generator, lengths: lengths)
    recordsStatistics = mode == .learning
  }

  /// The context of a pass that changes hidden features.
  func changing(_ place: Int, _ change: @escaping (Tensor) -> Tensor) -> Context {
    var context = self
    context.hiddenChange = HiddenChange(place: place, change: change)
    return context
  }

  /// The context of a batch: its shape, its lengths, and its tensors by name.
  func seeing(_ inputs: Inputs) -> Context {
    var context = self
    context.inputShape = inputs.values.shape
    context.others = inputs.others
    if let lengths = inputs.lengths {
      context.lengths = Tensor(lengths.map(Int64.init), shape: [lengths.count])
        .moved(to: inputs.values.device)
    }
    return context
  }
}

/// What is done to the features at one place of a backbone before the layers behind it see them.
struct HiddenChange {
  /// Which place, 1 for the first.
  let place: Int
  /// Features to features of the same shape.
  let change: (Tensor) -> Tensor
}

/// Counts the multiply-adds of the convolutions and linear layers of a forward pass, and the values
/// that its batch normalisations see.
///
/// One multiplication with the addition that follows it counts as one, as in the papers' tables.
/// Normalisation, activation, pooling and bias are not counted, as is usual.
public final class OperationCount {
  /// Multiply-adds so far, of the whole batch.
  public private(set) var multiplyAdds = 0
  /// The fewest values per channel that a batch normalisation was given; `nil` where there is none.
  public private(set) var fewestNormalized: Int?
  /// How often each block would be left out, of those that sometimes are, in order; of a training pass.
  public private(set) var pathRates: [Double] = []

  /// Whether convolutions, linear layers and attention give results of the right shape without computing them.
  public let shapesOnly: Bool

  /// A counter at 0.
  ///
  /// - Parameter shapesOnly: whether only shapes matter: what the layers give is then whatever the memory held.
  public init(shapesOnly: Bool = false) { self.shapesOnly = shapesOnly }

  /// Adds operations.
  ///
  /// - Parameter count: Multiply-adds, at least 0.
  public func add(multiplyAdds count: Int) { multiplyAdds += count }

  /// Notes how often what a block adds is left out.
  ///
  /// - Parameter rate: Above 0.
  public func note(path rate: Double) { pathRates.append(rate) }

  /// Notes what a batch normalisation takes a mean of.
  ///
  /// - Parameter count: Values per channel of the whole batch, at least 1.
  public func note(normalized count: Int) {
    fewestNormalized = min(count, fewestNormalized ?? count)
  }
}
