import Files
import Imaging
import TestSupport

extension FuzzTarget {
  private static func image(
    _ name: String, _ files: String..., mended: @escaping @Sendable ([UInt8]) -> [UInt8] = { $0 }
  ) -> FuzzTarget {
    FuzzTarget(name: name, seeds: self.files(files), mended: mended) { bytes, _ in
      try fingerprint(bytes, name)
      try decode(bytes, name)
    }
  }

  private static func files(_ names: [String]) -> @Sendable () throws -> [[UInt8]] {
    { try names.map { try FileBytes.read(Golden.path("Imaging/\($0)")) } }
  }

  /// As `inspect` reads a file.
  private static func fingerprint(_ bytes: [UInt8], _ name: String) throws {
    let reading = PixelReading()
    let header = try ImageFile.header(of: bytes, name: name, reading: reading)
    switch try ImageFile.pixels(of: bytes, header, name: name, reading: reading) {
    case .levels(let image): _ = Fingerprint(GreyPicture(image))
    case .stored(let image): _ = GreyPicture(image, reading).flatMap(Fingerprint.init)
    }
  }

  /// As a training reads it.
  private static func decode(_ bytes: [UInt8], _ name: String) throws {
    _ = try ImageFile.decode(bytes, name: name, atLeast: ImageSize(width: 4, height: 4))
  }

  static let images = [
    image(
      "jpeg", "Files/rgb.jpg", "Files/progressive.jpg", "Files/cmyk.jpg", "Files/odd.jpg",
      "Files/orientation-6.jpg"),
    image(
      "png", "Files/rgb.png", "Files/rgba.png", "Files/palette.png", "Files/grey16.png",
      "Files/one-bit.png", "Files/orientation-6.png", mended: withChecksums),
    image(
      "tiff", "Files/rgb.tif", "Stored/big-endian.tif", "Stored/bigtiff.tif", "Stored/pages.tif",
      "Stored/six.tif", "Stored/float64.tif", "Stored/assocalpha.tif"),
    image(
      "fits", "Files/float.fits", "Files/integer.fits", "Files/planes.fits", "Stored/scaled.fits",
      "Stored/units.fits", "Stored/int8.fits"),
    image("gif", "Files/palette.gif"),
    image("webp", "Files/rgb.webp"),
    image("jp2", "Files/rgb.jp2"),
    // ImageMagick takes 6 ms to open these, whatever their size, so that a mutant is read one way and not both: its pixels
    // come from one call of libvips all the same.
    FuzzTarget(name: "bmp-ppm", seeds: files(["Files/rgb.bmp", "Files/rgb.ppm"])) { bytes, _ in
      if bytes.reduce(0, ^) & 1 == 0 {
        try fingerprint(bytes, "bmp-ppm")
      } else {
        try decode(bytes, "bmp-ppm")
      }
    },
  ]

  /// A PNG whose chunks have the checksums of what they hold, so that damage reaches what reads them. One mutant in three
  /// stays as it is.
  private static let withChecksums: @Sendable ([UInt8]) -> [UInt8] = { bytes in
    var bytes = bytes
    guard bytes.count % 3 != 0 else { return bytes }
    var at = 8
    while at + 12 <= bytes.count {
      let count = bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
      guard count <= bytes.count - at - 12 else { break }
      let sum = bytes[(at + 4)..<(at + 8 + count)].withUnsafeBytes { CRC32.checksum($0) }
      for place in 0..<4 {
        bytes[at + 8 + count + place] = UInt8(truncatingIfNeeded: sum >> UInt32(24 - 8 * place))
      }
      at += 12 + count
    }
    return bytes
  }
}
