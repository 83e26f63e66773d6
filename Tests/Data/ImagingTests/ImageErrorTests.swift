import Foundation
import Imaging
import Testing

@Suite struct ImageErrorTests {
  private func message(_ name: String) throws -> String {
    let bytes = try fixture(name)
    do {
      _ = try ImageFile.decode(bytes, name: name)
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: ["truncated.jpg", "headless.jpg"])
  func truncatedJPEG(name: String) throws {
    #expect(
      try message(name)
        == "\(name): the JPEG file ends before its pixels do; copy it again or remove it")
  }

  @Test func truncatedOthers() throws {
    #expect(
      try message("truncated.png")
        == "truncated.png: the PNG file ends before its pixels do; copy it again or remove it")
    #expect(
      try message("truncated.fits")
        == "truncated.fits: the FITS file ends before its pixels do; copy it again or remove it")
  }

  @Test(arguments: [("broken.jpg", "JPEG"), ("broken.png", "PNG")])
  func damageIsNeverDrawnOver(name: String, format: String) throws {
    let text = try message(name)
    #expect(text.hasPrefix("\(name): the \(format) file is damaged ("))
    #expect(text.hasSuffix("); copy it again or remove it"))
    #expect(!text.contains("()"))
  }

  @Test func aDamagedChunkIsNamedAndAnUnneededOneForgiven() throws {
    #expect(
      try message("broken.png")
        == "broken.png: the PNG file is damaged (IDAT: wrong checksum); copy it again or remove it")
    let whole = try fixture("grey.png")
    let pixels = try ImageFile.decode(whole, name: "whole")
    // An ancillary chunk with a wrong checksum, after the signature and the header chunk.
    let remark = [0, 0, 0, 1] + Array("teXt".utf8) + [65, 1, 2, 3, 4]
    let remarked = Array(whole[..<33]) + remark + Array(whole[33...])
    #expect(try ImageFile.decode(remarked, name: "remarked") == pixels)
    // What stands behind the end is none of ours, even where it looks like a chunk.
    let tailed = whole + [0, 0, 0, 1] + Array("ABCD".utf8) + [65, 1, 2, 3, 4]
    #expect(try ImageFile.decode(tailed, name: "tailed") == pixels)
    // The last byte of the header chunk's checksum.
    var beheaded = whole
    beheaded[32] ^= 1
    let error = #expect(throws: ImageError.self) { try ImageFile.decode(beheaded, name: "b.png") }
    #expect(
      error?.description
        == "b.png: the PNG file is damaged (IHDR: wrong checksum); copy it again or remove it")
  }

  @Test func everyBitOfAPNGsPixelsIsGuarded() throws {
    let whole = try fixture("grey.png")
    for place in 41..<(whole.count - 12) where place % 7 == 0 {
      var bytes = whole
      bytes[place] ^= 1
      #expect(throws: ImageError.self, "byte \(place)") {
        try ImageFile.decode(bytes, name: "flipped")
      }
    }
  }

  @Test func everyTruncationOfAJPEGIsNoticed() throws {
    let whole = try fixture("odd.jpg")
    for count in stride(from: 1, to: whole.count - 2, by: 7) {
      #expect(throws: ImageError.self, "\(count) of \(whole.count) bytes") {
        try ImageFile.decode(Array(whole[..<count]), name: "")
      }
    }
  }

  @Test(arguments: ["rgb.png", "rgb.tif", "rgb.webp", "palette.gif", "integer.fits"])
  func everyTruncationIsNoticed(name: String) throws {
    let whole = try fixture(name)
    for share in [0.1, 0.3, 0.5, 0.7] {
      let count = Int(Double(whole.count) * share)
      #expect(throws: ImageError.self, "\(count) of \(whole.count) bytes") {
        try ImageFile.decode(Array(whole[..<count]), name: "")
      }
    }
  }

  @Test func emptyAndText() throws {
    #expect(
      try message("empty.png") == "empty.png: the file is empty; copy it again or remove it")
    #expect(
      try message("text.jpg")
        == "text.jpg: not an image; expected one of JPEG, PNG, TIFF, WebP, GIF, BMP, FITS, "
        + "NumPy, JPEG 2000, JPEG XL, HEIF, Netpbm")
  }

  @Test func hugeClaims() throws {
    #expect(
      try message("huge.png")
        == "huge.png: 60000×50000 pixels are more than the limit of 256 million; "
        + "scale it down or cut it into tiles first")
  }

  /// A few bytes that claim 225 million pixels are refused before 675 MB are asked for.
  @Test func claimsThatTheBytesCannotHold() throws {
    func put(_ values: [UInt8], at place: Int, in bytes: inout [UInt8]) {
      bytes.replaceSubrange(place..<place + values.count, with: values)
    }
    var jpeg = try fixture("odd.jpg")
    let frame = try #require(
      (0..<jpeg.count - 9).first { jpeg[$0] == 0xFF && [0xC0, 0xC2].contains(jpeg[$0 + 1]) })
    put([0x3A, 0x98, 0x3A, 0x98], at: frame + 5, in: &jpeg)
    var gif = try fixture("palette.gif")
    // The canvas, and the frame on it.
    for place in [6, 66] { put([0x98, 0x3A, 0x98, 0x3A], at: place, in: &gif) }
    var png = try fixture("rgb.png")
    put([0, 0, 0x3A, 0x98, 0, 0, 0x3A, 0x98], at: 16, in: &png)
    let sum = png[12..<29].reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in
        value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
      }
    }
    put([24, 16, 8, 0].map { UInt8(truncatingIfNeeded: ~sum >> $0) }, at: 29, in: &png)
    for (bytes, format) in [(jpeg, "JPEG"), (gif, "GIF"), (png, "PNG")] {
      let found = #expect(throws: ImageError.self) { try ImageFile.decode(bytes, name: "a") }
      let words = try #require(found).description
      #expect(
        words.contains("\(bytes.count) bytes cannot hold the 15000×15000 pixels"),
        "\(format): \(words)")
    }
  }

  @Test func aPlainPictureMayBeSmall() throws {
    let grey = Image(
      width: 3000, height: 3000, channels: 1, pixels: [UInt8](repeating: 7, count: 9_000_000))
    let bytes = try PNG.encode(grey)
    #expect(bytes.count < 60_000)
    #expect(try ImageFile.decode(bytes, name: "").pixels.allSatisfy { $0 == 7 })
  }

  @Test func unsupportedAndNotEncoded() {
    #expect(
      "\(ImageError.unsupported(name: "a.tif", format: .tiff, reason: "expected 1 to 4 channels"))"
        == "a.tif: this kind of TIFF is not read (expected 1 to 4 channels); "
        + "convert it to 8-bit RGB PNG or JPEG")
    #expect(
      "\(ImageError.notEncoded(reason: "too wide"))"
        == "PNG: expected an image that libvips can encode, got its refusal (too wide)")
  }
}
