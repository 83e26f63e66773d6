import Batches
import Datasets
import Inference
import Networks
import TestSupport
import Testing
import Torch

/// What training examples do for an answer, and how gradients vary over checkpoints, beside central differences in NumPy.
@Suite struct InfluenceTests {
  private struct Golden: Decodable {
    struct Head: Decodable {
      let moments: [[String: [Double]]]
      let scores, norms: [Double], selfInfluence: Double, probabilities: [Double]
    }
    struct Variance: Decodable {
      let moments: [[Double]], probability, logit: [Double]
    }
    let features: [Double], labels: [Int], shown: [Double], own: Int, scale: Double
    let rates, similarities: [Double]
    let heads: [String: Head]
    let variance: Variance
  }

  /// Features as they come.
  private struct Identity: Backbone {
    let featureCount = 4
    func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor { x }
    func visit(_ visitor: inout TensorVisitor) {}
  }

  /// The mean over the valid steps of each channel. Its gradient is as large at padding as anywhere.
  private struct StepMean: Backbone {
    let featureCount = 2
    func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
      guard let lengths = context.lengths else { return x.mean(dims: [2]) }
      return x.sum(dims: [2]) / lengths.to(.float32).unsqueezed(1)
    }
    func visit(_ visitor: inout TensorVisitor) {}
  }

  private func golden() throws -> Golden {
    try TestSupport.Golden.load("Inference/influence.json", as: Golden.self)
  }

  private func network(_ name: String, _ tensors: [String: [Double]], _ scale: Double) -> Network {
    func tensor(_ name: String, _ shape: [Int]) -> Tensor {
      Tensor((tensors[name] ?? []).map { Float($0) }, shape: shape)
    }
    let head: any Head
    switch name {
    case "cosine": head = CosineHead(weight: tensor("weight", [3, 4]), scale: scale)
    case "mixed":
      head = MixedHead(
        LinearHead(weight: tensor("weight", [3, 4]), bias: tensor("bias", [3])),
        CosineHead(weight: tensor("cosine", [3, 4]), scale: scale))
    case "scaled":
      let scaled = ScaledHead(
        LinearHead(weight: tensor("weight", [3, 4]), bias: tensor("bias", [3])),
        using: Initializer(device: .cpu, dtype: .float32, generator: Generator(seed: 1)))
      withoutGradients { scaled.scale.copy(from: tensor("scale", [3])) }
      head = scaled
    default: head = LinearHead(weight: tensor("weight", [3, 4]), bias: tensor("bias", [3]))
    }
    return Network(name: "identity", branches: [Identity()], heads: [head])
  }

  private func rows(_ values: [Double], _ labels: [Int?]) -> ExampleSet {
    let store = RowStore(features: values.map { Float($0) }, width: 4)
    return ExampleSet(
      paths: labels.indices.map { "\($0)" }, labels: labels,
      content: .rows(store, members: Array(labels.indices)))
  }

  private var preprocessing: Preprocessing {
    .rows(
      Standardization(
        input: .features, names: (0..<4).map { "feature_\($0)" },
        mean: [0, 0, 0, 0], std: [1, 1, 1, 1]))
  }

  /// Batches of 3, so that the last is not full.
  private var predictor: Predictor {
    Predictor(batchSize: 3, workers: 1, autocast: nil, device: .cpu)
  }

  private func moments(_ name: String, _ golden: Golden) throws -> [InfluenceCheckpoint] {
    let head = try #require(golden.heads[name])
    return zip(head.moments, golden.rates).map {
      InfluenceCheckpoint(network(name, $0, golden.scale), rate: $1)
    }
  }

  /// Products of closed-form gradients are those of gradients at every number of the last layer.
  @Test(arguments: ["linear", "cosine", "scaled", "mixed"]) func influenceIsNumpys(name: String)
    throws
  {
    let golden = try golden()
    let head = try #require(golden.heads[name])
    let moments = try moments(name, golden)
    let judge = try #require(moments.last).network
    let found = try predictor.influence(
      on: rows(golden.shown, [golden.own]), of: rows(golden.features, golden.labels), by: judge,
      checkpoints: moments, preprocessing)
    #expect(difference(found.scores, head.scores, relative: 5e-4, absolute: 2e-5) == nil)
    #expect(difference(found.similarities, golden.similarities, absolute: 1e-5) == nil)
    #expect(abs(found.selfInfluence - head.selfInfluence) < 5e-4 * head.selfInfluence)
    #expect(difference(found.probabilities, head.probabilities, absolute: 1e-5) == nil)
    #expect(found.label == golden.own)
    // A moment alone at a rate of 1 is what no checkpoint means.
    let one = try predictor.influence(
      on: rows(golden.shown, [golden.own]), of: rows(golden.features, golden.labels), by: judge,
      checkpoints: [InfluenceCheckpoint(judge, rate: 1)], preprocessing)
    let none = try predictor.influence(
      on: rows(golden.shown, [golden.own]), of: rows(golden.features, golden.labels), by: judge,
      checkpoints: [], preprocessing)
    #expect(one == none)
  }

  /// An example is a help to itself, and the sum with itself is the self-influence; one of another class beside it is none.
  @Test func directions() throws {
    let golden = try golden()
    let moments = try moments("linear", golden)
    let judge = moments[1].network
    let all = golden.shown + golden.shown
    let found = try predictor.influence(
      on: rows(golden.shown, [2]), of: rows(all, [2, 0]), by: judge, checkpoints: moments,
      preprocessing)
    #expect(abs(found.scores[0] - found.selfInfluence) < 1e-4 * found.selfInfluence)
    #expect(found.scores[0] > found.scores[1])
    #expect(difference(found.similarities, [1, 1], absolute: 1e-5) == nil)
    // Without a class, the loss is that of the class that is predicted.
    let unlabelled = try predictor.influence(
      on: rows(golden.shown, [nil]), of: rows(all, [2, 0]), by: judge, checkpoints: moments,
      preprocessing)
    let p = unlabelled.probabilities
    #expect(unlabelled.label == p.indices.max { p[$0] < p[$1] })
  }

  /// Half precision is for answers, not for products: the predictor's autocast changes nothing, and an example's score with
  /// itself stays its self-influence.
  @Test(arguments: ["linear", "cosine"]) func halfPrecisionIsNotUsed(name: String) throws {
    let golden = try golden()
    let moments = try moments(name, golden)
    let (shown, set) = (
      rows(golden.shown, [2]), rows(golden.shown + golden.features, [2] + golden.labels)
    )
    var half = predictor
    half.autocast = .bfloat16
    let found = try half.influence(
      on: shown, of: set, by: moments[1].network, checkpoints: moments, preprocessing)
    #expect(abs(found.scores[0] - found.selfInfluence) < 1e-4 * found.selfInfluence)
    let exact = try predictor.influence(
      on: shown, of: set, by: moments[1].network, checkpoints: moments, preprocessing)
    #expect(difference(found.scores, exact.scores, relative: 1e-5, absolute: 1e-6) == nil)
    let measured = try half.checkpointMeasures(of: set, by: moments, preprocessing)
    let right = try predictor.checkpointMeasures(of: set, by: moments, preprocessing)
    #expect(
      abs((measured.selfInfluence?[0] ?? 0) - found.selfInfluence) < 1e-4 * found.selfInfluence)
    #expect(
      difference(measured.variance ?? [], right.variance ?? [.nan], relative: 1e-5, absolute: 1e-6)
        == nil)
  }

  @Test func varianceIsNumpys() throws {
    let golden = try golden()
    let moments = golden.variance.moments.map {
      InfluenceCheckpoint(network("cosine", ["weight": $0], golden.scale), rate: 1)
    }
    let set = rows(golden.features, golden.labels)
    let variance = golden.variance
    for (target, expected) in [
      (GradientTarget.probability, variance.probability), (.logit, variance.logit),
    ] {
      let found = try predictor.checkpointMeasures(
        of: set, by: moments, preprocessing, following: target)
      #expect(
        difference(found.variance ?? [], expected, relative: 5e-4, absolute: 2e-5) == nil,
        "\(target)")
    }
    // The same weights twice vary not at all, and one moment has no variance.
    let same = try predictor.checkpointMeasures(
      of: set, by: [moments[0], moments[0]], preprocessing)
    #expect(same.variance?.allSatisfy { $0 == 0 } == true)
    let one = try predictor.checkpointMeasures(of: set, by: [moments[0]], preprocessing)
    #expect(one.variance == nil && one.selfInfluence?.count == 7)
  }

  @Test(arguments: ["linear", "cosine", "scaled", "mixed"]) func selfInfluenceIsNumpys(name: String)
    throws
  {
    let golden = try golden()
    let found = try predictor.checkpointMeasures(
      of: rows(golden.features, golden.labels), by: moments(name, golden), preprocessing)
    let expected = try #require(golden.heads[name]).norms
    #expect(
      difference(found.selfInfluence ?? [], expected, relative: 5e-4, absolute: 2e-5) == nil)
  }

  /// Of images: a mean over pixels, whatever the batches, and closed forms behind a convolutional network.
  @Test func imagesInAnyBatches() throws {
    let small = try SmallModel()
    let other = try Architectures.named("resnet20").build(
      classes: 3, using: Generator(seed: 4))
    let moments = [small.network, other].map { InfluenceCheckpoint($0, rate: 0.1) }
    let set = SmallModel.set(Array(0..<7))
    let few = try small.predictor(batchSize: 2).checkpointMeasures(
      of: set, by: moments, small.preprocessing)
    let many = try small.predictor(batchSize: 7).checkpointMeasures(
      of: set, by: moments, small.preprocessing)
    #expect(
      difference(few.variance ?? [], many.variance ?? [], relative: 1e-3, absolute: 1e-7) == nil)
    #expect(
      difference(
        few.selfInfluence ?? [], many.selfInfluence ?? [], relative: 1e-3, absolute: 1e-7) == nil)
    #expect(few.variance?.allSatisfy { $0 > 0 } == true)
  }

  /// Of series of unequal length: ∂z_y/∂x is w_y / T at each valid step of a mean over steps, so that VoG is the mean over
  /// channels of the deviation of w_y, by T, whatever row is padded to whatever length.
  @Test(arguments: [1, 2, 4]) func seriesOfUnequalLength(batchSize: Int) throws {
    let (steps, labels) = ([3, 7, 5, 4], [0, 1, 0, 1])
    let weights: [[Float]] = [[1, -2, 0.5, 0], [2, 1, 0.25, 3], [-1, 0, 1.5, 1]]
    let moments = weights.map { weight in
      InfluenceCheckpoint(
        Network(
          name: "steps", branches: [StepMean()],
          heads: [LinearHead(weight: Tensor(weight, shape: [2, 2]), bias: Tensor.zeros([2]))]),
        rate: 1)
    }
    let count = 2 * steps.reduce(0, +)
    let store = RowStore(
      series: (0..<count).map { Float($0 % 5) - 2 }, channels: 2, steps: steps)
    let set = ExampleSet(
      paths: steps.indices.map { "\($0)" }, labels: labels.map { $0 },
      content: .rows(store, members: Array(steps.indices)))
    let found = try Predictor(batchSize: batchSize, workers: 1, autocast: nil, device: .cpu)
      .checkpointMeasures(
        of: set, by: moments,
        .rows(
          Standardization(
            input: .series, names: ["channel_0", "channel_1"], mean: [0, 0], std: [1, 1])),
        following: .logit)
    let expected = zip(steps, labels).map { length, label in
      let deviations = (0..<2).map { channel -> Double in
        let values = weights.map { Double($0[2 * label + channel]) }
        let mean = values.reduce(0, +) / 3
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3).squareRoot()
      }
      return deviations.reduce(0, +) / 2 / Double(length)
    }
    #expect(difference(found.variance ?? [], expected, relative: 1e-4, absolute: 1e-6) == nil)
  }

  @Test func whatHasNoClosedForm() throws {
    let form = NetworkForm(branches: 2)
    let two = try Architectures.named("resnet20").build(
      classes: 3, form: form, using: Generator(seed: 1))
    #expect(Predictor.influenceObstacle(two) == "2 heads")
    let sigmoid = try Architectures.named("resnet20").build(
      classes: 3, form: NetworkForm(decoding: .sigmoid), using: Generator(seed: 1))
    #expect(Predictor.influenceObstacle(sigmoid) == "outputs that are decoded as sigmoid")
    #expect(Predictor.gradientObstacle(sigmoid) != nil)
    #expect(Predictor.gradientObstacle(two) == nil)
    let mixed = try Architectures.named("resnet20").build(
      classes: 3, form: NetworkForm(head: .mixed(scale: 10)), using: Generator(seed: 1))
    #expect(Predictor.influenceObstacle(mixed) == nil && Predictor.gradientObstacle(mixed) == nil)
    let decoder = try Architectures.named("resnet20").build(
      classes: 3, form: NetworkForm(head: .decoder(side: 32)), using: Generator(seed: 1))
    #expect(Predictor.gradientObstacle(decoder) == "images for answers")
    #expect(Predictor.influenceObstacle(decoder)?.hasPrefix("a head of another kind") == true)
    let aligned = try Architectures.named("resnet20").build(
      classes: 3, form: NetworkForm(head: .aligned), using: Generator(seed: 1))
    #expect(Predictor.influenceObstacle(aligned)?.hasPrefix("a head of another kind") == true)
  }
}
