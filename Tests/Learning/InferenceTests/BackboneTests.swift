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
      let values: [Float] = (0..<5 * 64).map { (place: Int) -> Float in Float(place % 11) - 3 }
      let rows = Tensor(values, shape: [5, 64])
      head = head.with(heads: [
        NeighbourHead(
          rows: rows, labels: [0, 1, 2, 1, 0], classes: 3, neighbours: 2, temperature: 0.07,
          isBalanced: true)
      ])
    }
    let (whole, said) = try backbone().under(head, description(name, form))
    #expect(said.preprocessing == model.preprocessing)
    let pixels: [Float] = (0..<4 * 3 * 64).map { (pixel: Int) -> Float in Float(pixel % 17) / 8 - 1
    }
    let pictures = Tensor(pixels, shape: [4, 3, 8, 8])
    let (mean, std) = (
      standardization.mean.map { Float($0) }, standardization.std.map { Float($0) }
    )
    let features = withoutGradients { model.network.features(pictures, Context())[0] }
    let scaled = (features - Tensor(mean, shape: [64])) / Tensor(std, shape: [64])
    let top = head
    let expected = withoutGradients { top(scaled, Context()).scalars(as: Double.self) }
    let found = withoutGradients { whole(pictures, Context()).scalars(as: Double.self) }
    #expect(difference(found, expected, relative: 1e-5, absolute: 1e-5) == nil)
    try withTemporaryFolder { folder in
      let path = folder + "/model.safetensors"
      try ModelFile.write(whole.stateDict, said, to: path)
      let (read, saidAgain) = try ModelFile.read(path, on: .cpu)
      #expect(saidAgain == said)
      let answer = withoutGradients { read(pictures, Context()).scalars(as: Double.self) }
      #expect(answer == found)
      let alone = try #require(try ModelFile.readWithoutBackbone(path, on: .cpu))
      #expect(alone.description.preprocessing == .rows(standardization))
      let again = withoutGradients { alone.network(features, Context()).scalars(as: Double.self) }
      #expect(again == withoutGradients { top(features, Context()).scalars(as: Double.self) })
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
