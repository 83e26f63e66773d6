import Foundation
import Imaging
import TestSupport

/// What Pillow or numpy reads from a file; made by `Goldens/Imaging/decoded.py`.
struct DecodedFile: Decodable {
  let width: Int
  let height: Int
  let pixels: [UInt8]

  var image: Image { Image(width: width, height: height, channels: 3, pixels: pixels) }

  static func all() throws -> [String: DecodedFile] { try Golden.load("Imaging/decoded.json") }
}

/// The bytes of a file under `Goldens/Imaging/Files`.
func fixture(_ name: String) throws -> [UInt8] {
  let path = Golden.path("Imaging/Files/\(name)")
  return try Array(Data(contentsOf: URL(fileURLWithPath: path)))
}

/// The greatest difference of two images' values; 256 when their shapes differ.
func levels(_ a: Image, _ b: Image) -> Int {
  guard a.size == b.size, a.channels == b.channels else { return 256 }
  return zip(a.pixels, b.pixels).map { abs(Int($0) - Int($1)) }.max() ?? 0
}

/// An image without symmetry.
func pattern(_ width: Int, _ height: Int, channels: Int = 3) -> Image {
  let pixels = (0..<(width * height * channels)).map { UInt8(truncatingIfNeeded: $0 * $0 % 251) }
  return Image(width: width, height: height, channels: channels, pixels: pixels)
}
