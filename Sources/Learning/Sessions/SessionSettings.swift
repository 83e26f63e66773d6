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
  /// What of the network learns beside its heads, in any stage.
  public var tuning = Tuning.all
  /// Part of the learning rate that each layer has of the next deeper one's, above 0 and up to 1; `nil` is all of it.
  public var layerDecay: Double?
  /// How often what the last block adds is left out for a row, in `0..<1`; earlier blocks less often.
  public var dropPath = 0.0
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
