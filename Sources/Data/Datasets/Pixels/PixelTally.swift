import Imaging
import Synchronization

/// Counts images while they are read, from any number of threads; each row once, however often it is read.
public final class PixelTally: Sendable {
  private struct State {
    var census = PixelCensus()
    var seen: Set<Int> = []
  }

  private let state = Mutex(State())

  /// Nothing counted yet.
  public init() {}

  /// What was counted so far.
  public var census: PixelCensus { state.withLock(\.census) }

  func note(_ index: Int, _ file: RenderedFile, _ reading: PixelReading) {
    state.withLock {
      guard $0.seen.insert(index).inserted else { return }
      $0.census.add(file, reading)
    }
  }
}
