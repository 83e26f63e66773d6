import Foundation
public import Networks
import Requirements
import Sampling
import Torch

/// A decoder whose errors say how likely an image is not of the normal class: P(not normal) = σ(a e + b), fitted to the
/// errors of labelled images. The other classes share that by their training counts, for the error does not tell them
/// apart.
///
/// Fitted on the validation part where it has both kinds, for the decoder has not learned from it; else on the training
/// part, whose normal images the decoder knows, so that it is too sure. Source: Platt, "Probabilistic Outputs for
/// Support Vector Machines", 1999.
public struct CalibratedErrors: NetworkEdit, Equatable {
  /// The class that the decoder has learned.
  public var normal: Int

  /// - Parameter normal: the class that the decoder has learned.
  public init(normal: Int) { self.normal = normal }

  /// The same network, its errors decoded.
  ///
  /// - Throws: what reading an image throws.
  /// - Precondition: one head, a decoder; `normal` is one of its classes.
  public func edited(_ network: Network, with tools: any EditTools) throws -> Network {
    guard network.heads.count == 1, let head = network.heads[0] as? DecoderHead,
      (0..<network.classes).contains(normal)
    else {
      requirementFailed(
        "CalibratedErrors: expected one decoder of more than \(normal) classes, got "
          + "\(network.heads.map(\.form)) of \(network.classes)")
    }
    let fit = try fit(tools)
    let counts = tools.classes.counts
    let others = Double(tools.classes.total - counts[normal])
    let offsets = counts.indices.map { c in
      c == normal ? 0 : fit.offset + log(Double(counts[c]) / others)
    }
    let slopes = counts.indices.map { $0 == normal ? 0 : fit.slope }
    return network.with(heads: [head.with(slopes: slopes, offsets: offsets)])
  }

  private func fit(_ tools: any EditTools) throws -> LogisticFit {
    if let part = try tools.validationErrors(), let fit = fit(part) { return fit }
    guard let fit = fit(try tools.trainingErrors()) else {
      requirementFailed("CalibratedErrors: expected training images of two classes, got one")
    }
    return fit
  }

  /// The fit to a part; `nil` where it has not both kinds.
  private func fit(_ part: LabelledFeatures) -> LogisticFit? {
    let isOther = part.labels.map { $0 != normal }
    guard isOther.contains(true), isOther.contains(false) else { return nil }
    return LogisticFit(part.features.scalars(as: Double.self), isOther)
  }
}
