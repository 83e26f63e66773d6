import Requirements
public import Torch

extension Network {
  /// The same trunk, branches and heads, shared, with a new, untrained router between the experts.
  ///
  /// - Parameter generator: the source of its first weights.
  /// - Precondition: several heads, one a branch, the mean of whose logits answers.
  public func withNewRouter(using generator: Generator) -> Network {
    require(
      form.canRoute, "Network.withNewRouter: expected \(NetworkForm.routable), got \(form)")
    let tensor = parameters[0].tensor
    let initializer = Initializer(device: tensor.device, dtype: tensor.dtype, generator: generator)
    return Network(
      name: name, trunk: trunk, branches: branches, heads: heads, projection: projectionHead,
      style: style, readout: form.readout, division: form.division, pooling: form.pooling,
      decoding: form.decoding, classes: classes, adapter: form.adapter,
      router: ExpertRouter(
        experts: branches.count, features: featureCount, classes: heads[0].classes,
        using: initializer))
  }

  /// The names of the router's parameters; empty where there is none.
  public var routerNames: [String] {
    expertRouter == nil
      ? [] : parameters.map(\.name).filter { $0.hasPrefix(Self.routerName + ".") }
  }

  /// Whether rows need another expert, after every one but the last.
  ///
  /// - Parameters:
  ///   - features: `[N, F]` of each branch.
  ///   - heads: `[N, C]` of each head.
  ///   - context: training or evaluation.
  /// - Returns: scores, above 0 where the next expert is to be asked, `[N]` of each expert but the last.
  /// - Precondition: the form has a router; features and logits of every branch.
  public func routing(of features: [Tensor], _ heads: [Tensor], _ context: Context) -> [Tensor] {
    guard let expertRouter else {
      requirementFailed("Network.routing: expected a form with a router, got \(form)")
    }
    require(
      features.count == branches.count && heads.count == branches.count,
      "Network.routing: expected features and logits of \(branches.count) branches, got "
        + "\(features.count) and \(heads.count)")
    var sum = heads[0]
    return (0..<branches.count - 1).map { expert in
      if expert > 0 { sum = sum + heads[expert] }
      return expertRouter.score(
        after: expert, features[expert], sum / Double(expert + 1), context)
    }
  }

  /// The answer of each row by the experts that it engages, all of which were run.
  func routed(_ features: [Tensor], _ heads: [Tensor], _ context: Context) -> Outputs {
    let scores = routing(of: features, heads, context)
    var going = Tensor.ones([heads[0].shape[0]], device: heads[0].device)
    var (sum, engaged) = (heads[0], going)
    for (score, next) in zip(scores, heads.dropFirst()) {
      going = going * score.greater(than: 0).to(.float32)
      // Not a product: what is left out may be infinite.
      sum = Tensor.where(going.unsqueezed(1).greater(than: 0), sum + next, sum)
      engaged = engaged + going
    }
    return Outputs(
      features: features, heads: heads, logits: sum / engaged.unsqueezed(1).to(sum.dtype),
      engaged: engaged)
  }

  /// The answer to a batch and no more: where there is a router each expert runs for the rows alone
  /// that need it.
  ///
  /// - Parameters:
  ///   - inputs: a batch, as the network takes it, shape `[N, …]`.
  ///   - context: evaluation.
  /// - Returns: logits `[N, C]`, and how many experts each row engaged, `[N]`; features and heads
  ///   where all of them were run. The logits are those of ``outputs(_:_:)`` but for the last
  ///   digits.
  public func answer(_ inputs: Inputs, _ context: Context) -> Outputs {
    guard let expertRouter, !context.training else { return outputs(inputs, context) }
    var context = context.seeing(inputs)
    var shared = trunk.map { $0(inputs.values, context) } ?? inputs.values
    var rows = Array(0..<inputs.count)
    var sum: Tensor?
    var answered = AnsweredRows()
    for (expert, branch) in branches.enumerated() {
      let features = branch(shared, context)
      let logits = heads[expert](features, context)
      let total = sum.map { $0 + logits } ?? logits
      let mean = total / Double(expert + 1)
      guard expert + 1 < branches.count else {
        answered.take(mean, rows, by: expert + 1)
        break
      }
      let needed = expertRouter.score(after: expert, features, mean, context)
        .scalars(as: Float.self).map { $0 > 0 }
      let (staying, going) = (
        rows.indices.filter { !needed[$0] }, rows.indices.filter { needed[$0] }
      )
      answered.take(mean.rows(staying), staying.map { rows[$0] }, by: expert + 1)
      guard !going.isEmpty else { break }
      sum = total
      guard !staying.isEmpty else { continue }
      shared = shared.rows(going)
      sum = total.rows(going)
      context = context.keeping(going)
      rows = going.map { rows[$0] }
    }
    return answered.outputs
  }
}

/// Answers of rows that engaged different numbers of experts, put together.
private struct AnsweredRows {
  private var parts: [Tensor] = []
  private var numbers: [Int] = []
  private var engaged: [Float] = []

  mutating func take(_ logits: Tensor, _ rows: [Int], by experts: Int) {
    guard !rows.isEmpty else { return }
    parts.append(logits)
    numbers += rows
    engaged += rows.map { _ in Float(experts) }
  }

  /// In the order of the rows.
  var outputs: Outputs {
    var places = [Int](repeating: 0, count: numbers.count)
    for (place, row) in numbers.enumerated() { places[row] = place }
    let logits = Tensor.concatenated(parts, dim: 0).rows(places)
    let counts = Tensor(places.map { engaged[$0] }, shape: [places.count])
    return Outputs(
      features: [], heads: [], logits: logits, engaged: counts.moved(to: logits.device))
  }
}

extension Tensor {
  /// Some rows, in the memory format of all.
  fileprivate func rows(_ numbers: [Int]) -> Tensor {
    let places = Tensor(numbers.map(Int64.init), shape: [numbers.count]).moved(to: device)
    let chosen = indexSelect(dim: 0, places)
    return rank == 4 ? chosen.channelsLast() : chosen
  }
}

extension Context {
  /// The context of some rows of the batch.
  fileprivate func keeping(_ numbers: [Int]) -> Context {
    var context = self
    context.inputShape?[0] = numbers.count
    context.others = others.mapValues { $0.rows(numbers) }
    context.lengths = lengths?.rows(numbers)
    return context
  }
}
