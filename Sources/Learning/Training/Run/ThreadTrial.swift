import Imaging
import Inference
import Networks
import Torch

/// How fast a network trains with each of several numbers of kernel threads at this moment.
///
/// Where other programmes take processors, two threads can train at a quarter of the rate of one: every operation ends with its last
/// thread. A network of its own, of the run's architecture, goes through the forward and backward passes of a batch of random
/// images with every number in turn, three rounds after one that does not count; the median of a number counts. Nothing of the run is
/// touched.
public struct ThreadTrial: Sendable {
  /// What one number of threads came to.
  public struct Rate: Equatable, Sendable {
    /// Kernel threads, at least 1.
    public let threads: Int
    /// Rows that went forward and back in a second.
    public let rowsPerSecond: Double

    /// A rate of its parts.
    public init(threads: Int, rowsPerSecond: Double) {
      (self.threads, self.rowsPerSecond) = (threads, rowsPerSecond)
    }
  }

  /// Most rows of a batch here: what pays for them pays for more.
  private static let mostRows = 16
  private static let rounds = 3

  /// From most threads to one, each about half of the one before.
  public let rates: [Rate]

  /// A trial of its parts.
  public init(rates: [Rate]) { self.rates = rates }

  /// Trains for some seconds; `nil` where the plan is not of images on the processor.
  ///
  /// - Parameter plan: architecture, size of the images and of a batch, precision.
  /// - Throws: `UnknownArchitecture`.
  public init?(_ plan: TrainingPlan) throws {
    guard plan.device == .cpu, let images = plan.preprocessing.images else { return nil }
    let most = Engine.threads
    defer { Engine.threads = most }
    let network = try Architectures.named(plan.architecture)
      .build(classes: 2, using: Generator(seed: 0))
    let rows = max(2, min(plan.batchSize, Self.mostRows))
    let batch = Tensor.normal(
      [rows, 3, images.size.height, images.size.width], using: Generator(seed: 1)
    ).channelsLast()
    let numbers = Self.halves(of: most)
    var seconds = [[Double]](repeating: [], count: numbers.count)
    for round in 0...Self.rounds {
      for (place, threads) in numbers.enumerated() {
        Engine.threads = threads
        let taken = ContinuousClock().measure { Self.step(network, batch, plan.autocast) }
        if round > 0 { seconds[place].append(taken / .seconds(1)) }
      }
    }
    rates = zip(numbers, seconds).map { threads, seconds in
      Rate(
        threads: threads, rowsPerSecond: Double(rows) / seconds.sorted()[Self.rounds / 2])
    }
  }

  /// The number with the highest rate; the larger of equal ones.
  public var fastest: Int {
    rates.max { ($0.rowsPerSecond, $0.threads) < ($1.rowsPerSecond, $1.threads) }?.threads ?? 1
  }

  static func halves(of most: Int) -> [Int] {
    Array(sequence(first: most) { $0 > 1 ? $0 / 2 : nil })
  }

  private static func step(_ network: Network, _ batch: Tensor, _ autocast: DType?) {
    let answer = withAutocast(autocast, on: .cpu) {
      network(batch, Context(training: true, generator: Generator(seed: 2)))
    }
    answer.to(.float32).square().mean().backward()
  }
}
