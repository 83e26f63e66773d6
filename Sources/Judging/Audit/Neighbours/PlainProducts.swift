import Parallel
import Requirements

/// Inner products without any library, four columns at a time.
public struct PlainProducts: RowProducts {
  /// How many threads work; the products are the same for any number.
  public let threads: Int

  /// Products by `threads` threads, at least 1.
  public init(threads: Int = 1) { self.threads = threads }

  private static let block = 32

  /// A Bᵀ: `[M, D]` and `[N, D]` flat to `[M, N]` flat; the requirement says more.
  ///
  /// - Precondition: both have whole rows.
  public func products(
    _ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Float>, width: Int
  ) -> [Float] {
    require(
      width > 0 && a.count % width == 0 && b.count % width == 0,
      "PlainProducts: expected rows of \(width) numbers, got \(a.count) and \(b.count)")
    let (left, right) = (PaddedRows(a, width), PaddedRows(b, width))
    let starts = Array(stride(from: 0, to: left.count, by: Self.block))
    let parts = inParallel(starts.count, threads: threads) { index in
      left.products(
        starts[index]..<min(starts[index] + Self.block, left.count), with: right)
    }
    return parts.flatMap(\.self)
  }
}

/// Rows as vectors of eight numbers, the last filled up with zeros.
struct PaddedRows: Sendable {
  /// Number of rows.
  let count: Int
  private let lanes: Int
  private let vectors: [SIMD8<Float>]

  init(_ numbers: UnsafeBufferPointer<Float>, _ width: Int) {
    count = numbers.count / width
    lanes = (width + 7) / 8
    var vectors = [SIMD8<Float>](repeating: .zero, count: count * lanes)
    for row in 0..<count {
      for d in 0..<width { vectors[row * lanes + d / 8][d % 8] = numbers[row * width + d] }
    }
    self.vectors = vectors
  }

  /// The product of a row with a row of the same rows: the same for either order, and that of ``products(_:with:)``.
  func product(_ row: Int, _ other: Int) -> Float {
    vectors.withUnsafeBufferPointer { all in
      var sum = SIMD8<Float>.zero
      for lane in 0..<lanes { sum += all[row * lanes + lane] * all[other * lanes + lane] }
      return sum.sum()
    }
  }

  /// Products of some rows with all others, `[rows.count, others.count]` flat.
  func products(_ rows: Range<Int>, with others: PaddedRows) -> [Float] {
    var result = [Float](repeating: 0, count: rows.count * others.count)
    let (lanes, width) = (lanes, others.count)
    vectors.withUnsafeBufferPointer { left in
      others.vectors.withUnsafeBufferPointer { right in
        for other in stride(from: 0, to: width, by: 4) {
          for row in rows {
            let (a, b) = (row * lanes, other * lanes)
            let place = (row - rows.lowerBound) * width + other
            guard other + 4 <= width else {
              for next in other..<width {
                var sum = SIMD8<Float>.zero
                for lane in 0..<lanes { sum += left[a + lane] * right[next * lanes + lane] }
                result[place + next - other] = sum.sum()
              }
              continue
            }
            var (s0, s1) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
            var (s2, s3) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
            for lane in 0..<lanes {
              let x = left[a + lane]
              s0 += x * right[b + lane]
              s1 += x * right[b + lanes + lane]
              s2 += x * right[b + 2 * lanes + lane]
              s3 += x * right[b + 3 * lanes + lane]
            }
            result[place] = s0.sum()
            result[place + 1] = s1.sum()
            result[place + 2] = s2.sum()
            result[place + 3] = s3.sum()
          }
        }
      }
    }
    return result
  }
}
