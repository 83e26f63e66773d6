public import Networks
public import Optimizers
public import Torch

/// What a session needs to know beside network and stages.
public struct SessionSettings: Sendable {
  /// How weights follow their gradients.
  public var optimizer: OptimizerSettings
  /// Largest global norm of the gradient, above 0; `nil` does not clip.
  public var clipNorm: Double?
  /// Decay of the running average of the weights, in `0..<1`; `nil` keeps none.
  public var averageDecay: Double?
  /// Precision of matrix products; `nil` is float32.
  public var autocast: DType?
  /// Where to compute.
  public var device: Device
  /// Builds an untrained network of a form, for the teacher of a stage that has one.
  public var makeNetwork: (@Sendable (NetworkForm) -> Network)?
  /// The processes of the run.
  public var exchange: any Exchange = SingleProcess()

  /// Settings of their parts.
  public init(
    optimizer: OptimizerSettings, clipNorm: Double? = nil, averageDecay: Double? = nil,
    autocast: DType? = nil, device: Device = .cpu,
    makeNetwork: (@Sendable (NetworkForm) -> Network)? = nil
  ) {
    (self.optimizer, self.clipNorm) = (optimizer, clipNorm)
    (self.averageDecay, self.autocast, self.device) = (averageDecay, autocast, device)
    self.makeNetwork = makeNetwork
  }
}
