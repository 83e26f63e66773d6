import Requirements
public import Torch

/// How the outputs of a network become probabilities of classes; stored with checkpoint and model.
///
/// Validation, predictions, thresholds and reports work with a probability for each class. An objective sees the
/// outputs as they are.
///
/// | decoding | outputs | P(c) |
/// |---|---|---|
/// | `softmax` | C | e^{z_c} / Σ e^z |
/// | `sigmoid` | C, one class against the rest each | σ(z_c) / Σ σ(z) |
/// | `labels` | L, each label a question of its own | σ(z_l), which need not sum to 1 |
/// | `corn` | K − 1, of ordered classes | Π_{j < c} σ(z_j) · (1 − σ(z_c)), the last without its second factor |
/// | `cumulative` | K − 1, of ordered classes | σ(z_{c−1}) − σ(z_c), with σ(z_{−1}) = 1 and σ(z_{K−1}) = 0 |
/// | `number` | 1, a grade | ∝ e^{−(c − ŷ)² / 2} |
/// | `value` | 1, a number | none: the number itself stands in the place of a probability |
///
/// `sigmoid`: what minimises the loss has σ(z_c) = P(c), which sum to 1, so that the division then changes nothing.
/// `cumulative`: σ(z_k) is P(y > k), which should fall as k rises. Where it does not, a probability would be negative: it is
/// next to 0 then, and the others are scaled to sum to 1; ``straightens(_:)`` says in which rows.
/// `number`: the grade with an error of variance 1, all grades being equally likely before: the nearest one is the
/// most likely. How sure it is says nothing until it is calibrated, and temperature scaling by T makes the variance T.
public enum Decoding: String, Sendable, Codable, CaseIterable {
  /// A logit for each class.
  case softmax
  /// A logit for each class, of that class against the rest.
  case sigmoid
  /// A logit for each of several labels, of which an example may have any.
  case labels
  /// A logit for each but the last of ordered classes, of going further to one that has come so far.
  case corn
  /// A logit for each but the last of ordered classes, of being beyond it.
  case cumulative
  /// The number of an ordered class, from 0.
  case number
  /// A number, in units of the target's mean and standard deviation; no classes, and no probabilities.
  case value

  /// Outputs of a head for so many classes; below 1 where the decoding cannot have so few.
  ///
  /// - Parameter classes: C.
  public func outputs(for classes: Int) -> Int {
    switch self {
    case .softmax, .sigmoid, .labels, .value: classes
    case .corn, .cumulative: classes - 1
    case .number: 1
    }
  }

  /// Classes that so many outputs tell apart; `nil` where any number of them may be meant.
  func classes(of outputs: Int) -> Int? {
    switch self {
    case .softmax, .sigmoid, .labels, .value: outputs
    case .corn, .cumulative: outputs + 1
    case .number: nil
    }
  }

  /// Probabilities of scores: their softmax, of several labels the sigmoid of each; of a number the number itself.
  ///
  /// - Parameter scores: `[N, C]`, as ``callAsFunction(_:classes:)`` gives them.
  public func probabilities(of scores: Tensor) -> Tensor {
    switch self {
    case .labels: scores.sigmoid()
    case .value: scores
    case .softmax, .sigmoid, .corn, .cumulative, .number: scores.softmax(dim: 1)
    }
  }

  /// Scores of the classes, whose softmax are their probabilities; of several labels the logit of each, of a number the
  /// number.
  ///
  /// - Parameters:
  ///   - outputs: `[N, outputs]`, of a floating type.
  ///   - classes: C.
  /// - Returns: `[N, C]`; the outputs themselves where they are logits of classes, else log-probabilities, but for a
  ///   constant of the row.
  /// - Precondition: as many outputs as ``outputs(for:)`` says.
  public func callAsFunction(_ outputs: Tensor, classes: Int) -> Tensor {
    require(
      outputs.rank == 2 && outputs.shape[1] == self.outputs(for: classes),
      "Decoding.\(rawValue): expected \(self.outputs(for: classes)) outputs a row for \(classes) "
        + "classes, got \(outputs.shape)")
    switch self {
    case .softmax, .labels, .value: return outputs
    case .sigmoid: return outputs.logSigmoid()
    case .corn: return Self.chained(outputs)
    case .cumulative: return Self.differences(outputs)
    case .number:
      let grades = Tensor((0..<classes).map { Double($0) }, shape: [1, classes])
        .to(outputs.dtype).moved(to: outputs.device)
      return (outputs - grades).square() * -0.5
    }
  }

  /// Least distance of two logits that follow each other, as which all smaller ones count.
  private static let leastStep = 1e-6

  /// In which rows P(y > k) rises somewhere with k, so that they are straightened, `[N]`; in none of other decodings.
  ///
  /// - Parameter outputs: `[N, outputs]`, of a floating type.
  public func straightens(_ outputs: Tensor) -> [Bool] {
    let (rows, width) = (outputs.shape[0], outputs.shape[1])
    guard self == .cumulative, width > 1 else { return [Bool](repeating: false, count: rows) }
    let steps = Self.steps(outputs).amin(dims: [1]).scalars(as: Double.self)
    return steps.map { $0 < 0 }
  }

  /// z_k − z_{k+1}, `[N, K − 2]`.
  private static func steps(_ outputs: Tensor) -> Tensor {
    let count = outputs.shape[1] - 1
    return outputs.narrowed(dim: 1, start: 0, length: count)
      - outputs.narrowed(dim: 1, start: 1, length: count)
  }

  /// log(σ(z_{c−1}) − σ(z_c)) = log σ(z_{c−1}) + log σ(−z_c) + log(1 − e^{−d}) with d = z_{c−1} − z_c; a sum, so that a rare
  /// class keeps its digits. log(1 − e^{−d}) is log tanh(d/2) + log(1 + e^{−d}).
  private static func differences(_ outputs: Tensor) -> Tensor {
    let (beyond, within) = (outputs.logSigmoid(), (-outputs).logSigmoid())
    let count = outputs.shape[1]
    func part(_ x: Tensor, from start: Int, _ length: Int) -> Tensor {
      x.narrowed(dim: 1, start: start, length: length)
    }
    let ends = [part(within, from: 0, 1), part(beyond, from: count - 1, 1)]
    guard count > 1 else { return Tensor.concatenated(ends, dim: 1) }
    let d = steps(outputs).clamped(min: leastStep, max: .infinity)
    let between =
      part(beyond, from: 0, count - 1) + part(within, from: 1, count - 1)
      + (d * 0.5).tanh().log() + (-d).exp().log1p()
    return Tensor.concatenated([ends[0], between, ends[1]], dim: 1)
  }

  /// log P(c) of a chain of questions; added up, not multiplied, so that nothing vanishes.
  private static func chained(_ outputs: Tensor) -> Tensor {
    let (further, stays) = (outputs.logSigmoid(), (-outputs).logSigmoid())
    func column(_ x: Tensor, _ place: Int) -> Tensor { x.narrowed(dim: 1, start: place, length: 1) }
    var come = Tensor.zeros(
      [outputs.shape[0], 1], dtype: outputs.dtype, device: outputs.device)
    var scores: [Tensor] = []
    for question in 0..<outputs.shape[1] {
      scores.append(come + column(stays, question))
      come = come + column(further, question)
    }
    return Tensor.concatenated(scores + [come], dim: 1)
  }
}
