import Requirements

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The rows of a two-axis `.npy` file, read where they stand: only the rows that are asked for are in memory.
///
/// ```swift
/// let table = try NpyTable(path: "probabilities.npy")
/// try table.read(0..<256, into: block)
/// ```
///
/// Any number of threads may read at once. A file in Fortran order has its rows scattered and is refused; read it whole
/// with ``NpyArray``.
public final class NpyTable: Sendable {
  /// The name the file was opened by.
  public let path: String
  /// The element type.
  public let dtype: NpyArray.Scalar
  /// Number of rows `N`.
  public let count: Int
  /// Number of columns `C`.
  public let width: Int
  private let start: Int
  private let descriptor: Int32

  /// Opens a file and reads its header.
  ///
  /// - Parameter path: a `.npy` file `[N, C]` in C order, of floating-point numbers.
  /// - Returns: nil where the file is a `.npy` array in Fortran order.
  /// - Throws: ``FileError`` when the file cannot be read, has other axes or types, or is shorter or longer than its
  ///   header says.
  public init?(path: String) throws(FileError) {
    let (descriptor, size) = try OpenFile.reading(path)
    do throws(FileError) {
      var head = [UInt8](repeating: 0, count: min(size, 1 << 16))
      let read = pread(descriptor, &head, head.count, 0)
      guard read >= 0 else { throw FileError(code: errno, path: path, operation: .read) }
      let header = try NpyHeader(Array(head.prefix(read)), name: path)
      guard let dtype = header.dtype, [.float16, .float32, .float64].contains(dtype) else {
        throw .malformed(
          path: path,
          reason:
            "holds elements of type '\(header.descr)', expected numbers of type <f2, <f4 or <f8")
      }
      guard header.shape.count == 2 else {
        throw .malformed(
          path: path, reason: "has the shape \(header.shape), expected rows and columns, [N, C]")
      }
      guard let content = header.contentSize, size - header.end == content else {
        throw .malformed(
          path: path,
          reason: "expected elements for shape \(header.shape), found \(size - header.end) bytes")
      }
      if header.fortranOrder, header.shape[0] > 1, header.shape[1] > 1 {
        close(descriptor)
        return nil
      }
      self.path = path
      self.dtype = dtype
      (count, width) = (header.shape[0], header.shape[1])
      (start, self.descriptor) = (header.end, descriptor)
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit { close(descriptor) }

  /// Reads consecutive rows as double-precision numbers, row by row.
  ///
  /// - Parameters:
  ///   - rows: which, within `0..<count`.
  ///   - target: room for `rows.count · width` numbers.
  /// - Throws: ``FileError`` when the file became shorter, or the system says no.
  /// - Precondition: the rows lie in the file, and the room is exactly theirs.
  public func read(
    _ rows: Range<Int>, into target: UnsafeMutableBufferPointer<Double>
  ) throws(FileError) {
    let count = rows.count * width
    require(
      rows.lowerBound >= 0 && rows.upperBound <= self.count && target.count == count,
      "NpyTable.read: expected rows within 0..<\(self.count) and room for \(count) numbers, got \(rows) and"
        + " \(target.count)")
    guard count > 0 else { return }
    let raw = UnsafeMutableRawBufferPointer.allocate(byteCount: count * dtype.size, alignment: 64)
    defer { raw.deallocate() }
    var done = 0
    while let rest = UnsafeMutableRawBufferPointer(rebasing: raw[done...]).baseAddress,
      done < raw.count
    {
      let place = start + rows.lowerBound * width * dtype.size + done
      let read = pread(descriptor, rest, raw.count - done, off_t(place))
      if read < 0, errno == EINTR { continue }
      guard read >= 0 else { throw FileError(code: errno, path: path, operation: .read) }
      guard read > 0 else {
        throw .malformed(path: path, reason: "became shorter while it was read")
      }
      done += read
    }
    convert(UnsafeRawBufferPointer(raw), into: target)
  }

  private func convert(
    _ raw: UnsafeRawBufferPointer, into target: UnsafeMutableBufferPointer<Double>
  ) {
    switch dtype {
    case .float32:
      let words = raw.bindMemory(to: UInt32.self)
      for index in target.indices {
        target[index] = Double(Float(bitPattern: UInt32(littleEndian: words[index])))
      }
    case .float16:
      let words = raw.bindMemory(to: UInt16.self)
      for index in target.indices {
        target[index] = HalfPrecision.value(UInt16(littleEndian: words[index]))
      }
    default:
      let words = raw.bindMemory(to: UInt64.self)
      for index in target.indices {
        target[index] = Double(bitPattern: UInt64(littleEndian: words[index]))
      }
    }
  }
}
