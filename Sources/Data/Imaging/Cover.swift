/// Paints a rectangle of an image grey.
public struct Cover: ImageOperation, Equatable {
  /// Of the rectangle, cut off at the image's edges.
  public let columns: Range<Int>
  /// Of the rectangle, cut off at the image's edges.
  public let rows: Range<Int>
  /// What is painted, 0…255.
  public static let grey: UInt8 = 127

  /// A rectangle.
  ///
  /// - Parameters:
  ///   - columns: may reach beyond the image
  ///   - rows: may reach beyond the image
  public init(columns: Range<Int>, rows: Range<Int>) {
    (self.columns, self.rows) = (columns, rows)
  }

  /// Paints the rectangle.
  ///
  /// - Parameter image: 1 or 3 channels
  public func apply(to image: inout Image) {
    let columns = columns.clamped(to: 0..<image.width)
    for row in rows.clamped(to: 0..<image.height) {
      let start = row * image.width
      let places =
        (start + columns.lowerBound) * image.channels..<(start + columns.upperBound)
        * image.channels
      for place in places { image.pixels[place] = Self.grey }
    }
  }

  /// None: what the rectangle hides keeps its class.
  public var onTarget: (any ImageOperation)? { nil }
}
