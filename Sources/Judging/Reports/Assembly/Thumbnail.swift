import Imaging
import Randomness

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A small picture that stands in the page itself.
enum Thumbnail {
  /// A PNG as a `data:` URI, upright, its longer side at most `longest` pixels; `nil` where the bytes
  /// do not decode.
  static func uri(_ bytes: [UInt8], longest: Int) -> String? {
    guard
      let image = try? ImageFile.decode(bytes, name: "", atLeast: ImageSize(longest)),
      let png = try? PNG.encode(shrunk(image, longest: longest))
    else { return nil }
    return "data:image/png;base64," + Data(png).base64EncodedString()
  }

  private static func shrunk(_ image: Image, longest: Int) -> Image {
    let longer = max(image.width, image.height)
    guard longer > longest else { return image }
    let factor = Double(longest) / Double(longer)
    let size = ImageSize(
      width: max(1, Int((Double(image.width) * factor).rounded())),
      height: max(1, Int((Double(image.height) * factor).rounded())))
    var unused = RandomKey(seed: 0).source
    return Resize(size)(image, using: &unused)
  }
}
