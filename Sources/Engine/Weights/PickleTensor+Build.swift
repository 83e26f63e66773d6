import Torch

extension PickleTensor {
  /// A dense copy of the view.
  ///
  /// - Parameter bytes: The whole storage, little-endian.
  /// - Throws: `malformed` when the storage has another size than the pickle says.
  func built(from bytes: UnsafeRawBufferPointer) throws(PickleError) -> Tensor {
    let width = storage.dtype.bytes
    let (size, overflow) = storage.count.multipliedReportingOverflow(by: width)
    guard !overflow, bytes.count == size, isWithinStorage else {
      throw .otherSize(storage.key, bytes.count)
    }
    let count = shape.reduce(1, *)
    if isDense {
      let part = bytes[offset * width..<(offset + count) * width]
      return try checked(UnsafeRawBufferPointer(rebasing: part))
    }
    var dense: [UInt8] = []
    dense.reserveCapacity(count * width)
    forEachOffset { element in
      dense.append(contentsOf: bytes[element * width..<(element + 1) * width])
    }
    return try dense.withPickleBytes { (bytes) throws(PickleError) in try checked(bytes) }
  }

  private func checked(_ bytes: UnsafeRawBufferPointer) throws(PickleError) -> Tensor {
    if storage.dtype == .bool, bytes.contains(where: { $0 > 1 }) {
      throw .malformed("a truth value is neither 0 nor 1")
    }
    return Tensor(copying: bytes, shape: shape, dtype: storage.dtype)
  }

  private var isDense: Bool {
    if shape.contains(0) { return offset == 0 }
    var expected = 1
    for (length, stride) in zip(shape, strides).reversed() {
      if length > 1 && stride != expected { return false }
      expected *= length
    }
    return true
  }

  /// Visits the offsets of the elements in row-major order.
  private func forEachOffset(_ body: (Int) -> Void) {
    guard !shape.contains(0) else { return }
    var index = Array(repeating: 0, count: shape.count)
    var place = offset
    while true {
      body(place)
      var axis = shape.count - 1
      while axis >= 0 {
        index[axis] += 1
        place += strides[axis]
        if index[axis] < shape[axis] { break }
        place -= strides[axis] * shape[axis]
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}
