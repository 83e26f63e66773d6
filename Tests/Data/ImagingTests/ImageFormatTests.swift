import Imaging
import Testing

@Suite struct ImageFormatTests {
  @Test(arguments: [
    ("rgb.jpg", ImageFormat.jpeg, 3, 8), ("cmyk.jpg", .jpeg, 4, 8), ("grey.jpg", .jpeg, 1, 8),
    ("rgb.png", .png, 3, 8), ("rgba.png", .png, 4, 8), ("grey16.png", .png, 1, 16),
    ("rgb.tif", .tiff, 3, 8), ("float.tif", .tiff, 1, 32), ("rgb.webp", .webp, 3, 8),
    ("rgb.bmp", .bmp, 3, 8), ("float.fits", .fits, 1, 32), ("integer.fits", .fits, 1, 64),
    ("planes.fits", .fits, 3, 64), ("rgb.jp2", .jpeg2000, 3, 8), ("rgb.ppm", .netpbm, 3, 8),
  ])
  func headers(name: String, format: ImageFormat, channels: Int, bits: Int) throws {
    let header = try ImageFile.header(of: fixture(name), name: name)
    #expect(header.format == format)
    #expect(header.channels == channels)
    #expect(header.bitsPerChannel == bits)
    #expect(header.size == ImageSize(width: 20, height: 13))
  }

  @Test func theMachineReadsWhatItSays() {
    #expect(ImageLibraries.readable.contains(.jpeg))
    #expect(ImageLibraries.readable.contains(.png))
    #expect(ImageLibraries.vipsVersion.hasPrefix("8."))
    #expect(ImageLibraries.readable.count + ImageLibraries.missing.count == 12)
    #expect(ImageLibraries.readable.contains(.fits))
    #expect(ImageLibraries.readable.contains(.numpy))
  }
}
