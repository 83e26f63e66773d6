public import Batches
import Requirements
public import Sampling
public import Torch

/// How wrong the network is about each row.
///
/// A loss is written once, for hard labels; mixed targets follow by linearity:
///
///     let loss = CrossEntropy()
///     let rows = loss(network(batch.inputs), batch.target)
///     rows.mean.backward()
///
/// A loss that depends on class counts is made with them. What depends on time reads
/// ``LossState/moment``, what is gathered over the run stands in ``LossState/memory``.
public protocol Loss: Sendable {
  /// The loss of hard labels, without weights of classes.
  ///
  /// - Parameters:
  ///   - logits: `[N, C]`, unnormalised, float32 or float64.
  ///   - labels: class of each row, `[N]`, each in `0..<C`.
  ///   - state: the time, and what the loss remembers.
  /// - Returns: one unreduced value per row, `[N]`.
  func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor

  /// The loss of a mixed target; a loss that is linear in a soft target may take that short cut.
  ///
  /// - Parameters:
  ///   - logits: `[N, C]`, unnormalised, float32 or float64.
  ///   - target: labellings of the N rows, whose weights sum to 1 in a row; or to 0, where nothing is known of the row and
  ///     its value means nothing.
  ///   - state: the time, and what the loss remembers.
  /// - Returns: Σ_k weight_k · perExample(labels_k), `[N]`.
  func mixed(_ logits: Tensor, _ target: Target, _ state: LossState) -> Tensor

  /// The loss of entries, several labels or numbers a row, each by itself; only of a loss that is made for them.
  ///
  /// - Parameters:
  ///   - outputs: `[N, L]`, float32 or float64.
  ///   - values: what the entries should be, `[N, L]`; 0 where an entry is not known, which does not count.
  ///   - state: the time, and what the loss remembers.
  /// - Returns: one unreduced value per entry, `[N, L]`.
  func perEntry(_ outputs: Tensor, _ values: Tensor, _ state: LossState) -> Tensor

  /// What the rows' values are divided by, where classes are not weighted: the number of rows of which something is
  /// known, for most.
  ///
  /// - Parameters:
  ///   - target: labellings of the N rows.
  ///   - outputs: outputs a row.
  func denominator(of target: Target, outputs: Int) -> Double

  /// The same where classes are weighted: the sum of the weights, for most.
  ///
  /// - Parameters:
  ///   - target: labellings of the N rows, weighted by their classes.
  ///   - outputs: outputs a row.
  func weightedDenominator(of target: Target, outputs: Int) -> Double

  /// Classes that so many outputs tell apart, each of which may have a weight: as many, but for ordered classes one more.
  ///
  /// - Parameter outputs: outputs a row.
  func classes(of outputs: Int) -> Int

  /// How much a row of each class counts now, `[C]`, at least 0; `nil` counts all alike.
  ///
  /// The mean is then over the weights, Σ w_y ℓ / Σ w_y, as `torch.nn.CrossEntropyLoss(weight=…)` has it.
  func classWeights(at moment: Moment) -> [Double]?

  /// Whether rows can be weighted by their class; not where the outputs are no logits of the classes.
  var takesClassWeights: Bool { get }

  /// Whether it has a value for entries, several labels or numbers a row; what goes by classes, as margins do, has none.
  var takesEntries: Bool { get }

  /// What is added to the logit of each class in training and not afterwards, `[C]`; `nil` adds nothing. A network that
  /// is trained so answers as if a class were e^−b as common as it was drawn.
  var logitOffsets: [Double]? { get }

  /// What is remembered before the first step; empty for most.
  ///
  /// - Parameter classes: counts of the training set.
  func memory(for classes: ClassCounts) -> Memory

  /// Takes note of a step's target, before the step's values are made.
  func observe(_ target: Target, remembering memory: inout Memory)
}

extension Loss {
  /// The loss of each row against its target, in float32 whatever the autocast (float64 stays).
  /// Rows of which nothing is known are 0, and count neither in the mean nor in any gradient.
  ///
  /// Of entries a row's value is the sum over those that are known, each times its weight, and what
  /// the values are divided by is the sum of the weights: the mean is one over entries.
  ///
  /// - Parameters:
  ///   - logits: `[N, C]`, unnormalised, of any floating type.
  ///   - target: labellings or entries of the N rows.
  ///   - state: the time, and what the loss remembers.
  /// - Returns: a value per row, `[N]`, and what their sum is divided by.
  /// - Precondition: `logits` has two dimensions and as many rows as `target`; an output for each
  ///   entry, and a weight for each class where classes are weighted.
  public func callAsFunction(
    _ logits: Tensor, _ target: Target, _ state: LossState = LossState()
  ) -> RowValues {
    require(
      logits.rank == 2 && logits.shape[0] == target.count,
      "Loss: expected logits [\(target.count), C] for \(target.count) labels, got \(logits.shape)")
    let logits = logits.dtype == .float64 ? logits : logits.to(.float32)
    if let entries = target.entries { return self.values(logits, entries, state) }
    let known = target.known
    let (rows, count) = (known.count { $0 }, target.count)
    if rows == count { return values(logits, target, state) }
    guard rows > 0 else { return RowValues((logits * 0).sum(dims: [1]), denominator: 0) }
    let mask = Tensor(known.map { $0 ? 1 : 0 } as [Float], shape: [count])
    let all = values(logits, target, state)
    return RowValues(
      all.values * mask.to(logits.dtype).moved(to: logits.device),
      denominator: all.denominator)
  }

  /// The same of entries. What is not known is taken out before the loss is asked, so that no output there, be it
  /// infinite, is in a value or a gradient.
  private func values(
    _ outputs: Tensor, _ entries: Target.Entries, _ state: LossState
  ) -> RowValues {
    require(
      outputs.shape[1] == entries.width,
      "Loss: expected \(entries.width) outputs a row, one an entry, got \(outputs.shape)")
    let (values, weights) = entries.tensors(outputs.dtype, on: outputs.device)
    let nothing = Tensor(0.0).to(outputs.dtype).moved(to: outputs.device)
    let known = Tensor.where(weights.greater(than: 0), outputs, nothing)
    return RowValues(
      (perEntry(known, values, state) * weights).sum(dims: [1]),
      denominator: entries.weights.reduce(0) { $0 + Double($1) })
  }

  /// The same where something is known of a row; of the others a value that means nothing.
  private func values(_ logits: Tensor, _ target: Target, _ state: LossState) -> RowValues {
    guard let weights = classWeights(at: state.moment) else {
      // A row that is half unknown has half of a value, which a loss of soft targets would fill up.
      let isPartial = (0..<target.count).contains { row in
        let weight = target.terms.reduce(0) { $0 + $1.weight[row] }
        return weight > 1e-5 && weight < 1 - 1e-5
      }
      return RowValues(
        isPartial ? linear(logits, target.terms, state) : mixed(logits, target, state),
        denominator: denominator(of: target, outputs: logits.shape[1]))
    }
    let classes = classes(of: logits.shape[1])
    require(
      weights.count == classes,
      "Loss: expected a weight for each of \(classes) classes, got \(weights.count)")
    let weighted = target.weighted(by: weights)
    return RowValues(
      linear(logits, weighted.terms, state),
      denominator: weightedDenominator(of: weighted, outputs: logits.shape[1]))
  }

  /// Σ_k weight_k · perExample(labels_k), `[N]`: every loss is linear in a mixture of labellings.
  public func mixed(_ logits: Tensor, _ target: Target, _ state: LossState) -> Tensor {
    linear(logits, target.terms, state)
  }

  /// Σ_k weight_k · perExample(labels_k), `[N]`.
  func linear(
    _ logits: Tensor, _ terms: [Target.Labelling], _ state: LossState
  ) -> Tensor {
    let parts = terms.map { term in
      let weight = Tensor(term.weight, shape: [term.weight.count]).moved(to: logits.device)
      return perExample(logits, term.labels, state) * weight.to(logits.dtype)
    }
    return parts.dropFirst().reduce(parts[0], +)
  }

  /// Stops the program: a loss of classes was asked for one of entries, `[N, L]`.
  ///
  /// - Precondition: the loss takes entries, and so has its own function in place of this one.
  public func perEntry(_ outputs: Tensor, _ values: Tensor, _ state: LossState) -> Tensor {
    requirementFailed("\(Self.self): expected a target of classes, got entries")
  }

  /// Rows of which something is known.
  public func denominator(of target: Target, outputs: Int) -> Double {
    Double(target.known.count { $0 })
  }

  /// Σ of the weights.
  public func weightedDenominator(of target: Target, outputs: Int) -> Double {
    target.terms.totalWeight
  }

  /// As many.
  public func classes(of outputs: Int) -> Int { outputs }

  /// No weights `[C]`: all count alike.
  public func classWeights(at moment: Moment) -> [Double]? { nil }

  /// Rows can be weighted by their class.
  public var takesClassWeights: Bool { true }

  /// Entries have no value.
  public var takesEntries: Bool { false }

  /// Nothing, in place of offsets `[C]`.
  public var logitOffsets: [Double]? { nil }

  /// Nothing.
  public func memory(for classes: ClassCounts) -> Memory { Memory() }

  /// Nothing to note.
  public func observe(_ target: Target, remembering memory: inout Memory) {}
}

extension [Target.Labelling] {
  /// Sum of all weights.
  fileprivate var totalWeight: Double {
    reduce(0) { $0 + $1.weight.reduce(0) { $0 + Double($1) } }
  }
}
