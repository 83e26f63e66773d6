internal import CTorch
import Requirements

/// Random numbers of the engine: initial weights and dropout.
///
/// Always on the processor, so that a seed gives the same numbers whatever the device.
///
/// `@unchecked Sendable`: libtorch guards the state with a mutex; two threads drawing at once are
/// safe but their order is not defined, so a run keeps one generator on its training thread.
public final class Generator: @unchecked Sendable {
  private let pointer: OpaquePointer

  /// A generator (Mersenne Twister, PyTorch's `torch.Generator`) from `seed`.
  /// - Precondition: there is memory for its state.
  public init(seed: UInt64) {
    guard let pointer = ct_generator_new(seed) else {
      requirementFailed("Generator: expected memory for a state, got none: \(lastMessage())")
    }
    self.pointer = pointer
  }

  deinit { ct_generator_free(pointer) }

  /// The whole state, to be saved: PyTorch's `get_state()`, as bytes.
  public var state: [UInt8] {
    Tensor(
      ct_generator_state(pointer), "Generator.state", expected: "memory for a copy", got: []
    ).scalars(as: UInt8.self)
  }

  /// Goes back to a saved state.
  /// - Throws: `TorchError` when the bytes are not a state of this generator.
  public func restore(_ state: [UInt8]) throws(TorchError) {
    let bytes = Tensor(state, shape: [state.count])
    guard ct_generator_set_state(pointer, bytes.pointer) == 0 else {
      throw TorchError(operation: "Generator.restore", reason: lastMessage())
    }
  }

  func fill(_ x: Tensor, _ operation: StaticString, _ body: (OpaquePointer) -> Int32) -> Tensor {
    Tensor.check(body(pointer), operation, expected: "a floating type", got: [x])
    return x
  }
}

extension Tensor {
  /// Normal deviates in a tensor of `shape`, on the processor.
  /// - Precondition: a floating `dtype`; `std` is at least 0.
  public static func normal(
    _ shape: [Int], mean: Double = 0, std: Double = 1, using generator: Generator,
    dtype: DType = .float32
  ) -> Tensor {
    let x = Tensor.empty(shape, dtype: dtype)
    return generator.fill(x, "normal") { ct_normal_(x.pointer, mean, std, $0) }
  }
  /// Uniform deviates of `range`, its end excluded, in a tensor of `shape`, on the processor.
  /// - Precondition: a floating `dtype`.
  public static func uniform(
    _ shape: [Int], in range: ClosedRange<Double> = 0...1, using generator: Generator,
    dtype: DType = .float32
  ) -> Tensor {
    let x = Tensor.empty(shape, dtype: dtype)
    return generator.fill(x, "uniform") {
      ct_uniform_(x.pointer, range.lowerBound, range.upperBound, $0)
    }
  }
  /// 1 with probability `p`, else 0, in a tensor of `shape`, on the processor.
  /// - Precondition: `p` is in `0...1`.
  public static func bernoulli(
    _ shape: [Int], _ p: Double, using generator: Generator, dtype: DType = .float32
  ) -> Tensor {
    let x = Tensor.empty(shape, dtype: dtype)
    return generator.fill(x, "bernoulli") { ct_bernoulli_(x.pointer, p, $0) }
  }
}
