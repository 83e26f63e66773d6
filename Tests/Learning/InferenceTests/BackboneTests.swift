import Batches
import Datasets
import Files
import Inference
import Networks
import TestSupport
import Testing
import Torch

/// A model of features on the network that made them: a model of pictures.
@Suite struct BackboneTests {
  private let model: SmallModel
  private let standardization = Standardization(
    input: .features, names: (0..<64).map { "feature_\($0)" },
    mean: (0..<64).map { Double($0) / 100 }, std: (0..<64).map { 1 + Double($0) / 50 })

  init() throws { model = try SmallModel() }

  private func head(_ name: String, _ form: NetworkForm = NetworkForm()) throws -> Network {
    try Architectures.named(name).build(
      classes: 3, inputs: 64, form: form, using: Generator(seed: 6))
  }

  private func backbone(_ weights: String? = nil) throws -> FeatureBackbone {
    let text = String(
      decoding: try JSONFile.encodeLine(model.preprocessing).dropLast(), as: UTF8.self)
    let origin = FeatureOrigin(
      architecture: "resnet20", form: nil, weights: weights ?? model.network.featureDigest,
      preprocessing: text, views: 1)
    return try FeatureBackbone(model.network, for: origin, features: "f.npz", path: "w.pth")
  }

  private func description(_ name: String, _ form: NetworkForm) -> ModelDescription {
    ModelDescription(
      architecture: name, classes: ["a", "b", "c"], trainingCounts: [3, 2, 1],
      preprocessing: .rows(standardization), method: "erm", epoch: 1, form: form)
  }

  private static let forms: [(String, NetworkForm)] = [
    ("linear", NetworkForm()), ("linear", NetworkForm(head: .cosine(scale: 16))),
    ("mlp", NetworkForm()), ("mlp", NetworkForm(branches: 3)),
    (
      "linear",
      NetworkForm(head: .neighbours(2, of: 5, temperature: 0.07, isBalanced: true))
    ),
  ]

  /// The whole is the part on features of the pictures, before it is written and after; the part alone is read too.
  @Test(arguments: forms.indices)
  func picturesAndFeaturesHaveOneAnswer(number: Int) throws {
    let (name, form) = Self.forms[number]
    var head = try head(name, form)
    if case .neighbours = form.head {
      let rows = Tensor((0..<5 * 64).map { Float($0 % 11) - 3 }, shape: [5, 64])
      head = head.with(heads: [
        NeighbourHead(
          rows: rows, labels: [0, 1, 2, 1, 0], classes: 3, neighbours: 2, temperature: 0.07,
          isBalanced: true)
      ])
    }
    let (whole, said) = try backbone().under(head, description(name, form))
    #expect(said.preprocessing == model.preprocessing)
    let pictures = Tensor((0..<4 * 3 * 64).map { Float($0 % 17) / 8 - 1 }, shape: [4, 3, 8, 8])
    let (expected, found) = withoutGradients { () -> ([Double], [Double]) in
      let features = model.network.features(pictures, Context())[0]
      let mean = Tensor(standardization.mean.map { Float($0) }, shape: [64])
      let std = Tensor(standardization.std.map { Float($0) }, shape: [64])
      return (
        head((features - mean) / std, Context()).scalars(as: Double.self),
        whole(pictures, Context()).scalars(as: Double.self)
      )
    }
    #expect(difference(found, expected, relative: 1e-5, absolute: 1e-5) == nil)
    try withTemporaryFolder { folder in
      let path = folder + "/model.safetensors"
      try ModelFile.write(whole.stateDict, said, to: path)
      let (read, again) = try ModelFile.read(path, on: .cpu)
      #expect(again == said)
      let answer = withoutGradients { read(pictures, Context()).scalars(as: Double.self) }
      #expect(answer == found)
      let top = try #require(try ModelFile.readWithoutBackbone(path, on: .cpu))
      #expect(top.description.preprocessing == .rows(standardization))
      let features = withoutGradients { model.network.features(pictures, Context())[0] }
      #expect(
        withoutGradients { top.network(features, Context()).scalars(as: Double.self) }
          == withoutGradients { head(features, Context()).scalars(as: Double.self) })
    }
  }

  @Test func otherWeightsAreRefused() throws {
    #expect(
      throws: EmbeddingError.otherWeights(
        features: "f.npz", expected: "0123", path: "w.pth", got: model.network.featureDigest)
    ) { try backbone("0123") }
  }

  /// A file that says something of its backbone that cannot be is refused with a sentence.
  @Test func nonsenseIsRefused() throws {
    let (whole, said) = try backbone().under(
      try head("linear"), description("linear", NetworkForm()))
    try withTemporaryFolder { folder in
      let path = folder + "/model.safetensors"
      var wrong = said
      wrong.backbone?.architecture = "linear"
      try ModelFile.write(whole.stateDict, wrong, to: path)
      #expect(
        throws: ModelError.badDescription(
          path, reason: "expected a backbone of images, got 'linear'")
      ) { try ModelFile.read(path, on: .cpu) }
      wrong.backbone?.architecture = "resnet18"
      try ModelFile.write(whole.stateDict, wrong, to: path)
      #expect(
        throws: ModelError.badDescription(
          path, reason: "resnet18 has 512 features, and its head takes 64")
      ) { try ModelFile.read(path, on: .cpu) }
    }
  }
}
