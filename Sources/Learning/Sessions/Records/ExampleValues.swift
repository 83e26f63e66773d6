import Batches
import Losses
import Networks
import Plans
public import Torch

/// What the rows of one training step did, a value each.
///
/// A row stands under one example, the one whose labelling is the first of its target: of a mixed row that is
/// the example that it began as, of two streams that of the first. ``Number/weight`` says what part of the target
/// is its own; loss and error are those of the mixed row. A row whose target has no weight, as one without a
/// label, is left out.
public struct ExampleValues: Sendable {
  /// The numbers of a row, in the order of their columns.
  public enum Number: Int, CaseIterable, Sendable {
    /// The row's own loss before the mean, over all terms that have a value for it; as weighted by its class.
    case loss
    /// z_y − max_{c ≠ y} z_c of the answer, decoded to scores of classes, y being the example's own label (Pleiss et al., "Identifying
    /// Mislabeled Data using the Area Under the Margin Ranking", NeurIPS 2020).
    case margin
    /// 1 where the answer's largest logit is that of y, else 0.
    case correct
    /// EL2N, ‖softmax(z) − ȳ‖₂ with the target ȳ as mixed (Paul, Ganguli, Dziugaite, "Deep Learning on a Data
    /// Diet", NeurIPS 2021).
    case errorNorm
    /// ‖∂ℓ/∂θ‖₂ over all tensors θ of the heads, frozen or not, ℓ being the row's loss.
    case gradientNorm
    /// What part of the target the example's own label is, in `0...1`.
    case weight
  }

  /// Positions in the training set, `[M]`.
  public let examples: [Int]
  /// The numbers of each row, `[M, 6]`, float32, outside the graph, where the step was computed.
  public let numbers: Tensor
  /// Whether there are margins: there are two classes or more.
  public let hasMargin: Bool
  /// Whether there are gradient norms: the last layer is one of the library's own and drops nothing, and each row
  /// was answered once.
  public let hasGradientNorm: Bool

  /// The numbers row by row, `[M][6]` (shape of ``numbers``), read: waits for the device.
  public var rows: [[Float]] {
    let flat = numbers.scalars(as: Float.self)
    let width = Number.allCases.count
    return examples.indices.map { Array(flat[$0 * width..<($0 + 1) * width]) }
  }

  /// The values of a step; `nil` where the rows' examples are not known, or no row has a label.
  init?(_ terms: Terms, _ answer: SeenPasses.Seen, _ network: Network, isOnly: Bool) {
    let (target, count) = (terms.batch.target, terms.batch.count)
    let classes = network.classes
    let weights = (0..<count).map { row in target.terms.map { $0.weight[row] } }
    let labelled = (0..<count).filter { weights[$0].contains { $0 > 0 } }
    // An image is no answer about classes.
    guard terms.batch.examples.count >= count, !labelled.isEmpty, !network.givesImages else {
      return nil
    }
    let parts = terms.terms.filter(\.isOfBatch).map(\.rows.values).filter { $0.shape == [count] }
    guard let first = parts.first else { return nil }
    let loss = parts.dropFirst().reduce(first, +)
    let slopes = loss.sum().gradients(at: answer.heads).map { $0.firstRows(count) }
    let answer = answer.first(count)
    let device = loss.device
    let numbers: Tensor = withoutGradients {
      let z = network.scores(of: network.form.readout(answer.heads).detached().to(.float32))
      let own = Tensor(target.terms[0].labels.map(Int64.init), shape: [count, 1])
        .moved(to: device)
      let others = Tensor.where(
        own.squeezed(1).oneHot(classes: classes).equal(to: 1),
        Tensor.full([1], -Double.infinity, device: device), z)
      let error = (z.softmax(dim: 1) - target.dense(classes: classes, on: device))
      let isRight = z.argmax(dim: 1).equal(to: own.squeezed(1)).to(.float32)
      let norms =
        (isOnly ? LastLayer.gradientNorms(answer, slopes, network) : nil)
        ?? Tensor.full([count], .nan, device: device)
      return Tensor.stacked(
        [
          loss.detached().to(.float32),
          z.gathered(dim: 1, own).squeezed(1) - others.amax(dims: [1]), isRight,
          error.square().sum(dims: [1]).sqrt(), norms,
          Tensor(weights.map { $0[0] }, shape: [count]).moved(to: device),
        ], dim: 1)
    }
    hasMargin = classes > 1
    hasGradientNorm = isOnly && LastLayer.isKnown(network)
    examples = labelled.map { terms.batch.examples[$0] }
    if labelled.count == count {
      self.numbers = numbers
    } else {
      let places = Tensor(labelled.map(Int64.init), shape: [labelled.count]).moved(to: device)
      self.numbers = numbers.indexSelect(dim: 0, places)
    }
  }
}
