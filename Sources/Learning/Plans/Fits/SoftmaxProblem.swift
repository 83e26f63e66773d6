import Torch

/// The function that a logistic regression minimises, of θ = (W, b), `[K, D + 1]`.
struct SoftmaxProblem {
  /// The features with a column of ones behind them, `[N, D + 1]`, float32.
  private let x: Tensor
  private let labels: [Int]
  private let classes: Int
  /// w of each row, `[N]`.
  private let weights: [Double]
  /// The same as exact numbers, for the last fit of a small set.
  private let exact: Tensor?
  /// How the features vary, where there are rows enough to know it.
  private let axes: FeatureAxes?

  /// Σ w.
  var mass: Double { weights.reduce(0, +) }

  /// Largest number of features that the last fit takes in double precision.
  private static let exactLimit = 40_000_000

  /// What a step must be expected to gain on the path of penalties, and before the last fit goes on in double precision.
  private static let leastGain = (path: 1e-5, single: 1e-6)

  /// - Parameters:
  ///   - scaled: features, `[N, D]`, float64.
  ///   - labels: class of each row.
  ///   - classes: K.
  ///   - isBalanced: whether every class weighs the same.
  ///   - given: how much each row counts beside that; `nil` counts all alike.
  init(
    _ scaled: Tensor, _ labels: [Int], classes: Int, isBalanced: Bool,
    weights given: [Double]? = nil
  ) {
    var counts = [Double](repeating: 0, count: classes)
    for label in labels { counts[label] += 1 }
    let present = Double(counts.count { $0 > 0 })
    let whole = Tensor.concatenated(
      [scaled, Tensor.ones([scaled.shape[0], 1], dtype: .float64)], dim: 1)
    let (rows, width) = (scaled.shape[0], scaled.shape[1])
    self.init(
      x: whole.to(.float32), labels: labels, classes: classes,
      weights: labels.enumerated().map { row, label in
        (isBalanced ? Double(labels.count) / (present * counts[label]) : 1) * (given?[row] ?? 1)
      }, exact: whole.count <= Self.exactLimit ? whole : nil,
      axes: rows >= width ? FeatureAxes(scaled.to(.float32)) : nil)
  }

  private init(
    x: Tensor, labels: [Int], classes: Int, weights: [Double], exact: Tensor?, axes: FeatureAxes?
  ) {
    (self.x, self.labels, self.classes) = (x, labels, classes)
    (self.weights, self.exact, self.axes) = (weights, exact, axes)
  }

  /// Some of the rows, with the weights that they have among all.
  func rows(_ chosen: [Int]) -> SoftmaxProblem {
    SoftmaxProblem(
      x: x.indexSelect(dim: 0, Tensor(chosen.map(Int64.init), shape: [chosen.count])),
      labels: chosen.map { labels[$0] }, classes: classes, weights: chosen.map { weights[$0] },
      exact: nil, axes: axes)
  }

  /// Σ w · CE of the rows.
  func crossEntropySum(_ θ: Tensor) -> Double {
    let own = x.matmul(θ.to(x.dtype).transposed(0, 1)).logSoftmax(dim: 1)
      .gathered(dim: 1, Tensor(labels.map(Int64.init), shape: [labels.count, 1]))
    return -(own.to(.float64) * Tensor(weights, shape: [weights.count, 1])).sum().item()
  }

  /// The minimum for a C.
  ///
  /// - Parameters:
  ///   - c: C, above 0.
  ///   - start: where to begin; `nil` is at the shares of the classes.
  ///   - exact: whether to go to the end, in double precision where the set is not too large.
  ///   - look: called at every point; may throw to stop.
  func solved(
    c: Double, from start: Tensor?, exact isExact: Bool, look: () throws -> Void
  ) rethrows -> LBFGS.Outcome {
    var solver = LBFGS()
    solver.leastGain = isExact ? Self.leastGain.single : Self.leastGain.path
    let begin = start ?? self.begin(x.shape[1])
    guard isExact else {
      solver.iterations = 200
      return try minimum(solver, c: c, of: x, from: begin, look: look)
    }
    guard let exact else {
      (solver.leastGain, solver.tolerance) = (0, 1e-5)
      return try minimum(solver, c: c, of: x, from: begin, look: look)
    }
    // Half the cost a step, as long as rounding does not show.
    let near = try minimum(solver, c: c, of: x, from: begin, look: look)
    solver.leastGain = 0
    return try minimum(solver, c: c, of: exact, from: near.point, look: look)
  }

  private func minimum(
    _ solver: LBFGS, c: Double, of x: Tensor, from start: Tensor, look: () throws -> Void
  ) rethrows -> LBFGS.Outcome {
    let (rows, width, dtype) = (x.shape[0], x.shape[1], x.dtype)
    let mass = self.mass
    let shares = Tensor(weights.map { $0 / mass }, shape: [rows, 1]).to(dtype)
    let hot = Tensor(labels.map(Int64.init), shape: [rows]).oneHot(classes: classes).to(dtype)
    let penalty = Tensor(
      [Double](repeating: 1 / (c * mass), count: width - 1) + [0], shape: [1, width]
    ).to(dtype)
    let aims = hot * shares
    return try solver.minimum(
      from: start.to(dtype), curvature: axes?.inverse(penalty: 1 / (c * mass))
    ) { θ in
      try look()
      let logits = x.matmul(θ.transposed(0, 1)).logSoftmax(dim: 1)
      let pull = θ * penalty
      let value = -(logits * aims).sum().item() + (θ * pull).sum().item() / 2
      let residuals = logits.exp() * shares - aims
      return (value, residuals.transposed(0, 1).matmul(x) + pull)
    }
  }

  /// No weights, and as biases the logarithms of the classes' shares; a class without a row counts as half of one.
  private func begin(_ width: Int) -> Tensor {
    var sums = [Double](repeating: 0, count: classes)
    for (label, weight) in zip(labels, weights) { sums[label] += weight }
    let bias = Tensor(sums.map { max($0, 0.5) / mass }, shape: [classes, 1]).log()
    return Tensor.concatenated(
      [Tensor.zeros([classes, width - 1], dtype: .float64), bias], dim: 1)
  }
}
