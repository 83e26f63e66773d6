import Datasets
import Imaging

extension InputKind {
  /// What the examples of the data are: as the options say, else as the data look. Where nothing can be looked at, that
  /// is said by whoever opens the data, after mistyped names.
  static func of(_ path: String, _ options: TrainOptions) -> InputKind {
    options.input.kind ?? (try? found(at: path)) ?? .images
  }

  /// The network that a run has where none is named.
  fileprivate var standardModel: String {
    switch self {
    case .images: TrainOptions.network.model.standard
    case .features: "linear"
    case .series: "inception_time"
    }
  }
}

extension ResolvedOptions {
  /// The same with what the examples are, and what follows from it.
  ///
  /// - Throws: `OptionError` where an option was given that is about images, and the examples are none.
  func settled(by kind: InputKind) throws(OptionError) -> ResolvedOptions {
    var result = self
    result.values.input = InputChoice(kind)
    let scale = TrainOptions.images.seriesScale
    if kind != .series, values.seriesScale != scale.standard {
      throw .conflict("--\(scale.name) is about series, and the data are \(kind); leave it out")
    }
    guard kind != .images else { return result.saying(whatWas: self) }
    // A run's own config.yaml has the defaults of all options.
    for field in Self.aboutImages
    where (origin(of: field.name) == .flag || field.yaml(values) != field.yaml(.standard))
      && !(field.name == TrainOptions.images.augment.name && values.augment == .none)
    {
      throw .conflict(
        "--\(field.name) is about images, and the data are \(kind); leave it out, or say --input images"
      )
    }
    result.values.augment = .none
    if values.given(TrainOptions.network.model) == nil { result.values.model = kind.standardModel }
    return result.saying(whatWas: self)
  }

  /// Options that mean nothing to numbers.
  private static var aboutImages: [any OptionField] {
    TrainOptions.pixels.fields + [
      TrainOptions.tables.imageRoot, TrainOptions.images.imgSize, TrainOptions.images.augment,
      TrainOptions.images.augmentOn,
      TrainOptions.source.unlabelled, TrainOptions.parts.onBadImage,
      TrainOptions.parts.nearDuplicates,
    ]
  }
}
