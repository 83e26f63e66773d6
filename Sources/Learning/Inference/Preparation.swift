package import Batches
import Files
package import Imaging

/// The first, deterministic part of what happens to an image: it is decoded and scaled, the same way in every epoch, so what
/// comes of it may be kept.
package struct Preparation: Sendable {
  /// The scaling.
  package let transform: any Transform
  /// Size that decoding may shrink a JPEG to but not below.
  package let atLeast: ImageSize
  private let reading: PixelReading?

  /// What happens first to the images of a preprocessing.
  init(_ images: ImagePreprocessing, for purpose: ExampleSet.Purpose) {
    let preset = images.transforms(to: images.size(for: purpose))
    transform = purpose == .training ? preset.deterministic : preset.evaluation
    (atLeast, reading) = (preset.decodeSize, images.pixels)
  }

  /// The version of our own decoders and scaling: to be raised whenever they give other pixels.
  private static let version = 1

  /// By what two preparations are known to give the same pixels: every setting, our own version, and the libraries that decode.
  package var text: String {
    let words = reading.flatMap { try? JSONFile.encodeLine($0) }
    let reading = words.map { String(decoding: $0, as: UTF8.self) } ?? "each image for itself"
    return
      "\(Self.version): at least \(atLeast), \(transform); \(reading); TurboJPEG \(ImageLibraries.turboJPEGVersion), libvips \(ImageLibraries.vipsVersion)"
  }

  /// Bytes of a prepared image, of one with sides of 4 to 3 where they keep their proportion.
  package var bytesOfImage: Int {
    if let scaling = transform as? Resize { return 3 * scaling.size.width * scaling.size.height }
    let side = max(atLeast.width, atLeast.height)
    return 4 * side * side
  }
}

extension ImagePreprocessing {
  /// What an image is brought to.
  func size(for purpose: ExampleSet.Purpose) -> ImageSize {
    purpose == .training ? size : judgedSize
  }

  /// What happens first to an image.
  package func preparation(for purpose: ExampleSet.Purpose) -> Preparation {
    Preparation(self, for: purpose)
  }
}
