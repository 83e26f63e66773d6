import CTorch
import Requirements

/// Owns one tensor of the C++ side and frees it when the last Swift copy goes.
///
/// `@unchecked Sendable`: the pointer never changes, libtorch counts references atomically, and
/// reading one tensor from several threads is safe there. Changing a tensor in place while another
/// thread uses it is not; only optimisers and running statistics do so, on the training thread.
final class Handle: @unchecked Sendable {
  let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) { self.pointer = pointer }

  deinit { ct_free(pointer) }
}

/// The first line of libtorch's message for the calling thread's last failure.
func lastMessage() -> String {
  let whole = String(cString: ct_error())
  return whole.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? "unknown failure"
}

extension Tensor {
  /// Wraps what an operation returned, or stops with operation, expectation and operands.
  ///
  /// Misuse of a tensor is a programmer's mistake, like an index out of range: it traps, so that
  /// arithmetic stays readable without a `try` before every sum.
  init(
    _ result: OpaquePointer?, _ operation: StaticString, expected: @autoclosure () -> String,
    got operands: @autoclosure () -> [Tensor]
  ) {
    guard let result else {
      Tensor.stop(operation, expected: expected(), got: operands())
    }
    handle = Handle(result)
  }

  /// Stops unless an in-place operation succeeded.
  static func check(
    _ status: Int32, _ operation: StaticString, expected: @autoclosure () -> String,
    got operands: @autoclosure () -> [Tensor]
  ) {
    guard status == 0 else { stop(operation, expected: expected(), got: operands()) }
  }

  private static func stop(
    _ operation: StaticString, expected: String, got operands: [Tensor]
  ) -> Never {
    let shown = operands.map { "\($0.dtype)\($0.shape)" }.joined(separator: ", ")
    requirementFailed("Tensor.\(operation): expected \(expected), got \(shown): \(lastMessage())")
  }
}

/// Runs `body` with the pointers of `tensors` in one C array.
func withPointers<R>(
  _ tensors: [Tensor], _ body: (UnsafePointer<OpaquePointer?>?, Int32) -> R
) -> R {
  let pointers = tensors.map { Optional($0.pointer) }
  return withExtendedLifetime(tensors) {
    pointers.withUnsafeBufferPointer { body($0.baseAddress, Int32($0.count)) }
  }
}

/// Runs `body` with `values` as C integers.
func withInt64<R>(_ values: [Int], _ body: (UnsafePointer<Int64>?, Int32) -> R) -> R {
  values.map(Int64.init).withUnsafeBufferPointer { body($0.baseAddress, Int32($0.count)) }
}
