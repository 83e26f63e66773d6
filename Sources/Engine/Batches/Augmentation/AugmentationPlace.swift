public import Imaging
import Synchronization
public import Torch

/// Who makes what is drawn for training images.
public enum AugmentationChoice: String, Sendable, Codable, CaseIterable {
  /// Workers, and on a CUDA device that device once the processor is the limit.
  case auto
  /// The threads that prepare images.
  case workers
  /// The device that trains, so far as it can.
  case device
}

/// Where the augmentation of a training run is made, epoch by epoch. The bytes are the same, so nothing depends on it
/// but the time.
///
/// What a device makes is compared with what a worker would have, for a few images of the first batches; where a byte differs,
/// workers make all of them from then on, and that is said.
public final class AugmentationPlace: Sendable {
  private let device: Device
  private let mayMove: Bool
  private let finish: @Sendable ([PreparedImage], ImageSize, Device) throws -> Tensor
  private let state: Mutex<State>

  private struct State {
    var leaves: Bool
    var isTrusted = true
    var unchecked = 16
    var words: [String] = []
  }

  /// The fewest steps of an epoch that say something.
  private static let leastSteps = 20
  /// Images of a batch that are compared.
  private static let compared = 8

  /// - Parameters:
  ///   - choice: who makes it.
  ///   - device: what trains.
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
    (self.device, self.finish) = (device, finish)
    mayMove = if case .cuda = device { choice == .auto } else { false }
    state = Mutex(State(leaves: choice == .device))
  }

  /// Whether workers leave what the device can make; read once an epoch.
  public var leaves: Bool { state.withLock { $0.leaves && $0.isTrusted } }

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
  public func note(_ times: WorkerTimes, steps: Int) {
    guard mayMove, steps >= Self.leastSteps, times.isLimitedByAugmentation else { return }
    state.withLock {
      guard !$0.leaves, $0.isTrusted else { return }
      $0.leaves = true
      $0.words.append(
        "augmentation moves to \(device): the threads that prepare images are the limit "
          + "(--augment-on workers keeps it there)")
    }
  }

  /// Images of one stream with all that is drawn for them, uint8 `[N, H, W, 3]`.
  ///
  /// - Parameters:
  ///   - images: as workers left them.
  ///   - size: of the result.
  /// - Throws: what the engine threw.
  func finished(_ images: [PreparedImage], size: ImageSize) throws -> Tensor {
    let (isTrusted, isDue) = state.withLock {
      $0.unchecked -= 1
      return ($0.isTrusted, $0.unchecked >= 0)
    }
    guard isTrusted else { return try finish(images.map(\.finished), size, device) }
    guard isDue else { return try finish(images, size, device) }
    let some = Array(images.prefix(Self.compared))
    let here = try finish(some.map(\.finished), size, .cpu)
    guard try finish(some, size, device).scalars(as: UInt8.self) == here.scalars() else {
      distrust()
      return try finish(images.map(\.finished), size, device)
    }
    return try finish(images, size, device)
  }

  private func distrust() {
    state.withLock {
      $0.isTrusted = false
      $0.words.append(
        "augmentation on \(device) gives other bytes than here: the threads that prepare images make it; "
          + "please report the device")
    }
  }
}
