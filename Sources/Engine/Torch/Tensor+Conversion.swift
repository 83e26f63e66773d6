internal import CTorch

extension Tensor {
  /// The elements in row-major order, converted to `T` and copied to the processor.
  public func scalars<T: TensorScalar>(as type: T.Type = T.self) -> [T] {
    let count = count
    return [T](unsafeUninitializedCapacity: count) { buffer, filled in
      let bytes = Int64(count * MemoryLayout<T>.stride)
      Tensor.check(
        ct_copy_out(pointer, T.dtype.rawValue, buffer.baseAddress, bytes),
        "scalars", expected: "a tensor that converts to \(T.dtype)", got: [self])
      filled = count
    }
  }

  /// The only element.
  /// - Precondition: one element.
  public func item() -> Double {
    var status: Int32 = 0
    let value = ct_item(pointer, &status)
    Tensor.check(status, "item", expected: "one element", got: [self])
    return value
  }

  /// Gives `body` the row-major bytes of a copy on the processor, in the tensor's own type.
  /// - Throws: What `body` throws.
  /// - Precondition: there is memory for the copy.
  public func withBytes<R, E: Error>(
    _ body: (UnsafeRawBufferPointer) throws(E) -> R
  ) throws(E) -> R {
    let plain = detached().moved(to: .cpu).contiguous()
    let bytes = UnsafeRawBufferPointer(
      start: ct_data(plain.pointer), count: plain.count * plain.dtype.bytes)
    let result = try body(bytes)
    withExtendedLifetime(plain) {}
    return result
  }

  /// The same values and shape in another element type; itself where it already has it.
  public func to(_ dtype: DType) -> Tensor {
    Tensor(
      ct_to_dtype(pointer, dtype.rawValue), "to", expected: "a conversion to \(dtype)",
      got: [self])
  }

  /// The same values and shape on another device; itself where it is there already.
  /// - Throws: `TorchError` when the device is absent or has no room.
  public func to(_ device: Device) throws(TorchError) -> Tensor {
    let (kind, index) = device.code
    guard let moved = ct_to_device(pointer, kind, index) else {
      throw TorchError(operation: "Tensor.to(\(device))", reason: lastMessage())
    }
    return Tensor(handle: Handle(moved))
  }

  /// The same values and shape on another device.
  /// - Precondition: the device is known to exist, as one that already holds a tensor does.
  public func moved(to device: Device) -> Tensor {
    let (kind, index) = device.code
    return Tensor(
      ct_to_device(pointer, kind, index), "moved", expected: "room on \(device)", got: [self])
  }

  /// The same values and shape in row-major order; itself where they already are.
  public func contiguous() -> Tensor {
    Tensor(ct_contiguous(pointer), "contiguous", expected: "memory for a copy", got: [self])
  }

  /// The same `[N, C, H, W]` values with the channels of one pixel side by side.
  /// - Precondition: four dimensions.
  public func channelsLast() -> Tensor {
    Tensor(
      ct_channels_last(pointer), "channelsLast", expected: "four dimensions [N, C, H, W]",
      got: [self])
  }

  /// A copy of the same shape with storage of its own; part of the graph.
  public func cloned() -> Tensor {
    Tensor(ct_clone(pointer), "cloned", expected: "memory for a copy", got: [self])
  }

  /// The same storage and shape, outside the graph.
  public func detached() -> Tensor {
    Tensor(ct_detach(pointer), "detached", expected: "a tensor", got: [self])
  }
}
