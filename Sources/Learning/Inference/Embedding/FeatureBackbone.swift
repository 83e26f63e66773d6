public import Batches
public import Datasets
import Files
public import Networks
import Torch

/// What stands under a head that was trained on features: the network that made them, and how they were centred and scaled.
public struct BackboneDescription: Codable, Sendable, Equatable {
  /// Name of the architecture.
  public var architecture: String
  /// Its heads, branches and pooling; `nil` of a plain network.
  public var form: NetworkForm?
  /// Digest of its tensors before the last layer.
  public var weights: String
  /// How its features are centred and scaled before the head's network.
  public var standardization: Standardization

  /// A description of its parts.
  public init(
    architecture: String, form: NetworkForm?, weights: String, standardization: Standardization
  ) {
    (self.architecture, self.form) = (architecture, form)
    (self.weights, self.standardization) = (weights, standardization)
  }

  /// What makes it useless, if something does: anyone may have written it.
  var problem: String? {
    guard let found = try? Architectures.named(architecture), found.input == .images else {
      return "expected a backbone of images, got '\(architecture)'"
    }
    if let problem = found.problem(of: plainForm, classes: 1) { return problem }
    return standardization.problem
      ?? (standardization.input == .features
        ? nil : "expected a backbone's features, got \(standardization.input)")
  }

  /// Branches and pooling, under a head that is not used.
  private var plainForm: NetworkForm {
    let form = form ?? NetworkForm()
    return NetworkForm(
      branches: form.branches, division: form.division, pooling: form.pooling,
      adapter: form.adapter)
  }

  /// The untrained backbone.
  ///
  /// - Parameter device: where it lives.
  /// - Throws: `UnknownArchitecture`.
  func build(on device: Device) throws(UnknownArchitecture) -> Network {
    try Architectures.named(architecture).build(
      classes: 1, form: plainForm, on: device, using: Generator(seed: 0))
  }
}

/// A backbone with its weights: what makes a model of pictures of one of features.
public struct FeatureBackbone: Sendable {
  /// The network; its heads are not used.
  public let network: Network
  /// What happens to an image before it.
  public let preprocessing: ImagePreprocessing
  /// The origin that it agrees with.
  public let origin: FeatureOrigin

  /// Takes a network for the one that features were made with.
  ///
  /// - Parameters:
  ///   - network: the network, with its weights.
  ///   - origin: what the features say.
  ///   - features: their file, for errors.
  ///   - path: the file of the weights, for errors.
  /// - Throws: `EmbeddingError.otherWeights`, `FileError` where the features say nothing that can be read.
  public init(
    _ network: Network, for origin: FeatureOrigin, features: String, path: String
  ) throws {
    let digest = network.featureDigest
    guard digest == origin.weights else {
      throw EmbeddingError.otherWeights(
        features: features, expected: origin.weights, path: path, got: digest)
    }
    guard
      let images = try JSONFile.decode(
        Preprocessing.self, from: Array(origin.preprocessing.utf8), name: features
      ).images
    else { throw EmbeddingError.noOrigin(features: features) }
    (self.network, preprocessing, self.origin) = (network, images, origin)
  }

  /// A model of features as one of pictures.
  ///
  /// - Parameters:
  ///   - head: the network of features.
  ///   - description: what its file would say.
  /// - Returns: both, of pictures.
  public func under(
    _ head: Network, _ description: ModelDescription
  ) -> (network: Network, description: ModelDescription) {
    guard case .rows(let standardization) = description.preprocessing else {
      return (head, description)
    }
    var pictures = description
    pictures.preprocessing = .images(preprocessing)
    pictures.backbone = BackboneDescription(
      architecture: network.name, form: network.form == NetworkForm() ? nil : network.form,
      weights: origin.weights, standardization: standardization)
    return (
      head.standing(on: network, mean: standardization.mean, std: standardization.std), pictures
    )
  }
}
