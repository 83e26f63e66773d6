import Files
import Imaging
import TestSupport
import Testing

/// FITS files by hand: cards, types, calibration, units and what is wrong with them (FITS standard 4.0).
@Suite struct FITSFilesTests {
  /// A header unit with its data, each padded to blocks of 2,880 bytes.
  private func unit(_ cards: [String], _ data: [UInt8] = []) -> [UInt8] {
    var bytes: [UInt8] = []
    for card in cards + ["END"] {
      bytes += Array(card.utf8) + [UInt8](repeating: 0x20, count: 80 - card.utf8.count)
    }
    bytes += [UInt8](repeating: 0x20, count: (2880 - bytes.count % 2880) % 2880)
    return bytes + data + [UInt8](repeating: 0, count: (2880 - data.count % 2880) % 2880)
  }

  private func image(
    _ bits: Int, _ axes: [Int], _ data: [UInt8], _ more: [String] = []
  ) -> [UInt8] {
    unit(
      ["SIMPLE  =                    T", "BITPIX  = \(bits)", "NAXIS   = \(axes.count)"]
        + axes.enumerated().map { "NAXIS\($0 + 1)  = \($1)" } + more, data)
  }

  private func stored(_ file: [UInt8], page: Int = 1) throws -> StoredImage {
    let reading = PixelReading(page: page)
    let header = try ImageFile.header(of: file, name: "a.fits", reading: reading)
    let pixels = try ImageFile.pixels(of: file, header, name: "a.fits", reading: reading)
    guard case .stored(let image) = pixels else {
      throw ImageError.notAnImage(name: "expected samples")
    }
    return image
  }

  private func values<T>(_ image: StoredImage, as _: T.Type) -> [T] {
    image.bytes.withUnsafeBytes { Array($0.bindMemory(to: T.self)) }
  }

  private func big<T: FixedWidthInteger>(_ numbers: [T]) -> [UInt8] {
    numbers.flatMap { number in withUnsafeBytes(of: number.bigEndian) { Array($0) } }
  }

  /// The first row of a file is the bottom one.
  @Test func rowsStandUpsideDown() throws {
    let found = try stored(image(16, [3, 2], big([1, 2, 3, -4, 5, 600] as [Int16])))
    #expect(found.type == .int16 && found.width == 3 && found.height == 2 && found.bands == 1)
    #expect(values(found, as: Int16.self) == [-4, 5, 600, 1, 2, 3])
  }

  /// BZERO turns signed numbers into those without a sign, and the other way round for bytes.
  @Test func zerosThatShiftTheType() throws {
    let words = try stored(
      image(16, [3, 1], big([.min, 0, .max] as [Int16]), ["BZERO   = 32768"]))
    #expect(words.type == .uint16 && values(words, as: UInt16.self) == [0, 32768, 65535])
    let large = try stored(
      image(32, [2, 1], big([.min, .max] as [Int32]), ["BZERO   =           2147483648.0"]))
    #expect(large.type == .uint32 && values(large, as: UInt32.self) == [0, .max])
    let bytes = try stored(image(8, [3, 1], [0, 128, 255], ["BZERO   = -128"]))
    #expect(bytes.type == .int8 && values(bytes, as: Int8.self) == [-128, 0, 127])
    let whole = try stored(image(64, [2, 1], big([.min, .max] as [Int64])))
    #expect(whole.type == .int64 && values(whole, as: Int64.self) == [.min, .max])
  }

  /// BZERO + BSCALE · stored, with exponents in D, comments behind a slash, and BLANK.
  @Test func physicalNumbers() throws {
    let found = try stored(
      image(
        8, [3, 1], [0, 4, 255],
        ["BSCALE  =  5.0D-1 / half a unit", "BZERO   = 1.0E1/ten", "BLANK   = 255"]))
    let numbers = values(found, as: Double.self)
    #expect(found.type == .float64 && numbers[0] == 10 && numbers[1] == 12 && numbers[2].isNaN)
    // Of floating point BLANK means nothing.
    let real = try stored(
      image(-32, [2, 1], big([Float(1.5), -2].map(\.bitPattern)), ["BLANK   = 1"]))
    #expect(real.type == .float32 && values(real, as: Float.self) == [1.5, -2])
    let scaled = try stored(
      image(-64, [1, 1], big([(0.1).bitPattern]), ["BSCALE  = 2", "BZERO   = -1"]))
    #expect(values(scaled, as: Double.self) == [-1 + 2 * 0.1])
  }

  /// Further axes are bands: three planes of one pixel are its colours.
  @Test func planesAreBands() throws {
    let file = image(8, [2, 1, 3], [10, 11, 20, 21, 30, 31])
    #expect(values(try stored(file), as: UInt8.self) == [10, 20, 30, 11, 21, 31])
    #expect(
      try ImageFile.decode(file, name: "a.fits").pixels == [10, 20, 30, 11, 21, 31])
    #expect(
      try ImageFile.header(of: image(8, [1, 1, 2, 3], [1, 2, 3, 4, 5, 6]), name: "a").channels == 6)
  }

  /// Units without an image are passed over: an empty first one, a table.
  @Test func imagesOfOtherUnits() throws {
    let first = unit(["SIMPLE  =                    T", "BITPIX  = 8", "NAXIS   = 0"])
    func further(_ kind: String, _ axes: [Int], _ data: [UInt8], _ more: [String] = []) -> [UInt8] {
      unit(
        ["XTENSION= '\(kind)'           / kind", "BITPIX  = 8", "NAXIS   = \(axes.count)"]
          + axes.enumerated().map { "NAXIS\($0 + 1)  = \($1)" } + more, data)
    }
    let file =
      first + further("IMAGE   ", [1, 1], [7])
      + further("BINTABLE", [5, 1], [1, 2, 3, 4, 5], ["PCOUNT  = 3000", "GCOUNT  = 1"])
      + [UInt8](repeating: 0, count: 2880) + further("IMAGE   ", [2, 1], [9, 8])
    #expect(try values(stored(file), as: UInt8.self) == [7])
    #expect(try values(stored(file, page: 2), as: UInt8.self) == [9, 8])
    #expect(try ImageFile.header(of: file, name: "a").pages == 2)
    #expect(throws: ImageError.noSuchPage(name: "a.fits", page: 3, pages: 2)) {
      try stored(file, page: 3)
    }
  }

  private func failure(_ file: [UInt8]) -> ImageError? {
    do throws(ImageError) {
      _ = try ImageFile.decode(file, name: "a")
      return nil
    } catch { return error }
  }

  @Test func whatIsWrongIsNamed() {
    let whole = image(8, [2, 2], [1, 2, 3, 4])
    #expect(failure(whole) == nil)
    #expect(failure(Array(whole.prefix(2880 + 3))) == .truncated(name: "a", format: .fits))
    #expect(failure(Array(whole.prefix(200))) == .truncated(name: "a", format: .fits))
    #expect(
      failure(image(8, [4], [1, 2, 3, 4]))
        == .unsupported(name: "a", format: .fits, reason: "no uncompressed image of two axes in it")
    )
    let noSize = "BITPIX, NAXIS, PCOUNT and GCOUNT of the header at byte 0 are no size of data"
    for broken in [
      image(12, [2, 2], [1, 2, 3, 4]), image(8, [2, -2], [1, 2, 3, 4]),
      image(8, [], [], ["NAXIS   = x"]),
      image(8, [2, 2], [1, 2, 3, 4], ["PCOUNT  = -1"]),
      image(8, [2, 2], [1, 2, 3, 4], ["GCOUNT  = 0"]),
      image(8, [4_294_967_296, 4_294_967_296], []),
    ] {
      #expect(failure(broken) == .unreadable(name: "a", format: .fits, reason: noSize))
    }
    // Of a type without a range the scale is said by nobody.
    #expect(
      failure(image(16, [1, 1], [0, 1])) == .noScale(name: "a", type: .int16))
  }
}
