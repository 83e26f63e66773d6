import Imaging
import TestSupport

/// Made by `Goldens/Imaging/transforms.py`.
struct TransformGolden: Decodable {
  struct Picture: Decodable {
    let width: Int
    let height: Int
    let channels: Int
    let pixels: [UInt8]

    var image: Image { Image(width: width, height: height, channels: channels, pixels: pixels) }
  }

  struct Colour: Decodable {
    let kind: String
    let factor: Double
    let image: Picture
  }

  struct Warp: Decodable {
    let angle: Double
    let scale: Double
    let right: Int
    let down: Int
    let sampling: AffineWarp.Sampling
    let image: Picture
  }

  let rgb: Picture
  let grey: Picture
  let resize: [Picture]
  let colour: [Colour]
  let affine: [Warp]

  static func load() throws -> TransformGolden { try Golden.load("Imaging/transforms.json") }
}
