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
/// | `corn` | K − 1, of ordered classes | Π_{j < c} σ(z_j) · (1 − σ(z_c)), the last without its second factor |
/// | `number` | 1, a grade | ∝ e^{−(c − ŷ)² / 2} |
///
/// `sigmoid`: what minimises the loss has σ(z_c) = P(c), which sum to 1, so that the division then changes nothing.
/// `number`: the grade with an error of variance 1, all grades being equally likely before: the nearest one is the
/// most likely. How sure it is says nothing until it is calibrated, and temperature scaling by T makes the variance T.
public enum Decoding: String, Sendable, Codable, CaseIterable {
  /// A logit for each class.
  case softmax
  /// A logit for each class, of that class against the rest.
  case sigmoid
  /// A logit for each but the last of ordered classes, of going further to one that has come so far.
  case corn
  /// The number of an ordered class, from 0.
  case number

  /// Outputs of a head for so many classes; below 1 where the decoding cannot have so few.
  ///
  /// - Parameter classes: C.
  public func outputs(for classes: Int) -> Int {
    switch self {
    case .softmax, .sigmoid: classes
    case .corn: classes - 1
    case .number: 1
    }
  }

  /// Classes that so many outputs tell apart; `nil` where any number of them may be meant.
  func classes(of outputs: Int) -> Int? {
    switch self {
    case .softmax, .sigmoid: outputs
    case .corn: outputs + 1
    case .number: nil
    }
  }

  /// Scores of the classes, whose softmax are their probabilities.
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
    case .softmax: return outputs
    case .sigmoid: return outputs.logSigmoid()
    case .corn: return Self.chained(outputs)
    case .number:
      let grades = Tensor((0..<classes).map { Double($0) }, shape: [1, classes])
        .to(outputs.dtype).moved(to: outputs.device)
      return (outputs - grades).square() * -0.5
    }
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
