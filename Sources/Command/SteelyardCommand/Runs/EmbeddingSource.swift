import Batches
import Imaging
import Inference
import Networks
import Torch
import Weights

/// A network with weights that makes features, and what it sees of an image.
struct EmbeddingSource {
  let network: Network
  let preprocessing: ImagePreprocessing
  /// What a person should know of the weights.
  let notes: [String]

  /// Weights of others in a network of the library.
  ///
  /// - Parameters:
  ///   - path: the file of the weights, or the word for published ones.
  ///   - model: the network; `nil` is that of published weights.
  ///   - pool: how tokens become features; `nil` is the network's own way.
  ///   - side: of the images in pixels; `nil` is the network's.
  ///   - crops: whether the centre is cut out, in place of resizing the whole image.
  ///   - preprocessing: whether images are scaled and cropped as the published weights saw them.
  ///   - device: where it computes.
  /// - Throws: `OptionError` where something does not go together, `WeightsError` or `WeightsMismatch`.
  init(
    pretrained path: String, model: String?, pool: TokenPooling?, side: Int?, crops: Bool,
    preprocessing: PreprocessingChoice, on device: Device
  ) throws {
    let isPublished = path == PublishedWeights.word
    guard let name = model ?? (isPublished ? PublishedWeights.architecture : nil) else {
      throw OptionError.missing(
        "the network", hint: "say which one the weights are of, as --model convnext_tiny")
    }
    let file = isPublished ? try PublishedWeights.path(for: name) : path
    let architecture = try Architectures.named(name)
    let form = NetworkForm(pooling: pool)
    if let problem = architecture.problem(of: form, classes: 1) {
      throw OptionError.conflict("--pool: \(problem)")
    }
    let images = try Self.images(
      of: architecture, side: side, crops: crops, preprocessing: preprocessing)
    try WeightsOrigin.check(file, for: architecture)
    let weights = try PretrainedFile.read(file, for: architecture.name)
    let network = architecture.build(
      classes: 1, form: form, on: device, using: Generator(seed: 0))
    let report: LoadReport
    do throws(WeightsError) {
      report = try network.loadPretrained(weights)
    } catch {
      throw WeightsMismatch(error, weights, of: architecture.input)
    }
    var notes = Self.notes(of: report, file, architecture)
    if side != nil, architecture.pooling != nil, images.size.width != architecture.defaultImageSize
    {
      notes.append(
        "weights: at \(images.size.width) pixels a side the network sees another grid of patches than its own;"
          + " positions are interpolated to it")
    }
    notes.append(WeightsText.line(images))
    if let pooling = network.form.pooling {
      notes.append(WeightsText.line(pooling, own: architecture.pooling))
    }
    (self.network, self.preprocessing, self.notes) = (network, images, notes)
  }

  /// What the network sees of an image.
  private static func images(
    of architecture: Architecture, side: Int?, crops: Bool, preprocessing: PreprocessingChoice
  ) throws -> ImagePreprocessing {
    var options = TrainOptions()
    options.imgSize = side
    options.augment = crops ? .resizedCrop : .none
    options.input = .images
    options.preprocessing = preprocessing
    guard let images = try Preprocessing(options, of: architecture).images else {
      throw OptionError.conflict(
        "--model \(architecture.name): it takes \(architecture.input), and no images")
    }
    return images
  }

  /// What became of the weights of a file.
  private static func notes(
    of report: LoadReport, _ file: String, _ architecture: Architecture
  ) -> [String] {
    let lines = WeightsText.lines(report, featuresOf: architecture.name)
    guard !report.settlesTwin, let doubt = WeightsOrigin.doubt(file, for: architecture) else {
      return lines
    }
    return lines + [doubt]
  }

  /// A model that Steelyard trained: what its last layer sees.
  ///
  /// - Parameter model: the trained model.
  /// - Throws: `OptionError` where it takes no images, `EmbeddingError` where it stands on a backbone.
  init(_ model: TrainedModel) throws {
    guard model.description.backbone == nil else {
      throw EmbeddingError.standsOnBackbone(model.file)
    }
    guard let images = model.description.preprocessing.images, !model.network.givesImages else {
      let why =
        model.network.givesImages
        ? "gives images back" : "takes \(model.description.preprocessing.kind)"
      throw OptionError.conflict(
        "--run: its model \(why); steelyard predict --features writes what its last layer sees")
    }
    (network, preprocessing, notes) = (model.network, images, [])
  }
}
