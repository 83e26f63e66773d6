internal import CTorch

extension Tensor {
  /// Whether operations on it are recorded for `backward()`.
  public var requiresGrad: Bool { ct_requires_grad(pointer) }

  /// Starts or stops recording, in place; returns the tensor itself. Its shape is any.
  /// - Precondition: a leaf of the graph, of floating type.
  @discardableResult
  public func requiringGrad(_ on: Bool = true) -> Tensor {
    Tensor.check(
      ct_set_requires_grad(pointer, on), "requiringGrad", expected: "a floating leaf",
      got: [self])
    return self
  }

  /// The gradient that `backward()` left here, in this tensor's shape; `nil` before.
  public var grad: Tensor? { ct_grad(pointer).map { Tensor(handle: Handle($0)) } }

  /// Forgets the gradient.
  public func clearGrad() { _ = ct_clear_grad(pointer) }

  /// Adds the gradient of this single number to `grad` of every leaf that it came from.
  /// - Precondition: one element, made from a tensor that requires gradients.
  public func backward() {
    Tensor.check(
      ct_backward(pointer), "backward", expected: "one number that depends on a parameter",
      got: [self])
  }
}

extension Tensor {
  /// The gradient of this single number with respect to `x`; no tensor's `grad` changes, and the graph is
  /// freed.
  ///
  /// - Parameter x: what this was made from; requires a gradient.
  /// - Returns: of the shape of `x`.
  /// - Precondition: one element, made from `x`.
  public func gradient(at x: Tensor) -> Tensor {
    Tensor(
      ct_gradient(pointer, x.pointer), "gradient",
      expected: "one number that depends on the second tensor", got: [self, x])
  }

  /// The gradients of this single number with respect to each of `xs`; no tensor's `grad` changes, and the
  /// graph stays, so that `backward()` may follow.
  ///
  /// - Parameter xs: tensors that require a gradient.
  /// - Returns: one of the shape of each; zeros for one that this was not made from.
  /// - Precondition: one element, made from a tensor that requires gradients.
  public func gradients(at xs: [Tensor]) -> [Tensor] {
    xs.map { x in
      Tensor(
        ct_gradient_kept(pointer, x.pointer), "gradients",
        expected: "one number that depends on a parameter", got: [self, x])
    }
  }
}

/// Runs `body` without recording; the former mode returns even when it throws.
/// - Throws: What `body` throws.
public func withoutGradients<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
  let before = ct_grad_mode()
  _ = ct_set_grad_mode(false)
  defer { _ = ct_set_grad_mode(before) }
  return try body()
}

/// Runs `body` with recording, also inside ``withoutGradients(_:)``; the former mode returns even when it throws.
/// - Throws: What `body` throws.
public func withGradients<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
  let before = ct_grad_mode()
  _ = ct_set_grad_mode(true)
  defer { _ = ct_set_grad_mode(before) }
  return try body()
}

/// Runs `body` with matrix products and convolutions in `dtype`; `nil` changes nothing.
///
/// Master weights stay float32. Copies of them in `dtype` are kept, for all threads, until an outermost call ends, recording
/// is switched on again, or anything is changed in place. The former mode returns even when `body` throws.
/// - Parameter dtype: `.bfloat16`, or `.float16` on CUDA.
/// - Throws: What `body` throws.
/// - Precondition: the device casts to `dtype`.
public func withAutocast<R, E: Error>(
  _ dtype: DType?, on device: Device, _ body: () throws(E) -> R
) throws(E) -> R {
  guard let dtype else { return try body() }
  return try withAutocast(code: dtype.rawValue, on: device, body)
}

/// Runs `body` in the types of its tensors, whatever ``withAutocast(_:on:_:)`` is around it.
/// - Throws: What `body` throws.
public func withoutAutocast<R, E: Error>(
  on device: Device, _ body: () throws(E) -> R
) throws(E) -> R {
  try withAutocast(code: -1, on: device, body)
}

private func withAutocast<R, E: Error>(
  code: Int32, on device: Device, _ body: () throws(E) -> R
) throws(E) -> R {
  let kind = device.code.kind
  var before: Int32 = -1
  Tensor.check(
    ct_autocast_enter(kind, code, &before), "withAutocast",
    expected: "a type that \(device) casts to",
    got: [])
  defer { _ = ct_autocast_leave(kind, before) }
  return try body()
}
