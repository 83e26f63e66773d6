import Foundation
import Imaging
import Randomness
import Testing

/// Hashes of a picture's inner windows, and the closer look at two pictures, beside a slow computation from the formulas.
@Suite struct WindowHashesTests {
  /// A smooth picture, `[side, side]`: a few waves, so that it shows something at every scale.
  private static func waves(_ seed: UInt64, side: Int) -> [Double] {
    var random = RandomKey(seed: seed).source
    let parts = (0..<12).map { _ in
      (random.uniform() * 12 - 6, random.uniform() * 12 - 6, random.uniform() * 6, random.uniform())
    }
    return (0..<side * side).map { place in
      let (x, y) = (Double(place % side) / Double(side), Double(place / side) / Double(side))
      return parts.reduce(0) { $0 + $1.3 * sin(2 * .pi * ($1.0 * x + $1.1 * y) / 2 + $1.2) }
    }
  }

  /// Levels 10 to 240.
  private static func image(_ values: [Double], side: Int, gain: Double = 1) -> Image {
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let pixels = values.flatMap { value -> [UInt8] in
      let level = UInt8((10 + 230 * gain * (value - low) / (high - low)).rounded())
      return [level, level, level]
    }
    return Image(width: side, height: side, channels: 3, pixels: pixels)
  }

  /// Means of 32 × 32 equal cells of a window of a thumbnail `[32, 32]`; low and high are fractions of a side.
  private static func cells(
    _ thumbnail: [Double], columns: ClosedRange<Double>, rows: ClosedRange<Double>
  ) -> [Double] {
    func weights(_ span: ClosedRange<Double>, _ cell: Int) -> [Double] {
      let width = (span.upperBound - span.lowerBound) / 32
      let low = 32 * (span.lowerBound + width * Double(cell))
      let high = low + 32 * width
      return (0..<32).map {
        max(0, min(high, Double($0 + 1)) - max(low, Double($0))) / (high - low)
      }
    }
    let (across, down) = ((0..<32).map { weights(columns, $0) }, (0..<32).map { weights(rows, $0) })
    return (0..<1024).map { place in
      let (x, y) = (across[place % 32], down[place / 32])
      var sum = 0.0
      for j in 0..<32 where y[j] > 0 {
        for i in 0..<32 where x[i] > 0 { sum += y[j] * x[i] * thumbnail[32 * j + i] }
      }
      return sum
    }
  }

  /// Signs of C_uv = Σ_y Σ_x t_yx cos(πu(y + ½)/32) cos(πv(x + ½)/32), in the order of u + v, then u, without the mean.
  private static func hash(_ cells: [Double]) -> UInt64 {
    var pairs: [(u: Int, v: Int)] = []
    for sum in 1...16 { for u in 0...sum where u < 9 && sum - u < 9 { pairs.append((u, sum - u)) } }
    var hash: UInt64 = 0
    for (bit, pair) in pairs.prefix(64).enumerated() {
      var sum = 0.0
      for place in 0..<1024 {
        let (x, y) = (Double(place % 32) + 0.5, Double(place / 32) + 0.5)
        sum +=
          cells[place] * cos(.pi * Double(pair.u) * y / 32) * cos(.pi * Double(pair.v) * x / 32)
      }
      if sum > 0 { hash |= 1 << UInt64(bit) }
    }
    return hash
  }

  /// The whole, then nine places of windows that lack 2.5, 5 and 10 % of each side.
  @Test func theyAreThoseOfTheFormula() throws {
    for seed in 1...2 as ClosedRange<UInt64> {
      let image = Self.image(Self.waves(seed, side: 32), side: 32)
      let print = try #require(Fingerprint(GreyPicture(image)))
      let thumbnail = print.thumbnail.map(Double.init)
      let hashes = print.windowHashes
      #expect(hashes.count == 28)
      #expect((hashes[0] ^ print.hash).nonzeroBitCount <= 2)
      var windows: [(columns: ClosedRange<Double>, rows: ClosedRange<Double>)] = [(0...1, 0...1)]
      for part in [0.025, 0.05, 0.1] {
        for down in [0, 0.5, 1] {
          for across in [0, 0.5, 1] {
            windows.append(
              (
                (part * across)...(1 - part * (1 - across)), (part * down)...(1 - part * (1 - down))
              ))
          }
        }
      }
      for (number, window) in windows.enumerated() {
        let cells = Self.cells(thumbnail, columns: window.columns, rows: window.rows)
        // A frequency near 0 may round to the other side.
        #expect((Self.hash(cells) ^ hashes[number]).nonzeroBitCount <= 1, "\(number)")
      }
    }
  }

  /// The look at two pictures from the best window of the second.
  private func likeness(_ picture: Image, in target: Image) throws -> Likeness? {
    let (own, other) = (GreyPicture(picture), GreyPicture(target))
    let (print, all) = (try #require(Fingerprint(own)), try #require(Fingerprint(other)))
    let window = all.windowHashes.enumerated().min {
      ($0.element ^ print.hash).nonzeroBitCount < ($1.element ^ print.hash).nonzeroBitCount
    }
    return LikenessGuess(print, in: all, window: window?.offset ?? 0)
      .likeness(Likeness.Detail(own), in: Likeness.Detail(other))
  }

  @Test func aCropIsFoundInItsPictureAndOthersAreNot() throws {
    let side = 200
    let whole = Self.waves(3, side: side)
    let target = Self.image(whole, side: side)
    // 6 % off, from a corner.
    let cut = (0..<188 * 188).map { whole[($0 / 188 + 3) * side + $0 % 188 + 9] }
    let (low, high) = (whole.min() ?? 0, whole.max() ?? 1)
    let crop = Image(
      width: 188, height: 188, channels: 3,
      pixels: cut.flatMap { value -> [UInt8] in
        let level = UInt8((10 + 230 * (value - low) / (high - low)).rounded())
        return [level, level, level]
      })
    let found = try #require(try likeness(crop, in: target))
    #expect(found.distance < 0.01 && found.hasSameBrightness)
    let itself = try #require(try likeness(target, in: target))
    #expect(itself.distance < 1e-4 && itself.hasSameBrightness)
    for seed in 4...8 as ClosedRange<UInt64> {
      let other = Self.image(Self.waves(seed, side: side), side: side)
      if let found = try likeness(other, in: target) {
        #expect(found.distance > 0.1, "\(seed): \(found.distance)")
      }
    }
  }

  /// A third less contrast correlates as well, and is another measurement.
  @Test func contrastIsNoLikenessOfItsOwn() throws {
    let values = Self.waves(9, side: 128)
    let (bright, dim) = (
      Self.image(values, side: 128), Self.image(values, side: 128, gain: 0.6)
    )
    let found = try #require(try likeness(dim, in: bright))
    #expect(found.distance < 0.01 && !found.hasSameBrightness)
  }
}
