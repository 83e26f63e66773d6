public import Networks
public import Plans
import Requirements
public import Sampling

/// An autoencoder of one class: the network learns to give images of the normal class back, and what it fails to give
/// back is not normal. It tells one class from all others; these share what is left by their training counts.
///
/// The encoder is the run's architecture, the decoder stands in place of its last layer. No other class is looked at
/// until, at the end, the errors of labelled images are made a probability (`CalibratedErrors`). Epochs are not
/// validated; the last one counts.
///
/// Departs from the paper: features are averaged over the pixels before the decoder, where the paper's are 100 numbers
/// of the whole image; images are compared at `side` pixels, where the paper has crops of 128; the error is the mean
/// over the image, for a decision about all of it, where the paper marks its places.
public struct SSIMAutoencoder: Method, Equatable {
  /// Name on the command line.
  public static let name = "ssim-autoencoder"
  /// One line for lists of methods.
  public static let summary = "gives images of one class back; what it cannot give back is another"
  /// Where it was published.
  public static let citation = Citation(
    authors: "Bergmann, Löwe, Fauser, Sattlegger, Steger",
    title: "Improving Unsupervised Defect Segmentation by Applying Structural Similarity to "
      + "Autoencoders", venue: "VISAPP 2019", link: "https://arxiv.org/abs/1807.02011")
  /// When to use it, what its paper claims, and what may be set.
  public static let guide = Guide(
    .otherTargets,
    use: "Use it where only one class has enough images, and all else is to be found as different.",
    avoid:
      "Avoid it where the differences are not of structure, or the other classes have images enough to "
      + "learn from.",
    claim:
      "Bergmann et al. report finer maps of defects than pixel-wise errors on woven fabrics; numbers were "
      + "not checked here.",
    settings: [
      "normal":
        "place of the normal class in the list of classes, from 0; -1 is the one with most training images",
      "side": "side in pixels at which images are compared: 16, 32, 64, 128, 256 or 512",
    ])

  /// Place of the normal class in the list of classes, from 0; −1 is the one with most training images.
  public var normal = -1
  /// Side in pixels at which images are compared: 16, 32, 64, …, 512.
  public var side = 32

  /// The commonest class, compared at 32 pixels.
  public init() {}

  /// `side` must be one that a decoder has, `normal` at least −1.
  public var problems: [HyperparameterProblem] {
    let sides = [16, 32, 64, 128, 256, 512]
    return [
      normal >= -1
        ? nil : .init(name: "normal", value: Double(normal), expected: "a class from 0 on, or -1"),
      sides.contains(side)
        ? nil
        : .init(name: "side", value: Double(side), expected: "16, 32, 64, 128, 256 or 512"),
    ].compactMap(\.self)
  }

  /// A decoder in place of a last layer.
  public var network: NetworkForm { NetworkForm(head: .decoder(side: side)) }

  /// The normal class; of equally common ones the first.
  public func normalClass(for classes: ClassCounts) -> Int? {
    normal >= 0 ? normal : classes.counts.firstIndex(of: classes.commonest)
  }

  /// One stage.
  ///
  /// - Precondition: `problems` is empty; the normal class is one of `classes`.
  public func stages(for classes: ClassCounts) -> [Stage] {
    guard let normal = normalClass(for: classes), normal < classes.count else {
      requirementFailed(
        "SSIMAutoencoder: expected one of \(classes.count) classes, got \(normal)")
    }
    var stage = Stage(Reconstruction(), samplers: [OneClassSampler(normal)])
    stage.chooses = .last
    stage.closing = [CalibratedErrors(normal: normal)]
    return [stage]
  }
}
