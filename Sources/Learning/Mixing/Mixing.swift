public import Batches
import Networks
import Requirements
import Torch

/// Blends the batches of a stage's streams into the one batch that the network sees.
public protocol Mixing: Sendable {
  /// How many streams it joins; at least 1.
  var streams: Int { get }

  /// Expected weight of each stream in a mixed row, `[streams]`; sums to 1.
  var expectedWeights: [Double] { get }

  /// Whether it needs pixels that have neighbours, as pasting a rectangle does; `false` for blends.
  var needsPixels: Bool { get }

  /// What part of the label mass is expected to fall on each class; where weights do not depend on classes,
  /// Σ_s E[weight_s] · P_s(c).
  ///
  /// - Parameter distributions: P_s(c), what a row of each stream is likely to be, `[streams][C]`.
  /// - Returns: `[C]`; sums to 1.
  func expectedLabelMass(of distributions: [[Double]]) -> [Double]

  /// Whether it goes by the classes of rows, so that several labels or numbers a row cannot be mixed by it; `false` for most.
  var needsClasses: Bool { get }

  /// Whether it makes rows of several classes; `true` of all that do something.
  var blends: Bool { get }

  /// Blends inputs and targets alike, but for what a mixing says of its labels.
  ///
  /// - Parameters:
  ///   - batches: one batch of each stream, of equal shape; series may be of unequal length.
  ///   - generator: where the randomness comes from.
  /// - Returns: one batch of `N` rows.
  /// - Precondition: as many batches as `streams`, of equal shape.
  func callAsFunction(
    _ batches: [Batch], using generator: inout some RandomNumberGenerator
  ) -> Batch
}

extension Mixing {
  /// It does not.
  public var needsPixels: Bool { false }

  /// It does not.
  public var needsClasses: Bool { false }

  /// Σ_s E[weight_s] · P_s(c), `[C]`.
  public func expectedLabelMass(of distributions: [[Double]]) -> [Double] {
    mass(distributions, by: expectedWeights)
  }

  /// It does.
  public var blends: Bool { true }

  /// Stops the programme unless there is one batch per stream and their shapes agree.
  package func check(_ batches: [Batch]) {
    require(
      batches.count == streams,
      "\(Self.self): expected \(streams) stream(s), got \(batches.count)")
    let shapes = batches.map(\.inputs.shapes)
    require(
      shapes.allSatisfy { $0 == shapes[0] },
      "\(Self.self): expected batches of equal shape, got \(shapes)")
  }
}
