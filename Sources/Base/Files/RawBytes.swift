extension [UInt8] {
  /// `withUnsafeBytes` with the error type kept; the library's own one forgets it.
  func withRawBytes<R>(
    _ body: (UnsafeRawBufferPointer) throws(FileError) -> R
  ) throws(FileError) -> R {
    try withUnsafeBufferPointer { (buffer) throws(FileError) in
      try body(UnsafeRawBufferPointer(buffer))
    }
  }
}
