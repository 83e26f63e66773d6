import Requirements

/// Width and height in pixels.
public struct ImageSize: Sendable, Hashable, Codable, CustomStringConvertible {
  /// Columns, at least 1.
  public let width: Int
  /// Rows, at least 1.
  public let height: Int

  /// A size of two lengths.
  ///
  /// - Parameters:
  ///   - width: columns, at least 1
  ///   - height: rows, at least 1
  /// - Precondition: both are positive.
  public init(width: Int, height: Int) {
    require(
      width > 0 && height > 0, "ImageSize.init: expected positive lengths, got \(width)×\(height)")
    self.width = width
    self.height = height
  }

  /// A square.
  ///
  /// - Parameter side: at least 1
  /// - Precondition: `side` is positive.
  public init(_ side: Int) { self.init(width: side, height: side) }

  /// Such as `640×480`.
  public var description: String { "\(width)×\(height)" }

  /// Width for height: the size after a quarter turn.
  package var turned: ImageSize { ImageSize(width: height, height: width) }
}
