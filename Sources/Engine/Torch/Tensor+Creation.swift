internal import CTorch
import Requirements

extension Tensor {
  /// The scalars in row-major order, on the processor.
  /// - Precondition: `scalars.count` is the product of `shape`.
  public init<T: TensorScalar>(_ scalars: [T], shape: [Int]) {
    self = scalars.withUnsafeBytes { Tensor(copying: $0, shape: shape, dtype: T.dtype) }
  }

  /// A single number, shape `[]`.
  public init<T: TensorScalar>(_ scalar: T) { self.init([scalar], shape: []) }

  /// A copy of raw row-major elements, on the processor.
  /// - Precondition: `bytes.count` is the product of `shape` times the element size.
  public init(copying bytes: UnsafeRawBufferPointer, shape: [Int], dtype: DType) {
    let expected = shape.reduce(1, *) * dtype.bytes
    require(
      shape.allSatisfy { $0 >= 0 } && bytes.count == expected,
      "Tensor(copying:): expected \(expected) bytes for \(dtype)\(shape), got \(bytes.count)")
    self.init(
      withInt64(shape) { ct_from_bytes(bytes.baseAddress, $0, $1, dtype.rawValue) },
      "init", expected: "memory for \(dtype)\(shape)", got: [])
  }

  /// Raw row-major elements that `write` gives, every one of them, on the processor.
  /// - Throws: What `write` throws.
  /// - Precondition: sizes of at least 0, and memory for them.
  public init<E: Error>(
    _ shape: [Int], dtype: DType,
    writing write: (UnsafeMutableRawBufferPointer) throws(E) -> Void
  ) throws(E) {
    self = Tensor.empty(shape, dtype: dtype)
    let bytes = UnsafeMutableRawPointer(mutating: ct_data(pointer))
    try write(UnsafeMutableRawBufferPointer(start: bytes, count: count * dtype.bytes))
  }

  /// `value` everywhere, in a tensor of `shape`.
  /// - Precondition: sizes of at least 0, a device that exists, and memory there.
  public static func full(
    _ shape: [Int], _ value: Double, dtype: DType = .float32, device: Device = .cpu
  ) -> Tensor {
    let (kind, index) = device.code
    return Tensor(
      withInt64(shape) { ct_full($0, $1, value, dtype.rawValue, kind, index) },
      "full", expected: "sizes >= 0 and memory for \(dtype)\(shape)", got: [])
  }

  /// Zeros, in a tensor of `shape`.
  /// - Precondition: sizes of at least 0, a device that exists, and memory there.
  public static func zeros(
    _ shape: [Int], dtype: DType = .float32, device: Device = .cpu
  ) -> Tensor {
    full(shape, 0, dtype: dtype, device: device)
  }

  /// Ones, in a tensor of `shape`.
  /// - Precondition: sizes of at least 0, a device that exists, and memory there.
  public static func ones(
    _ shape: [Int], dtype: DType = .float32, device: Device = .cpu
  ) -> Tensor {
    full(shape, 1, dtype: dtype, device: device)
  }

  /// A tensor of `shape` with whatever the memory held; to be overwritten.
  /// - Precondition: sizes of at least 0, a device that exists, and memory there.
  public static func empty(
    _ shape: [Int], dtype: DType = .float32, device: Device = .cpu
  ) -> Tensor {
    let (kind, index) = device.code
    return Tensor(
      withInt64(shape) { ct_empty($0, $1, dtype.rawValue, kind, index) },
      "empty", expected: "sizes >= 0 and memory for \(dtype)\(shape)", got: [])
  }

  /// `0, 1, …, n - 1`, int64, shape `[n]`.
  /// - Precondition: `n` is at least 0.
  public static func arange(_ n: Int) -> Tensor {
    Tensor(ct_arange(Int64(n)), "arange", expected: "n >= 0 (n = \(n))", got: [])
  }
}
