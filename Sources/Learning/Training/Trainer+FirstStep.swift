import Batches
import Foundation
import Imaging
import Inference
import Plans

extension Trainer {
  /// What one step took: what a dry run reports.
  public struct FirstStep: Codable, Sendable, Equatable {
    /// Mean loss of the batch.
    public let loss: Double
    /// Seconds for decoding, augmenting, forward and backward pass and the update.
    public let seconds: Double
    /// Steps of an epoch; 0 where a head is fitted and nothing follows a gradient.
    public let stepsPerEpoch: Int
  }

  /// Runs the first batch of the first epoch, or fits a head, and saves nothing; the trainer is of no use afterwards.
  ///
  /// - Throws: `TrainingError` when the loss is not finite, or whatever reading an image throws.
  public func firstStep() throws -> FirstStep {
    try enterStageIfDue()
    let requests = requests(for: 0)
    let started = ContinuousClock.now
    guard !requests.isEmpty else { return FirstStep(loss: 0, seconds: 0, stepsPerEpoch: 0) }
    try sources.train.run(Array(requests.prefix(1)), views: timeline.stage(at: 0).views) {
      try step($0, of: requests.count)
    }
    try readLosses()
    return FirstStep(
      loss: state.meanLoss, seconds: (ContinuousClock.now - started) / .seconds(1),
      stepsPerEpoch: requests.count)
  }
}
