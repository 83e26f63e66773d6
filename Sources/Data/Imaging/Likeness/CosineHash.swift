import Foundation

/// 64 bits that a picture keeps when it is saved again as JPEG or resized: the signs of its 64 lowest
/// frequencies, along both axes together, without the mean.
///
/// With the discrete cosine transform `C_uv = Σ_y Σ_x t_yx cos(π u (y + ½) / n) cos(π v (x + ½) / n)` of an
/// `n × n` thumbnail, bit `k` is whether `C_uv > 0` for the k-th pair in the order of `u + v`, then `u`.
///
/// A crop moves every frequency. So the picture's inner windows have hashes of their own: a picture that
/// was cropped has nearly the hash of the window that it shows.
///
/// Source of the idea: Zauner, Implementation and benchmarking of perceptual image hash functions, 2010,
/// section 3.2.1 (which thresholds at the median and takes a square of frequencies).
enum CosineHash {
  /// Side of the thumbnail, n.
  static let side = 32
  private static let frequencies = 9

  /// Frequencies (u, v) of each bit.
  private static let pairs: [(u: Int, v: Int)] = {
    let all = (0..<frequencies).flatMap { u in (0..<frequencies).map { (u: u, v: $0) } }
    return Array(
      all.filter { $0.u + $0.v > 0 }.sorted { ($0.u + $0.v, $0.u) < ($1.u + $1.v, $1.u) }.prefix(64)
    )
  }()

  /// Parts of a side that a crop takes off, both ends together, and how they lie.
  private static let spans: [ClosedRange<Float>] =
    [0...1]
    + [0.025, 0.05, 0.1].flatMap { (part: Float) in
      [Float(0), 0.5, 1].map { (part * $0)...(1 - part * (1 - $0)) }
    }

  /// `[side, frequencies]` for each span: averaging the span's cells anew and transforming them.
  private static let bases: [[Float]] = spans.map { span in
    let axis = AreaAxis(length: side, span: span, count: side)
    var basis = [Float](repeating: 0, count: side * frequencies)
    for cell in 0..<side {
      for tap in axis.offsets[cell]..<axis.offsets[cell + 1] {
        let pixel = axis.starts[cell] + tap - axis.offsets[cell]
        for frequency in 0..<frequencies {
          let angle = Double.pi * Double(frequency) * (Double(cell) + 0.5) / Double(side)
          basis[pixel * frequencies + frequency] += axis.weights[tap] * Float(cos(angle))
        }
      }
    }
    return basis
  }

  /// Of the windows that hashes are made of: the whole first, then nine places of each size.
  static let windows: [ImageWindow] = places.map {
    ImageWindow(columns: spans[$0.across], rows: spans[$0.down])
  }

  /// Spans of each window.
  private static let places: [(across: Int, down: Int)] =
    [(0, 0)]
    + (0..<3).flatMap { size in
      (0..<9).map { (across: 1 + 3 * size + $0 % 3, down: 1 + 3 * size + $0 / 3) }
    }

  /// The hash of a whole thumbnail, `[side, side]`.
  static func whole(_ thumbnail: [Float]) -> UInt64 { hashes(thumbnail, windows: 1)[0] }

  /// The hashes of the thumbnail's ``windows``.
  static func all(_ thumbnail: [Float]) -> [UInt64] { hashes(thumbnail, windows: places.count) }

  private static func hashes(_ thumbnail: [Float], windows: Int) -> [UInt64] {
    // Columns first, once for each span; then rows, for the pairs of spans that are windows.
    var across: [Int: [Float]] = [:]
    return places.prefix(windows).map { place in
      let narrow = across[place.across] ?? transformed(thumbnail, bases[place.across])
      across[place.across] = narrow
      return signs(narrow, bases[place.down])
    }
  }

  /// `[side, frequencies]`: each row's frequencies.
  private static func transformed(_ thumbnail: [Float], _ basis: [Float]) -> [Float] {
    [Float](unsafeUninitializedCapacity: side * frequencies) { result, initialised in
      thumbnail.withUnsafeBufferPointer { thumbnail in
        basis.withUnsafeBufferPointer { basis in
          for y in 0..<side {
            var sum = NineSums()
            for x in 0..<side { sum.add(basis, x &* frequencies, times: thumbnail[y &* side &+ x]) }
            sum.write(to: result, y &* frequencies)
          }
        }
      }
      initialised = side * frequencies
    }
  }

  private static func signs(_ narrow: [Float], _ basis: [Float]) -> UInt64 {
    let coefficients = [Float](unsafeUninitializedCapacity: frequencies * frequencies) {
      result, initialised in
      narrow.withUnsafeBufferPointer { narrow in
        basis.withUnsafeBufferPointer { basis in
          for u in 0..<frequencies {
            var sum = NineSums()
            for y in 0..<side {
              sum.add(narrow, y &* frequencies, times: basis[y &* frequencies &+ u])
            }
            sum.write(to: result, u &* frequencies)
          }
        }
      }
      initialised = frequencies * frequencies
    }
    var hash: UInt64 = 0
    for (bit, pair) in pairs.enumerated()
    where coefficients[pair.u * frequencies + pair.v] > 0 {
      hash |= 1 << UInt64(bit)
    }
    return hash
  }
}

/// Sums of nine frequencies at once.
private struct NineSums {
  private var eight = SIMD8<Float>.zero
  private var ninth: Float = 0

  /// Adds nine numbers from a place on, times a factor.
  @inline(__always)
  mutating func add(_ values: UnsafeBufferPointer<Float>, _ place: Int, times factor: Float) {
    eight += SIMD8(values, place) * factor
    ninth += values[place &+ 8] * factor
  }

  /// Stores them from a place on.
  func write(to result: UnsafeMutableBufferPointer<Float>, _ place: Int) {
    for i in 0..<8 { result[place &+ i] = eight[i] }
    result[place &+ 8] = ninth
  }
}
