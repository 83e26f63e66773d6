public import Torch

/// Who makes what is drawn for training images.
public enum AugmentationChoice: String, Sendable, Codable, CaseIterable {
  /// Workers at first; a CUDA device once they are the limit.
  case auto
  /// The threads that prepare images.
  case workers
  /// The device that trains, so far as it can.
  case device

  /// Why a device cannot be chosen; `nil` where it can.
  ///
  /// - Parameter device: what trains.
  public func problem(on device: Device) -> String? {
    self == .device && device == .mps
      ? "Metal has no float64, without which pixels would be others; leave it out, or say workers"
      : nil
  }
}
