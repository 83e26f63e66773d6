package import Files

/// One image in NumPy's `.npy` format: `[H, W]`, or `[H, W, bands]` with the bands last.
struct NumpyFile {
  private let array: NpyArray
  let header: ImageHeader

  /// - Throws: `ImageError` when the file is damaged, or no array of two or three axes of numbers.
  init(_ bytes: [UInt8], name: String) throws(ImageError) {
    do throws(FileError) {
      array = try NpyArray(parsing: bytes, name: name)
    } catch {
      guard case .malformed(_, let reason) = error else {
        throw .unreadable(name: name, format: .numpy, reason: "\(error)")
      }
      throw .unreadable(name: name, format: .numpy, reason: reason)
    }
    let shape = array.shape
    guard let type = SampleType(array.dtype), shape.count == 2 || shape.count == 3,
      shape.allSatisfy({ $0 > 0 && $0 <= Int32.max })
    else {
      throw .unsupported(
        name: name, format: .numpy,
        reason: "expected numbers [H, W] or [H, W, bands], found \(array.dtype.rawValue) \(shape)")
    }
    header = ImageHeader(
      width: shape[1], height: shape[0], channels: shape.count == 3 ? shape[2] : 1, type: type,
      alphaBand: nil, isCMYK: false, pages: 1, format: .numpy, orientation: .upright)
  }

  func stored() throws(ImageError) -> StoredImage {
    StoredImage(
      width: header.width, height: header.height, bands: header.channels, type: header.type,
      bytes: SampleType.samples(of: array))
  }
}

extension SampleType {
  /// The sample type of an array's elements; nil for truth values.
  package init?(_ scalar: NpyArray.Scalar) {
    switch scalar {
    case .uint8: self = .uint8
    case .int8: self = .int8
    case .uint16: self = .uint16
    case .int16: self = .int16
    case .uint32: self = .uint32
    case .int32: self = .int32
    case .int64: self = .int64
    // Single precision holds every number of half precision.
    case .float16, .float32: self = .float32
    case .float64: self = .float64
    case .bool: return nil
    }
  }

  /// The elements in C order, in this machine's byte order.
  package static func samples(of array: NpyArray) -> [UInt8] {
    if array.dtype == .float16 { return array.floats.withUnsafeBytes(Array.init) }
    let bytes = array.cOrdered.bytes
    return 1.littleEndian == 1 ? bytes : bytes.swapped(every: array.dtype.size)
  }
}

extension [UInt8] {
  /// The bytes with each run of `width` turned round.
  package func swapped(every width: Int) -> [UInt8] {
    guard width > 1 else { return self }
    return [UInt8](unsafeUninitializedCapacity: count) { out, initialised in
      for start in stride(from: 0, to: count - count % width, by: width) {
        for i in 0..<width { out[start + i] = self[start + width - 1 - i] }
      }
      initialised = count - count % width
    }
  }
}
