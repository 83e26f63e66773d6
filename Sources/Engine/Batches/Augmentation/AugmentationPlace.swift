package import Imaging
import Requirements
import Synchronization
public import Torch

/// Where the augmentation of a training run is made. The bytes are the same, so nothing depends on it but the time.
///
/// With `auto` and a CUDA device it moves there after an epoch in which the workers were the limit, and comes back, once and for all, if
/// an epoch there takes 5 % longer a step. What a device makes is compared with what a worker would have, for a few images of the first
/// streams of batches; where a byte differs, or the device fails, workers make all of them from then on, and that is said.
public final class AugmentationPlace: Sendable {
  private let device: Device
  private let mayMove: Bool
  private let finish: @Sendable ([PreparedImage], ImageSize, Device) throws -> Tensor
  private let state: Mutex<State>

  private struct State {
    var leaves: Bool
    /// Seconds a step of the epoch before it moved.
    var before: Double?
    var isSettled = false
    var unchecked = 16
    var made = 0
    var words: [String] = []
  }

  /// The fewest steps of an epoch that say something.
  private static let leastSteps = 20
  /// How much longer a step may take on the device.
  private static let tolerance = 1.05
  /// Images of a stream that are compared.
  private static let compared = 8

  /// - Parameters:
  ///   - choice: who makes it.
  ///   - device: what trains.
  /// - Precondition: a choice that has no problem on the device.
  public convenience init(_ choice: AugmentationChoice, on device: Device) {
    self.init(choice, on: device) { images, size, device in
      try DeviceAugmentation(size: size).finished(images, on: device)
    }
  }

  /// - Parameter finish: makes the rest of images of a size on a device.
  package init(
    _ choice: AugmentationChoice, on device: Device,
    finish: @escaping @Sendable ([PreparedImage], ImageSize, Device) throws -> Tensor
  ) {
    let problem = choice.problem(on: device)
    require(problem == nil, "AugmentationPlace.init: \(choice) on \(device): \(problem ?? "")")
    (self.device, self.finish) = (device, finish)
    mayMove = if case .cuda = device { choice == .auto } else { false }
    state = Mutex(State(leaves: choice == .device))
  }

  /// Whether workers leave what the device can make.
  public var leaves: Bool { state.withLock { $0.leaves } }

  /// Images of which the device made something.
  public var made: Int { state.withLock { $0.made } }

  /// What there is to say since it was asked for last.
  public func takeWords() -> [String] {
    state.withLock { state in
      defer { state.words = [] }
      return state.words
    }
  }

  /// Takes note of an epoch.
  ///
  /// - Parameters:
  ///   - times: of its workers.
  ///   - steps: of the epoch.
  ///   - seconds: that it took.
  public func note(_ times: WorkerTimes, steps: Int, seconds: Double) {
    guard mayMove, steps >= Self.leastSteps else { return }
    let own = seconds / Double(steps)
    state.withLock { state in
      guard !state.isSettled else { return }
      if state.leaves {
        state.isSettled = true
        guard let before = state.before, own > Self.tolerance * before else { return }
        state.leaves = false
        state.words.append(
          "augmentation moves back to the threads that prepare images: a step took \(Self.tolerance) times as long, or more, on \(device)"
        )
      } else if times.isLimitedByAugmentation {
        (state.leaves, state.before) = (true, own)
        state.words.append(
          "augmentation moves to \(device) from the next epoch on: the threads that prepare images are the limit "
            + "(--augment-on workers keeps it there)")
      }
    }
  }

  /// Images of one stream with all that is drawn for them, uint8 `[N, H, W, 3]`.
  ///
  /// - Parameters:
  ///   - images: as workers left them.
  ///   - size: of the result.
  ///   - device: where the result shall be.
  /// - Throws: what the engine threw where nothing was left to be made.
  func finished(_ images: [PreparedImage], size: ImageSize, on device: Device) throws -> Tensor {
    guard images.contains(where: \.isUnfinished) else { return try finish(images, size, device) }
    guard leaves else { return try finish(images.map(\.finished), size, device) }
    do {
      let isDue = state.withLock {
        $0.unchecked -= 1
        $0.made += images.count
        return $0.unchecked >= 0
      }
      guard try !isDue || isSame(Array(images.prefix(Self.compared)), size, device) else {
        throw OtherBytes()
      }
      return try finish(images, size, device)
    } catch {
      let why = error is OtherBytes ? "gives other bytes than the processor" : "failed (\(error))"
      settle(
        "augmentation on \(device) \(why): the threads that prepare images make it; please report the device"
      )
      return try finish(images.map(\.finished), size, device)
    }
  }

  private struct OtherBytes: Error {}

  private func isSame(_ images: [PreparedImage], _ size: ImageSize, _ device: Device) throws -> Bool
  {
    let here = try finish(images.map(\.finished), size, .cpu)
    return try finish(images, size, device).scalars(as: UInt8.self) == here.scalars()
  }

  private func settle(_ words: String) {
    state.withLock {
      ($0.leaves, $0.isSettled) = (false, true)
      $0.words.append(words)
    }
  }
}
