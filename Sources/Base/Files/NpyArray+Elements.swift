extension NpyArray {
  /// The elements as integers, in C order (last axis fastest).
  ///
  /// - Returns: nil when the elements are floating-point numbers.
  public var integers: [Int]? {
    switch dtype {
    case .uint8, .bool: inOrder(UInt8.self) { Int($0) }
    case .int8: inOrder(Int8.self) { Int($0) }
    case .uint16: inOrder(UInt16.self) { Int(UInt16(littleEndian: $0)) }
    case .int16: inOrder(Int16.self) { Int(Int16(littleEndian: $0)) }
    case .uint32: inOrder(UInt32.self) { Int(UInt32(littleEndian: $0)) }
    case .int32: inOrder(Int32.self) { Int(Int32(littleEndian: $0)) }
    case .int64: inOrder(Int64.self) { Int(Int64(littleEndian: $0)) }
    case .float16, .float32, .float64: nil
    }
  }

  /// The elements as double-precision numbers, in C order (last axis fastest), flat in the array's
  /// shape.
  public var doubles: [Double] {
    if let integers { return integers.map(Double.init) }
    return switch dtype {
    case .float16: inOrder(UInt16.self) { HalfPrecision.value(UInt16(littleEndian: $0)) }
    case .float32:
      inOrder(UInt32.self) { Double(Float(bitPattern: UInt32(littleEndian: $0))) }
    default:
      inOrder(UInt64.self) { Double(bitPattern: UInt64(littleEndian: $0)) }
    }
  }

  /// The elements as single-precision numbers, in C order (last axis fastest), flat in the array's
  /// shape.
  public var floats: [Float] {
    if dtype == .float32 {
      return inOrder(UInt32.self) { Float(bitPattern: UInt32(littleEndian: $0)) }
    }
    return doubles.map { Float($0) }
  }

  /// The same array with the last axis fastest in ``bytes``.
  public var cOrdered: NpyArray {
    guard fortranOrder, shape.count > 1 else {
      return NpyArray(dtype: dtype, shape: shape, bytes: bytes)
    }
    var ordered: [UInt8] = []
    ordered.reserveCapacity(bytes.count)
    forEachOffset { offset in
      ordered.append(contentsOf: bytes[offset * dtype.size..<(offset + 1) * dtype.size])
    }
    return NpyArray(dtype: dtype, shape: shape, bytes: ordered)
  }

  private func inOrder<T, R>(_: T.Type, _ convert: (T) -> R) -> [R] {
    let ordered = fortranOrder && shape.count > 1 ? cOrdered.bytes : bytes
    return ordered.withUnsafeBytes { raw in
      (0..<count).map { index in
        convert(raw.loadUnaligned(fromByteOffset: index * MemoryLayout<T>.stride, as: T.self))
      }
    }
  }

  /// Visits the element offsets of a Fortran-ordered array in C order.
  private func forEachOffset(_ body: (Int) -> Void) {
    guard count > 0 else { return }
    var strides: [Int] = []
    for axis in shape.indices { strides.append(shape[..<axis].reduce(1, *)) }
    var index = [Int](repeating: 0, count: shape.count)
    for _ in 0..<count {
      body(zip(index, strides).reduce(0) { $0 + $1.0 * $1.1 })
      for axis in shape.indices.reversed() {
        index[axis] += 1
        if index[axis] < shape[axis] { break }
        index[axis] = 0
      }
    }
  }
}
