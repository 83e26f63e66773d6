public import Networks
public import Torch

/// Where the inputs of a set of examples come from: images that threads decode and augment, or rows of numbers.
///
///     try source.run(requests, views: stage.views) { step in
///       let inputs = try step.inputs(stream: 0, on: device)
///     }
public protocol InputSource: Sendable {
  /// Examples there are, N.
  var count: Int { get }

  /// Steps of each example, `[N]`, where they are of unequal length; `nil` where all are alike.
  var lengths: [Int]? { get }

  /// Gives the inputs of every request to `body`, in order; they depend on the requests and views alone.
  ///
  /// - Parameters:
  ///   - requests: which rows each step draws.
  ///   - views: how the examples of each stream are augmented; a source for evaluation augments none.
  ///   - body: what is done with a step.
  /// - Throws: what reading an example or `body` threw.
  /// - Precondition: each request has a stream for each view.
  func run(_ requests: [StepRequest], views: [View], _ body: (StepInputs) throws -> Void) throws
}

extension InputSource {
  /// All alike.
  public var lengths: [Int]? { nil }

  /// Every example once, in an order that pads little: that of the data where all are of one length, else from
  /// the longest to the shortest.
  ///
  /// - Parameter batchSize: examples of a batch, at least 1.
  /// - Precondition: `batchSize` is at least 1.
  public func everyRow(batchSize: Int) -> [StepRequest] {
    guard let lengths else { return StepRequest.everyRow(count, batchSize: batchSize) }
    let order = lengths.indices.sorted { (-lengths[$0], $0) < (-lengths[$1], $1) }
    return StepRequest.everyRow(count, batchSize: batchSize).map { request in
      StepRequest(streams: request.streams.map { $0.map { order[$0] } }, key: request.key)
    }
  }
}

/// The inputs of one step, stream by stream.
public struct StepInputs {
  /// What was asked for.
  public let request: StepRequest
  private let make: (Int, Device) throws -> Inputs

  /// - Parameters:
  ///   - request: what was asked for.
  ///   - make: the inputs of a stream on a device, shape `[N, …]`; may throw where they cannot be
  ///     moved there.
  public init(_ request: StepRequest, make: @escaping (Int, Device) throws -> Inputs) {
    (self.request, self.make) = (request, make)
  }

  /// The inputs of a stream, a row for each of its examples: shape `[N, …]`.
  ///
  /// - Parameters:
  ///   - stream: its number.
  ///   - device: where the tensors shall live.
  /// - Throws: what the engine threw when it moved them there.
  public func inputs(stream: Int, on device: Device) throws -> Inputs {
    try make(stream, device)
  }
}
