import Foundation
import Imaging

/// Brightness of the pixels of an image in 256 bins, and how coloured they are.
struct BrightnessTally {
  private var bins = [Int](repeating: 0, count: 256)
  private let count: Int
  private(set) var mean = 0.0
  private(set) var deviation = 0.0
  private(set) var colour = 0.0

  init(_ image: Image) {
    count = image.width * image.height
    let isColoured = image.channels == 3
    var (sum, squares, spread) = (0.0, 0.0, 0)
    image.pixels.withUnsafeBufferPointer { pixels in
      for pixel in 0..<count {
        let at = pixel * image.channels
        let r = Double(pixels[at])
        let (g, b) = isColoured ? (Double(pixels[at + 1]), Double(pixels[at + 2])) : (r, r)
        let value = (0.241 * r * r + 0.691 * g * g + 0.068 * b * b).squareRoot()
        bins[min(255, Int(value.rounded()))] += 1
        sum += value
        squares += value * value
        spread += Int(max(r, g, b) - min(r, g, b))
      }
    }
    let n = Double(count)
    mean = sum / n / 255
    deviation = max(0, squares / n / 65025 - mean * mean).squareRoot()
    colour = Double(spread) / n / 255
  }

  /// The brightness below which this share of the pixels is, in 0…1.
  func quantile(_ share: Double) -> Double {
    let wanted = share * Double(count)
    var seen = 0
    for (value, number) in bins.enumerated() {
      seen += number
      if Double(seen) >= wanted { return Double(value) / 255 }
    }
    return 1
  }
}
