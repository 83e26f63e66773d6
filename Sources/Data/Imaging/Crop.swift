extension Image {
  /// A window of the image; black where it reaches beyond.
  ///
  /// - Parameters:
  ///   - left: the window's first column; may be negative
  ///   - top: the window's first row; may be negative
  ///   - size: of the window
  public func cropped(left: Int, top: Int, size: ImageSize) -> Image {
    let columns = max(left, 0)..<max(min(left + size.width, width), max(left, 0))
    let stride = size.width * channels
    return pixels.withUnsafeBufferPointer { source in
      Image(width: size.width, height: size.height, channels: channels) { target in
        if columns.count < size.width || top < 0 || top + size.height > height {
          target.update(repeating: 0)
        }
        guard !columns.isEmpty else { return }
        for y in max(0, -top)..<max(max(0, -top), min(size.height, height - top)) {
          let from = ((y + top) * width + columns.lowerBound) * channels
          let to = y * stride + (columns.lowerBound - left) * channels
          let count = columns.count * channels
          _ = UnsafeMutableBufferPointer(rebasing: target[to..<(to + count)])
            .update(fromContentsOf: source[from..<(from + count)])
        }
      }
    }
  }
}
