import Foundation
public import Imaging

/// What can be measured of one image without knowing what it shows.
public struct ImageFacts: Sendable, Equatable {
  /// Columns.
  public var width: Int
  /// Rows.
  public var height: Int
  /// Bytes of its file; nil where it has none of its own.
  public var fileBytes: Int?
  /// Mean brightness √(0.241 R² + 0.691 G² + 0.068 B²), in 0…1.
  public var brightness: Double
  /// 5 % of the pixels are darker.
  public var dark: Double
  /// 1 % of the pixels are brighter.
  public var light: Double
  /// Standard deviation of the brightness, in 0…½.
  public var contrast: Double
  /// Variance of the Laplacian of the grey picture, in squared levels of 255.
  public var sharpness: Double
  /// Mean of the largest less the smallest of red, green and blue, in 0…1.
  public var colour: Double

  /// Facts of an image.
  ///
  /// - Parameters:
  ///   - image: as it is stored, upright.
  ///   - fileBytes: bytes of its file.
  public init(_ image: Image, fileBytes: Int? = nil) {
    (width, height, self.fileBytes) = (image.width, image.height, fileBytes)
    let tally = BrightnessTally(image)
    (brightness, contrast, colour) = (tally.mean, tally.deviation, tally.colour)
    (dark, light) = (tally.quantile(0.05), tally.quantile(0.99))
    sharpness = Self.sharpness(GreyPicture(image))
  }

  /// Width over height, as its base-2 logarithm.
  public var shape: Double { Self.logarithm(Double(width) / Double(height)) }
  /// √(width · height), as its base-2 logarithm.
  public var size: Double { Self.logarithm(Double(width) * Double(height)) / 2 }

  private static func logarithm(_ value: Double) -> Double { log2(value) }

  /// Of 4 v(x, y) − v of its four neighbours, inside the border; 0 for pictures of fewer than three rows or columns.
  private static func sharpness(_ picture: GreyPicture) -> Double {
    let (columns, rows) = (picture.width, picture.height)
    guard columns > 2, rows > 2 else { return 0 }
    var (sum, squares) = (0.0, 0.0)
    for y in 1..<rows - 1 {
      for x in 1..<columns - 1 {
        let at = y * columns + x
        let v = picture.values
        let edge = Double(4 * v[at] - v[at - 1] - v[at + 1] - v[at - columns] - v[at + columns])
        sum += edge
        squares += edge * edge
      }
    }
    let count = Double((columns - 2) * (rows - 2))
    return max(0, squares / count - sum / count * (sum / count))
  }
}
