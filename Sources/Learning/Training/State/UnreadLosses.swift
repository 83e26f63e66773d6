import Batches
import Torch

/// Losses of steps that are done, still on the device: a number is read when it is shown or saved, for reading
/// waits until the device has come to it.
struct UnreadLosses {
  /// The loss of a step, read.
  struct Entry {
    /// Sum of the step's losses.
    let loss: Double
    /// Number of the step in its epoch, from 0.
    let step: Int
    /// Rows of the batch.
    let count: Int
    /// Which examples the batch was made of.
    let examples: [Int]
  }

  /// How long losses wait: a terminal shows no more than ten a second.
  private static let interval = Duration.milliseconds(100)

  private var waiting: [(loss: Tensor, step: Int, count: Int, examples: [Int])] = []
  private var lastRead: ContinuousClock.Instant?

  /// Whether it is time to show a number again.
  var isDue: Bool { lastRead.map { ContinuousClock.now - $0 >= Self.interval } ?? true }

  /// Keeps the loss of a step, `[]`, for later.
  mutating func append(_ loss: Tensor, step: Int, of batch: Batch) {
    waiting.append((loss, step, batch.count, batch.examples))
  }

  /// Reads all that waits, in the order of the steps; none waits afterwards.
  mutating func read() -> [Entry] {
    defer { (waiting, lastRead) = ([], ContinuousClock.now) }
    return waiting.map {
      Entry(loss: $0.loss.item(), step: $0.step, count: $0.count, examples: $0.examples)
    }
  }
}
