import Requirements
public import Sampling
public import Torch

/// Squared error weighted by how rare a number is, ℓ = w(y) (ŷ − y)²: each weight is the inverse of a smoothed count of the
/// numbers near y (``SmoothedDensity``).
///
/// Weights have a mean of 1 over the training set, and the mean is over examples, so the loss keeps the size of a squared
/// error. Equal weights are ``SquaredError``. Of classes there is one output, and class k is the number k.
///
/// Source: Yang, Zha, Chen, Wang, Katabi, "Delving into Deep Imbalanced Regression", ICML 2021 (LDS). Departs from its code,
/// which weighs absolute errors on ages as they are; numbers here stand in units of their standard deviation.
public struct DensityWeightedError: Loss, Equatable {
  /// w by ranges of the number.
  public let density: SmoothedDensity

  /// - Parameter density: w, in the units in which the loss sees numbers.
  public init(_ density: SmoothedDensity) { self.density = density }

  /// w(y) (ŷ − y)², `[N]`.
  ///
  /// - Precondition: `logits` is `[N, 1]` with N labels.
  public func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    grades(logits, labels, state)
  }

  /// w(y) (ŷ − y)², `[N, L]`.
  public func perEntry(_ outputs: Tensor, _ values: Tensor, _ state: LossState) -> Tensor {
    weights(of: values) * (outputs - values).square()
  }

  /// w of numbers, of the same shape: that of the first range, and what is added at each lower end that a number has reached.
  private func weights(of values: Tensor) -> Tensor {
    let w = density.weights
    guard !density.edges.isEmpty else { return values * 0 + w[0] }
    func row(_ numbers: [Double]) -> Tensor {
      Tensor(numbers, shape: [1, 1, numbers.count]).to(values.dtype).moved(to: values.device)
    }
    let above = (row(density.edges) - values.unsqueezed(2)).greater(than: 0).to(values.dtype)
    let steps = row(zip(w.dropFirst(), w).map { $0 - $1 })
    return ((1 - above) * steps).sum(dims: [2]) + w[0]
  }

  /// They cannot: the outputs are no logits of the classes.
  public var takesClassWeights: Bool { false }

  /// It has.
  public var takesEntries: Bool { true }
}

extension Loss {
  /// The loss of grades 0…K − 1 that a network with one output says as numbers, `[N]`.
  func grades(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    require(
      logits.shape[1] == 1,
      "\(Self.self): expected one output a row, the grade, got \(logits.shape)")
    let grades = Tensor(labels.map { Double($0) }, shape: [labels.count, 1]).to(logits.dtype)
    return perEntry(logits, grades.moved(to: logits.device), state).squeezed(1)
  }
}
