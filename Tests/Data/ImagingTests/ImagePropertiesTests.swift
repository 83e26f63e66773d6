import Foundation
import Imaging
import Randomness
import TestSupport
import Testing

/// Changes of drawn pictures against their definitions, pixel by pixel, and what channels and turns have to do with them.
@Suite struct ImagePropertiesTests {
  private func drawn(
    _ width: Int, _ height: Int, channels: Int = 3, _ random: inout RandomSource
  ) -> Image {
    Image(
      width: width, height: height, channels: channels,
      pixels: (0..<width * height * channels).map { _ in UInt8(random.below(256)) })
  }

  private func channel(_ number: Int, of image: Image) -> Image {
    Image(
      width: image.width, height: image.height, channels: 1,
      pixels: stride(from: number, to: image.pixels.count, by: 3).map { image.pixels[$0] })
  }

  /// Where the stored row 0 and column 0 lie in the upright picture, as the standard's table has it.
  private func place(
    _ row: Int, _ column: Int, _ way: Int, _ width: Int, _ height: Int
  ) -> (row: Int, column: Int) {
    switch way {
    case 1: (row, column)  // top, left
    case 2: (row, width - 1 - column)  // top, right
    case 3: (height - 1 - row, width - 1 - column)  // bottom, right
    case 4: (height - 1 - row, column)  // bottom, left
    case 5: (column, row)  // left, top
    case 6: (column, height - 1 - row)  // right, top
    case 7: (width - 1 - column, height - 1 - row)  // right, bottom
    default: (width - 1 - column, row)  // left, bottom
    }
  }

  @Test(arguments: Orientation.allCases) func orientationsByTheTable(orientation: Orientation) {
    var random = RandomSource(seed: 5)
    for width in 1...5 {
      for height in 1...5 {
        for channels in [1, 3] {
          let image = drawn(width, height, channels: channels, &random)
          let upright = orientation.uprighted(image)
          #expect(upright.width == (orientation.rawValue >= 5 ? height : width))
          #expect(upright.height == (orientation.rawValue >= 5 ? width : height))
          var wrong = 0
          for row in 0..<height {
            for column in 0..<width {
              let to = place(row, column, orientation.rawValue, width, height)
              for channel in 0..<channels {
                let before = image.pixels[(row * width + column) * channels + channel]
                let after = upright.pixels[
                  (to.row * upright.width + to.column) * channels + channel]
                if before != after { wrong += 1 }
              }
            }
          }
          #expect(wrong == 0, "\(width)×\(height)×\(channels)")
        }
      }
    }
  }

  /// Each way has one that undoes it.
  @Test func everyOrientationIsUndone() throws {
    var random = RandomSource(seed: 6)
    let image = drawn(5, 3, &random)
    for orientation in Orientation.allCases {
      let turned = orientation.uprighted(image)
      let undoing = Orientation.allCases.filter { $0.uprighted(turned) == image }
      let expected = [6: 8, 8: 6][orientation.rawValue] ?? orientation.rawValue
      #expect(undoing.map(\.rawValue) == [expected])
    }
  }

  /// w(t) = 1 − |t|, or Keys' cubic with a = −½.
  private func weight(_ t: Double, _ sampling: Interpolation) -> Double {
    let x = abs(t)
    if sampling == .bilinear { return max(0, 1 - x) }
    if x < 1 { return 1.5 * x * x * x - 2.5 * x * x + 1 }
    return x < 2 ? -0.5 * x * x * x + 2.5 * x * x - 4 * x + 2 : 0
  }

  /// A row of values at `count` places, in the ways of real numbers; levels are rounded half up.
  private func resampled(_ row: [Double], to count: Int, _ sampling: Interpolation) -> [Double] {
    let scale = Double(row.count) / Double(count)
    let width = max(scale, 1)
    return (0..<count).map { i in
      let centre = (Double(i) + 0.5) * scale
      let weights = row.indices.map { weight((Double($0) + 0.5 - centre) / width, sampling) }
      let value = zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
      return (value + 0.5).rounded(.down)
    }.map { min(max($0, 0), 255) }
  }

  /// One axis of every length to every other one, by the formula of weights.
  @Test(arguments: [Interpolation.bilinear, .bicubic]) func oneAxisByTheFormula(
    sampling: Interpolation
  ) {
    var random = RandomSource(seed: 7)
    for n in 1...14 {
      for m in 1...14 {
        let row = drawn(n, 1, channels: 1, &random)
        let expected = resampled(row.pixels.map(Double.init), to: m, sampling)
        let wide = Resize(ImageSize(width: m, height: 1), sampling: sampling)(row).pixels
        let column = Image(width: 1, height: n, channels: 1, pixels: row.pixels)
        let high = Resize(ImageSize(width: 1, height: m), sampling: sampling)(column).pixels
        #expect(difference(wide.map(Double.init), expected, absolute: 1) == nil, "\(n) to \(m)")
        #expect(wide == high, "\(n) to \(m)")
      }
    }
  }

  /// Bilinear values lie between the least and the greatest of the picture, and a picture that is brighter everywhere stays so.
  @Test func scalingOvershootsNowhere() {
    var random = RandomSource(seed: 8)
    for _ in 0..<40 {
      var image = drawn(1 + random.below(20), 1 + random.below(20), &random)
      image.pixels = image.pixels.map { 50 + $0 / 2 }
      let size = ImageSize(width: 1 + random.below(30), height: 1 + random.below(30))
      let result = Resize(size)(image)
      #expect(result.pixels.allSatisfy { $0 >= 50 && $0 <= 177 })
      var brighter = image
      brighter.pixels = image.pixels.map { $0 + 40 }
      let raised = Resize(size)(brighter)
      #expect(zip(result.pixels, raised.pixels).allSatisfy { abs(Int($1) - Int($0) - 40) <= 1 })
    }
  }

  /// The three channels of a picture change as three grey pictures would, whatever is done.
  @Test func channelsKeepToThemselves() {
    var random = RandomSource(seed: 9)
    for seed in 0..<20 {
      let image = drawn(3 + random.below(15), 3 + random.below(15), &random)
      let size = ImageSize(width: 1 + random.below(20), height: 1 + random.below(20))
      let steps: [any Transform] = [
        Resize(size), Resize(size, sampling: .bicubic), Resize(size, sampling: .nearest),
        ResizeShorter(7), CenterCrop(size), RandomCrop(size, padding: 2), RandomResizedCrop(size),
        HorizontalFlip(), VerticalFlip(), Cutout(side: 4),
        RandomAffine(angle: -40...40, scale: 0.8...1.3, horizontalShift: 0.2, verticalShift: 0.1),
        RandomAffine(angle: -40...40, sampling: .bilinear),
        ColorJitter(brightness: 0.4),
      ]
      for (number, step) in steps.enumerated() {
        var source = RandomSource(seed: UInt64(seed))
        let whole = step(image, using: &source)
        for place in 0..<3 {
          var own = RandomSource(seed: UInt64(seed))
          let grey = step(channel(place, of: image), using: &own)
          #expect(channel(place, of: whole) == grey, "step \(number) of seed \(seed)")
        }
      }
      let tones: [ToneAdjustment] = [
        .autocontrast, .equalize, .posterize(bits: 3), .solarize(threshold: 90),
      ]
      for tone in tones {
        let whole = tone(image)
        for place in 0..<3 { #expect(channel(place, of: whole) == tone(channel(place, of: image))) }
      }
    }
  }

  /// The pixel that a warp's inverse says, by the formula: turned back, scaled back and shifted back about the centre.
  @Test(arguments: AffineWarp.Sampling.allCases) func warpsByTheFormula(
    sampling: AffineWarp.Sampling
  ) {
    var random = RandomSource(seed: 10)
    var (all, off) = (0, 0)
    for _ in 0..<30 {
      let (width, height) = (2 + random.below(20), 2 + random.below(20))
      let image = drawn(width, height, channels: 1, &random)
      let (angle, scale) = (-180 + 360 * random.uniform(), 0.5 + 1.5 * random.uniform())
      let (right, down) = (random.below(7) - 3, random.below(7) - 3)
      let result = AffineWarp(
        angle: angle, scale: scale, right: right, down: down, sampling: sampling)(image)
      func value(_ column: Int, _ row: Int) -> Double {
        Double(image.pixels[min(max(row, 0), height - 1) * width + min(max(column, 0), width - 1)])
      }
      let turn = angle * .pi / 180
      for y in 0..<height {
        for x in 0..<width {
          let dx = Double(x) + 0.5 - Double(width) / 2 - Double(right)
          let dy = Double(y) + 0.5 - Double(height) / 2 - Double(down)
          let u = (cos(turn) * dx + sin(turn) * dy) / scale + Double(width) / 2
          let v = (cos(turn) * dy - sin(turn) * dx) / scale + Double(height) / 2
          var expected = 0.0
          if u >= 0, u < Double(width), v >= 0, v < Double(height) {
            if sampling == .nearest {
              expected = value(Int(u.rounded(.down)), Int(v.rounded(.down)))
            } else {
              let (left, top) = ((u - 0.5).rounded(.down), (v - 0.5).rounded(.down))
              let (a, b) = (u - 0.5 - left, v - 0.5 - top)
              let (column, row) = (Int(left), Int(top))
              expected =
                (1 - b) * ((1 - a) * value(column, row) + a * value(column + 1, row))
                + b * ((1 - a) * value(column, row + 1) + a * value(column + 1, row + 1))
            }
          }
          all += 1
          if abs(Double(result.pixels[y * width + x]) - expected) > 0.51 { off += 1 }
        }
      }
    }
    // A place that lies on an edge may be rounded to either side.
    #expect(off * 500 <= all, "\(off) of \(all)")
  }

  /// A square of the size that is asked for, cut off at the edges and nowhere else, about every centre.
  @Test func cutOutsByTheFormula() {
    var random = RandomSource(seed: 11)
    for seed in 0..<80 {
      let (width, height, side) = (1 + random.below(9), 1 + random.below(9), random.below(14))
      let image = Image(
        width: width, height: height, channels: 3,
        pixels: [UInt8](repeating: 9, count: 3 * width * height))
      var (source, other) = (RandomSource(seed: UInt64(seed)), RandomSource(seed: UInt64(seed)))
      let result = Cutout(side: side)(image, using: &source)
      let (x, y) = (other.below(width), other.below(height))
      let expected = (0..<3 * width * height).map { place -> UInt8 in
        let (column, row) = (place / 3 % width, place / 3 / width)
        let isIn =
          (x - side / 2..<x - side / 2 + side).contains(column)
          && (y - side / 2..<y - side / 2 + side).contains(row)
        return isIn ? 127 : 9
      }
      #expect(result.pixels == expected, "\(width)×\(height), \(side)")
    }
  }
}
