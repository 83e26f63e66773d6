/// What the workers of a `Prefetcher` did with their time in one run, in seconds of all of them together.
public struct WorkerTimes: Sendable, Equatable {
  /// Images were read, decoded and brought to their first size, or found in memory.
  public var reading = 0.0
  /// What was drawn for them was made, so far as it was not left.
  public var augmenting = 0.0
  /// Nothing was to be done: as many steps were ahead as may be.
  public var waiting = 0.0

  /// Nothing yet.
  public init() {}

  /// Whether the processor is the limit, and augmentation a part of why: workers wait for less than a twentieth of their
  /// time, and augment for a fifth of the rest or more.
  public var isLimitedByAugmentation: Bool {
    let busy = reading + augmenting
    return busy > 0 && waiting < 0.05 * (busy + waiting) && augmenting >= 0.2 * busy
  }

  static func += (sum: inout WorkerTimes, other: WorkerTimes) {
    sum.reading += other.reading
    sum.augmenting += other.augmenting
    sum.waiting += other.waiting
  }
}
