import Batches
import Datasets
import Imaging
import Inference
import Networks

extension Preprocessing {
  /// What the options and the network come to; numbers are centred and scaled once the training part is read.
  ///
  /// - Throws: `OptionError` where the network takes something else than the examples are.
  init(_ options: TrainOptions, of architecture: Architecture) throws(OptionError) {
    let kind = options.input.kind ?? .images
    guard architecture.input.rawValue == kind.rawValue else {
      let others = Architectures.all.filter { $0.input.rawValue == kind.rawValue }.map(\.name)
      throw .conflict(
        "--model \(architecture.name) takes \(architecture.input), and the data are \(kind); choose one of: "
          + others.joined(separator: ", "))
    }
    guard kind == .images else {
      self = .rows(Standardization(input: kind, names: [""], mean: [0], std: [1]))
      return
    }
    let side = options.imgSize ?? architecture.defaultImageSize ?? 224
    guard side % architecture.sideMultiple == 0 else {
      throw .conflict(
        "--img-size \(side): \(architecture.name) takes images with sides that are multiples of"
          + " \(architecture.sideMultiple)")
    }
    var images = ImagePreprocessing(
      size: ImageSize(width: side, height: side), preset: options.augment,
      normalization: Normalization(mean: architecture.mean, std: architecture.std))
    if options.chosenPreprocessing == .own {
      let view = architecture.view
      images.interpolation = view.isBicubic ? .bicubic : nil
      let isUsual = view.cropShare == Preset.usualCropShare
      images.cropShare = options.augment == .resizedCrop && !isUsual ? view.cropShare : nil
    }
    self = .images(images)
  }
}

extension TrainOptions {
  /// How images are scaled and cropped, also where it was not said.
  var chosenPreprocessing: PreprocessingChoice {
    self.preprocessing ?? (self.pretrained == nil ? .plain : .own)
  }
}

extension ExampleSet {
  /// The centring and scaling that the rows of a training part give; `nil` of images.
  ///
  /// - Parameter scale: of all series together, or of each.
  func standardization(_ scale: SeriesScaleChoice) -> Standardization? {
    guard case .rows(let rows, let members) = content else { return nil }
    return Standardization(of: rows, members: members, each: scale == .each && rows.kind == .series)
  }
}
