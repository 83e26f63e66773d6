public import Batches
public import Networks
import Requirements
import Torch

/// What of an answer VoG follows from checkpoint to checkpoint.
public enum GradientTarget: String, Sendable, CaseIterable, Codable {
  /// p_y. In a shallow network of rectifiers the gradient of a logit hardly varies from example to example.
  case probability
  /// z_y, as the paper's text has it.
  case logit
}

/// What kept checkpoints say of each training example.
public struct CheckpointMeasures: Sendable, Equatable {
  /// VoG, `[N]`; nil with fewer than two checkpoints.
  public var variance: [Double]?
  /// Σ_c η_c ‖∇ℓ‖² at the last layer, `[N]`; nil where its gradient has no closed form.
  public var selfInfluence: [Double]?
}

extension Predictor {
  /// Why a network has no gradients of classes' probabilities; nil where it has them.
  public static func gradientObstacle(_ network: Network) -> String? {
    if network.givesImages { return "images for answers" }
    return network.form.decoding == .softmax
      ? nil : "outputs that are decoded as \(network.form.decoding.rawValue)"
  }

  /// Variance of gradients and influence on itself of each example of a set.
  ///
  /// ```text
  /// G_c = ∂A_y/∂x at checkpoint c;   VoG = mean over the numbers of x of √(mean_c (G_c − Ḡ)²)
  /// ```
  ///
  /// Numbers of x are pixels of each channel as the network sees them, features, or the valid steps of a series. The set is
  /// gone through once; memory holds the weights of all checkpoints, and of one batch the gradient, its mean and the sum of
  /// its squared deviations, whatever the number of checkpoints. Products of matrices are in float32, whatever ``autocast``
  /// says.
  ///
  /// The sums over checkpoints are Welford's, "Note on a Method for Calculating Corrected Sums of Squares and Products",
  /// Technometrics 4(3), 1962.
  ///
  /// Source: Agarwal, D'souza, Hooker, "Estimating Example Difficulty using Variance of Gradients", CVPR 2022, whose √ is
  /// that of the authors' code; Pruthi et al., NeurIPS 2020.
  ///
  /// - Parameters:
  ///   - set: the examples, each with its class y.
  ///   - checkpoints: moments of training, at least one, of networks without a ``gradientObstacle(_:)``.
  ///   - preprocessing: of the model.
  ///   - output: which A_y.
  ///   - progress: told how many examples are done; may throw to stop.
  /// - Throws: what reading an example, or `progress`, threw.
  /// - Precondition: every example has a class.
  public func checkpointMeasures(
    of set: ExampleSet, by checkpoints: [InfluenceCheckpoint], _ preprocessing: Preprocessing,
    following output: GradientTarget = .probability, progress: (Int) throws -> Void = { _ in }
  ) throws -> CheckpointMeasures {
    let classes = set.labels.compactMap(\.self)
    require(
      !checkpoints.isEmpty && classes.count == set.count
        && checkpoints.allSatisfy { Self.gradientObstacle($0.network) == nil },
      "Predictor.checkpointMeasures: expected a checkpoint and a class for each of \(set.count) examples, got"
        + " \(checkpoints.count) and \(classes.count)")
    let hasVariance = checkpoints.count > 1
    let hasInfluence = checkpoints.allSatisfy { Self.influenceObstacle($0.network) == nil }
    var variance = [Double](repeating: 0, count: set.count)
    var influence = variance
    let source = set.source(for: .evaluation, preprocessing.withoutCrops, workers: workers)
    // In half precision, the same product would differ by its place in a batch.
    var exact = self
    exact.autocast = nil
    try exact.run(source, progress: progress) { inputs, rows in
      let labels = rows.map { classes[$0] }
      var moments: GradientMoments?
      for checkpoint in checkpoints {
        let network = checkpoint.network
        let (outputs, gradient) = Self.answer(inputs, labels, network, output, hasVariance)
        if let gradient { GradientMoments.add(gradient, to: &moments) }
        guard hasInfluence,
          let norms = HeadGradients(outputs, labels, of: network)?.squaredNorms
        else { continue }
        for (row, value) in zip(rows, norms.to(.float64).scalars(as: Double.self)) {
          influence[row] += checkpoint.rate * value
        }
      }
      guard hasVariance, let moments else { return }
      // In the place of a mean over all places, of which padding would be one: a sum, by the number of those that are valid.
      let spread = Self.valid(moments.deviation, inputs).sum(dims: [1]).to(.float64).scalars(
        as: Double.self)
      let width = moments.mean.shape[1]
      let longest = inputs.values.shape.last ?? 1
      for (place, row) in rows.enumerated() {
        let numbers = inputs.lengths.map { width / longest * $0[place] } ?? width
        variance[row] = spread[place] / Double(numbers)
      }
    }
    return CheckpointMeasures(
      variance: hasVariance ? variance : nil, selfInfluence: hasInfluence ? influence : nil)
  }

  /// Deviations, `[N, D]`, with 0 at the padding of series, which a network may have gradients at.
  private static func valid(_ deviation: Tensor, _ inputs: Inputs) -> Tensor {
    guard let lengths = inputs.lengths, let longest = inputs.values.shape.last else {
      return deviation
    }
    let ends = Tensor(lengths.map(Int64.init), shape: [lengths.count, 1, 1])
      .moved(to: deviation.device)
    let steps = Tensor.arange(longest).moved(to: deviation.device).reshaped([1, 1, longest])
    let channels = deviation.shape[1] / longest
    let parts = deviation.reshaped([lengths.count, channels, longest])
    return (parts * steps.less(than: ends).to(deviation.dtype)).reshaped(deviation.shape)
  }

  /// What a network says of a batch, and ∂A_y/∂x of each row, `[N, D]`.
  private static func answer(
    _ inputs: Inputs, _ labels: [Int], _ network: Network, _ output: GradientTarget,
    _ hasGradient: Bool
  ) -> (Outputs, Tensor?) {
    let context = Context(training: false)
    guard hasGradient else { return (network.outputs(inputs, context), nil) }
    return withGradients {
      let x = inputs.values.detached().cloned().requiringGrad()
      let outputs = network.outputs(inputs.with(values: x), context)
      let z = outputs.logits.to(.float32)
      let y = Tensor(labels.map(Int64.init), shape: [labels.count, 1]).moved(to: z.device)
      // No row's answer depends on another row, so that one gradient of the sum is that of each.
      let sum = (output == .probability ? z.softmax(dim: 1) : z).gathered(dim: 1, y).sum()
      let gradient = sum.gradient(at: x).to(.float32)
      return (outputs, gradient.reshaped([labels.count, gradient.count / labels.count]))
    }
  }
}
