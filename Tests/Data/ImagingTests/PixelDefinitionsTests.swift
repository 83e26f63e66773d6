import Files
import Foundation
import Imaging
import Randomness
import TestSupport
import Testing

/// Pixels against their definitions, all values of a byte or two.
@Suite struct PixelDefinitionsTests {
  private func bytes<T>(_ values: [T]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }

  private func rendered(
    _ image: StoredImage, _ reading: PixelReading = PixelReading()
  ) throws -> (pixels: [UInt8], clipped: Int) {
    let file = try ImageFile.rendered(image, name: "a", reading: reading)
    return (file.image.pixels, file.clipped)
  }

  /// round(v / 257) of all 65,536 values, in whole numbers.
  @Test func sixteenBitsBecomeEight() throws {
    let image = StoredImage(
      width: 256, height: 256, bands: 1, type: .uint16,
      bytes: bytes((0...65_535).map { UInt16($0) }))
    let expected = (0...65_535).flatMap { value -> [UInt8] in
      let level = UInt8((2 * value + 257) / 514)
      return [level, level, level]
    }
    let found = try rendered(image)
    let same = found.pixels == expected
    #expect(same && found.clipped == 0)
  }

  /// round(α l + (1 − α) b) of all levels and all α, on black and on white, in whole numbers; and left out.
  @Test(arguments: PixelReading.Alpha.allCases) func everyAlpha(alpha: PixelReading.Alpha) throws {
    let samples = (0..<65_536).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let image = StoredImage(
      width: 256, height: 256, bands: 2, alphaBand: 1, type: .uint8, bytes: samples)
    let expected = (0..<65_536).map { number -> UInt8 in
      let (level, part) = (number & 255, number >> 8)
      return switch alpha {
      case .black: UInt8((2 * part * level + 255) / 510)
      case .white: UInt8((2 * (part * level + (255 - part) * 255) + 255) / 510)
      case .ignore: UInt8(level)
      }
    }
    let found = try rendered(image, PixelReading(alpha: alpha)).pixels
    let same = stride(from: 0, to: found.count, by: 3).map { found[$0] } == expected
    #expect(same)
  }

  /// A scale is a straight line that is cut at its ends; what is no number is black and counts as no clip.
  @Test func scalesAreStraightLines() throws {
    let values: [Float] = [0, 10, 5, 2, -1, 11, .nan, .infinity, -.infinity]
    let image = StoredImage(width: 9, height: 1, bands: 1, type: .float32, bytes: bytes(values))
    let reading = PixelReading(scale: IntensityScale(low: 0, high: 10, coversUnsigned16: false))
    let found = try rendered(image, reading)
    #expect(
      stride(from: 0, to: 27, by: 3).map { found.pixels[$0] } == [
        0, 255, 128, 51, 0, 255, 0, 255, 0,
      ])
    #expect(found.clipped == 4)
    #expect(throws: ImageError.noScale(name: "a", type: .float32)) { try rendered(image) }
  }

  @Test func scalesAreReadAndShown() throws {
    #expect(IntensityScale(low: 0, high: 255, coversUnsigned16: false).description == "0…255")
    #expect(
      IntensityScale(low: -0.5, high: 1e20, coversUnsigned16: true).description == "-0.5…1e+20")
    let scale = IntensityScale(low: -1000, high: 3000.5, coversUnsigned16: true)
    let again = try JSONDecoder().decode(IntensityScale.self, from: JSONEncoder().encode(scale))
    #expect(again == scale && scale.covers(.uint16) && !scale.covers(.uint8) && scale.covers(.int8))
    for text in [
      #"{"low": 1, "high": 1, "covers_unsigned_16": false}"#,
      #"{"low": 2, "high": 1, "covers_unsigned_16": false}"#,
      #"{"low": -1e308, "high": 1e308, "covers_unsigned_16": false}"#, #"{"low": 1, "high": 2}"#,
    ] {
      #expect(throws: DecodingError.self, "\(text)") {
        try JSONDecoder().decode(IntensityScale.self, from: Data(text.utf8))
      }
    }
  }

  @Test func readingsThatAreOfNoUse() {
    #expect(PixelReading(page: 0).problem == "expected a page from 1, got 0")
    #expect(PixelReading(page: 65_537).problem == "expected a page from 1, got 65537")
    for bands in [[], [1, 2], [0], [1, 2, 3, 4], [1, 2, 65_537]] {
      #expect(
        PixelReading(bands: bands).problem == "expected one or three bands from 1, got \(bands)")
    }
    #expect(PixelReading(page: 65_536, bands: [3, 3, 1]).problem == nil)
  }

  private func stored(_ values: [Double], _ type: SampleType) -> StoredImage {
    let data =
      switch type {
      case .uint8: bytes(values.map { UInt8($0) })
      case .int8: bytes(values.map { Int8($0) })
      case .uint16: bytes(values.map { UInt16($0) })
      case .int16: bytes(values.map { Int16($0) })
      case .uint32: bytes(values.map { UInt32($0) })
      case .int32: bytes(values.map { Int32($0) })
      case .int64: bytes(values.map { Int64($0) })
      case .float32: bytes(values.map { Float($0) })
      case .float64: bytes(values)
      }
    return StoredImage(width: values.count, height: 1, bands: 1, type: type, bytes: data)
  }

  /// The same numbers have one digest in every type that holds them, 8-bit ones that of the picture.
  @Test func digestsAreOfNumbersAndNotOfTypes() {
    let small = Set(SampleType.allCases.map { stored([0, 1, 100, 127], $0).digest })
    let picture = Image(
      width: 4, height: 1, channels: 3, pixels: [0, 0, 0, 1, 1, 1, 100, 100, 100, 127, 127, 127])
    #expect(small == [picture.digest])
    let wide: [SampleType] = [.uint16, .uint32, .int32, .int64, .float32, .float64]
    #expect(Set(wide.map { stored([0, 256, 65_535, 3], $0).digest }).count == 1)
    let signed: [SampleType] = [.int8, .int16, .int32, .int64, .float32, .float64]
    #expect(Set(signed.map { stored([-1, 0, 5], $0).digest }).count == 1)
    #expect(stored([-0.0, 2], .float64).digest == stored([0, 2], .uint8).digest)
    #expect(stored([.nan, 2], .float32).digest == stored([-.nan, 2], .float64).digest)
    #expect(stored([0, 2], .uint8).digest != stored([0, 3], .uint8).digest)
    let opaque = StoredImage(
      width: 2, height: 1, bands: 2, alphaBand: 1, type: .uint8, bytes: [5, 255, 9, 255])
    let clear = StoredImage(
      width: 2, height: 1, bands: 2, alphaBand: 1, type: .uint8, bytes: [5, 255, 9, 254])
    #expect(opaque.digest == stored([5, 9], .uint8).digest && clear.digest != opaque.digest)
  }

  /// Of M of N samples the i-th is number ⌊i N / M⌋; what is no number is left out, alpha is no colour.
  @Test func samplesAreEvenlySpread() {
    let ten = stored((0..<10).map(Double.init), .uint8)
    let reading = PixelReading()
    #expect(ten.sample(atMost: 4, reading) == [0, 2, 5, 7])
    #expect(ten.sample(atMost: 10, reading) == (0..<10).map(Double.init))
    #expect(ten.sample(atMost: 100, reading).count == 10 && ten.sample(atMost: 1, reading) == [0])
    #expect(stored([.nan, 1, .infinity, 2], .float32).sample(atMost: 9, reading) == [1, 2])
    let two = StoredImage(
      width: 2, height: 1, bands: 2, alphaBand: 1, type: .uint8, bytes: [5, 200, 6, 201])
    #expect(two.sample(atMost: 9, reading) == [5, 6])
    #expect(two.sample(atMost: 9, PixelReading(bands: [2])) == [200, 201])
    #expect(two.sample(atMost: 9, PixelReading(bands: [3])) == [])
  }

  /// Every window of a small picture, inside, across an edge and beyond, pixel by pixel.
  @Test(arguments: [1, 3]) func everyWindow(channels: Int) {
    let image = pattern(4, 3, channels: channels)
    var wrong: [String] = []
    for left in -3...5 {
      for top in -3...4 {
        for (width, height) in [(1, 1), (2, 3), (4, 3), (6, 5)] {
          let found = image.cropped(
            left: left, top: top, size: ImageSize(width: width, height: height))
          let expected = (0..<(width * height * channels)).map { number -> UInt8 in
            let (pixel, channel) = (number / channels, number % channels)
            let (x, y) = (left + pixel % width, top + pixel / width)
            guard (0..<4).contains(x), (0..<3).contains(y) else { return 0 }
            return image.pixels[(y * 4 + x) * channels + channel]
          }
          if found.pixels != expected { wrong.append("\(left), \(top), \(width)×\(height)") }
        }
      }
    }
    #expect(wrong.isEmpty)
  }

  /// Pixel i of m is pixel ⌊(i + ½) n / m⌋ of n, along either axis.
  @Test func everyNearestScaling() {
    for n in 1...12 {
      for m in 1...12 {
        let expected = (0..<m).map { UInt8(Int((Double($0) + 0.5) * Double(n) / Double(m) + 1e-9)) }
        let levels = (0..<n).map { UInt8($0) }
        let wide = Image(width: n, height: 1, channels: 1, pixels: levels)
        let high = Image(width: 1, height: n, channels: 1, pixels: levels)
        let found = [
          Resize(ImageSize(width: m, height: 1), sampling: .nearest)(wide).pixels,
          Resize(ImageSize(width: 1, height: m), sampling: .nearest)(high).pixels,
        ]
        #expect(found == [expected, expected], "\(n) to \(m)")
      }
    }
  }

  /// Tones of a ramp of all values, by their definitions.
  @Test func tonesOfARamp() {
    let ramp = Image(width: 256, height: 1, channels: 1, pixels: Array(0...255))
    for bits in 1...8 {
      let step = 1 << (8 - bits)
      let expected = (0..<256).map { UInt8($0 / step * step) }
      #expect(ToneAdjustment.posterize(bits: bits)(ramp).pixels == expected)
    }
    for threshold in [0, 1, 128, 255, 256] {
      let expected = (0..<256).map { UInt8($0 < threshold ? $0 : 255 - $0) }
      #expect(ToneAdjustment.solarize(threshold: threshold)(ramp).pixels == expected)
    }
    #expect(ToneAdjustment.autocontrast(ramp) == ramp && ToneAdjustment.equalize(ramp) == ramp)
    let flat = Image(width: 2, height: 2, channels: 1, pixels: [9, 9, 9, 9])
    #expect(ToneAdjustment.autocontrast(flat) == flat && ToneAdjustment.equalize(flat) == flat)
    let two = Image(width: 2, height: 1, channels: 3, pixels: [10, 0, 255, 20, 0, 254])
    #expect(ToneAdjustment.autocontrast(two).pixels == [0, 0, 255, 255, 0, 0])
  }

  /// Luma of a grid of colours, (77 r + 150 g + 29 b) / 256; of a large picture the means of blocks.
  @Test func lumaByDefinition() throws {
    let grid = (0..<216).flatMap { number -> [UInt8] in
      let (red, green, blue): (Int, Int, Int) = (number % 6, number / 6 % 6, number / 36)
      return [UInt8(red * 51), UInt8(green * 51), UInt8(blue * 51)]
    }
    let picture = GreyPicture(Image(width: 216, height: 1, channels: 3, pixels: grid))
    let expected = (0..<216).map { number -> Float in
      let (red, green, blue) = (grid[3 * number], grid[3 * number + 1], grid[3 * number + 2])
      let sum: Int = 77 * Int(red) + 150 * Int(green) + 29 * Int(blue)
      return Float(sum) / 256
    }
    #expect(picture.values == expected && picture.width == 216)
    let blocks = (0..<(512 * 512)).map { index -> UInt8 in
      let (right, below): (Int, Int) = (index % 2, index / 512 % 2)
      return UInt8(right * 100 + below * 50)
    }
    let large = Image(width: 512, height: 512, channels: 1, pixels: blocks)
    let small = GreyPicture(large)
    #expect(small.width == 256 && small.height == 256 && small.values.allSatisfy { $0 == 75 })
    let gaps = try #require(
      GreyPicture(stored([1, .nan, 3, -.infinity], .float64), PixelReading()))
    #expect(gaps.values == [1, 2, 3, 2])
    #expect(GreyPicture(stored([1], .uint8), PixelReading(bands: [2])) == nil)
    let words = try #require(GreyPicture(stored([257, 65_535], .uint16), PixelReading()))
    #expect(difference(words.values, [1, 255] as [Float], relative: 1e-6) == nil)
  }

  /// Draws are as many as each step says, whatever the image and the amounts.
  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64]) func stepsDrawWhatTheySay(seed: UInt64) {
    let image = pattern(8, 6)
    func check(_ step: some Transform, _ draws: (inout RandomSource) -> Void) {
      var (own, expected) = (RandomSource(seed: seed), RandomSource(seed: seed))
      _ = step(image, using: &own)
      draws(&expected)
      #expect(own == expected, "\(step)")
    }
    check(HorizontalFlip(0)) { _ = $0.uniform() }
    check(VerticalFlip(1)) { _ = $0.uniform() }
    check(CenterCrop(ImageSize(3))) { _ in }
    check(RandomCrop(ImageSize(4), padding: 2)) { _ = ($0.below(9), $0.below(7)) }
    check(Cutout(side: 0)) { _ = ($0.below(8), $0.below(6)) }
    check(Cutout(side: 99)) { _ = ($0.below(8), $0.below(6)) }
    check(RandomAffine()) { source in for _ in 0..<4 { _ = source.uniform() } }
    for amount in [0, 0.4] {
      check(
        ColorJitter(brightness: amount, contrast: amount, saturation: amount, hue: amount)
      ) { source in
        _ = source.shuffle(4)
        for _ in 0..<4 { _ = source.uniform() }
      }
    }
    check(RandAugment(steps: 3)) { source in
      for _ in 0..<3 { _ = (source.below(14), source.below(9), source.uniform(), source.uniform()) }
    }
    check(OneOf([Identity(), Identity(), Identity()])) { _ = $0.below(3) }
    // The whole image in its own proportions fits at once.
    check(RandomResizedCrop(ImageSize(5), scale: 1...1, ratio: (4.0 / 3)...(4.0 / 3))) { source in
      _ = (source.uniform(), source.uniform(), source.below(1), source.below(1))
    }
  }

  /// A flip with probability 0 is none, with 1 always one; twice is none.
  @Test func certainFlips() {
    let image = pattern(5, 4)
    var source = RandomSource(seed: 1)
    for _ in 0..<20 {
      #expect(HorizontalFlip(0)(image, using: &source) == image)
      let once = HorizontalFlip(1)(image, using: &source)
      #expect(once != image && HorizontalFlip(1)(once, using: &source) == image)
      let turned = VerticalFlip(1)(image, using: &source)
      #expect(turned.pixels.prefix(15) == image.pixels.suffix(15))
    }
  }

  /// First bytes of every format, and those that only begin alike.
  @Test(
    arguments: [
      (Array("P6 ".utf8), .netpbm), (Array("Pf\n".utf8), .netpbm), (Array("P8 ".utf8), nil),
      (Array("P6".utf8), nil),
      (Array("PATH".utf8), nil), (Array("GIF87a".utf8), .gif), (Array("GIF9".utf8), nil),
      (Array("RIFFxxxxWEBP".utf8), .webp), (Array("RIFFxxxxWAVE".utf8), nil), ([0xFF, 0xD8], nil),
      ([0xFF, 0xD8, 0xFF], .jpeg), ([0x49, 0x49, 0x2A, 0], .tiff), ([0x4D, 0x4D, 0x2A, 0], nil),
      ([0x4D, 0x4D, 0, 0x2B], .tiff), (Array("BM".utf8) + [UInt8](repeating: 0, count: 25), .bmp),
      (Array("BM".utf8) + [UInt8](repeating: 0, count: 24), nil),
      (Array("BMI,label,path,x,y,z,a,b,c,d".utf8), nil),
      (Array("SIMPLE  = T".utf8), .fits), (Array("SIMPLE,".utf8), nil),
      ([0x93] + Array("NUMPY".utf8), .numpy),
      ([0, 0, 0, 12] + Array("jP  ".utf8), .jpeg2000),
      ([0, 0, 0, 12] + Array("JXL ".utf8), .jpegXL),
      ([0xFF, 0x0A], .jpegXL), ([0xFF, 0x4F, 0xFF, 0x51], .jpeg2000),
      ([0, 0, 0, 24] + Array("ftypheic".utf8), .heif),
      ([], nil),
    ] as [([UInt8], ImageFormat?)])
  func signatures(head: [UInt8], format: ImageFormat?) {
    #expect(ImageFormat(signatureOf: head) == format)
  }

  /// Arrays of NumPy as pictures; what is no picture says its type and shape.
  @Test func arraysAsPictures() throws {
    func npy(_ dtype: NpyArray.Scalar, _ shape: [Int]) -> [UInt8] {
      let count = shape.reduce(1, *) * dtype.size
      return NpyArray(dtype: dtype, shape: shape, bytes: (0..<count).map { UInt8($0) }).encoded()
    }
    #expect(
      try ImageFile.decode(npy(.uint8, [1, 2]), name: "a").pixels == [0, 0, 0, 1, 1, 1])
    #expect(try ImageFile.decode(npy(.uint8, [1, 2, 3]), name: "a").pixels == [0, 1, 2, 3, 4, 5])
    let others: [(NpyArray.Scalar, [Int])] = [
      (.bool, [2, 2]), (.uint8, [4]), (.uint8, [0, 2]), (.uint8, [1, 1, 1, 1]), (.uint8, []),
    ]
    for (dtype, shape) in others {
      #expect(
        throws: ImageError.unsupported(
          name: "a", format: .numpy,
          reason: "expected numbers [H, W] or [H, W, bands], found \(dtype.rawValue) \(shape)")
      ) { try ImageFile.decode(npy(dtype, shape), name: "a") }
    }
    #expect(throws: ImageError.bands(name: "a", found: 5, asked: nil)) {
      try ImageFile.decode(npy(.uint8, [1, 1, 5]), name: "a")
    }
    #expect(
      try ImageFile.decode(
        npy(.uint8, [1, 1, 5]), name: "a", reading: PixelReading(bands: [5, 1, 3])
      ).pixels
        == [4, 0, 2])
  }
}
