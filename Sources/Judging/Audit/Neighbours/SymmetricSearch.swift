import Parallel

/// The search behind ``Neighbours``: products of blocks of rows, each pair of blocks once, then exact distances of the
/// candidates.
///
/// The cosine of i and j is that of j and i, so block (I, J) serves the rows of I and, read by columns, those of J: half of the
/// products. A product is off by ε at most. Each row keeps the k + 22 best of its products; those of the k nearest are at least
/// the k-th best less 2ε, so where the last kept is below that, no neighbour is missing. Elsewhere (many copies of one row) the
/// row is compared with all others exactly. Distances come from one fixed order of additions; so who multiplies cannot be seen
/// in the result.
struct SymmetricSearch {
  private let unit: [Float]
  private let width: Int
  private let padded: PaddedRows
  private let count: Int
  private let threads: Int

  /// Rows of a block. A block of products has 4 MB then, and a product is large enough for a library to be at its best.
  private static let block = 1024
  /// Rows, or columns, that a thread reads at a time.
  private static let chunk = 64
  /// Candidates beyond k.
  private static let spare = 22

  /// - Parameters:
  ///   - unit: rows of length 1, `[N, D]` flat.
  ///   - width: D.
  ///   - count: k, below N.
  ///   - threads: how many threads read products.
  init(_ unit: [Float], width: Int, count: Int, threads: Int) {
    (self.unit, self.width, self.count, self.threads) = (unit, width, count, threads)
    padded = unit.withUnsafeBufferPointer { PaddedRows($0, width) }
  }

  /// How far a product may be off: two sums of D terms, each rounded to 2⁻²⁴.
  private var tolerance: Float { Float(2 * width + 32) * 0x1p-24 }

  /// Neighbours and distances, `[N, k]` flat.
  func nearest(_ library: some RowProducts) -> (rows: [Int32], distances: [Float]) {
    let lists = candidates(library)
    let starts = Array(stride(from: 0, to: lists.count, by: Self.chunk))
    let parts = inParallel(starts.count, threads: threads) { index in
      (starts[index]..<min(starts[index] + Self.chunk, lists.count)).map { ranked($0, lists[$0]) }
    }
    let found = parts.flatMap(\.self)
    return (found.flatMap(\.rows), found.flatMap(\.distances))
  }

  private func candidates(_ library: some RowProducts) -> [NearestList] {
    let n = padded.count
    var lists = [NearestList](
      repeating: NearestList(min(count + Self.spare, n - 1)), count: n)
    let starts = Array(stride(from: 0, to: n, by: Self.block))
    for (number, first) in starts.enumerated() {
      let rows = first..<min(first + Self.block, n)
      for second in starts[number...] {
        let columns = second..<min(second + Self.block, n)
        let products = unit.withUnsafeBufferPointer { all in
          library.products(part(all, rows), part(all, columns), width: width)
        }
        add(products, of: rows, with: columns, isTurned: false, to: &lists)
        if first != second { add(products, of: columns, with: rows, isTurned: true, to: &lists) }
      }
    }
    return lists
  }

  private func part(
    _ all: UnsafeBufferPointer<Float>, _ rows: Range<Int>
  ) -> UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(rebasing: all[rows.lowerBound * width..<rows.upperBound * width])
  }

  /// Offers products to the lists of some rows.
  ///
  /// - Parameter isTurned: whether the products stand by `others` × `rows`.
  private func add(
    _ products: [Float], of rows: Range<Int>, with others: Range<Int>, isTurned: Bool,
    to lists: inout [NearestList]
  ) {
    let starts = Array(stride(from: rows.lowerBound, to: rows.upperBound, by: Self.chunk))
    let current = Array(lists[rows])
    let parts = inParallel(starts.count, threads: threads) { index in
      let mine = starts[index]..<min(starts[index] + Self.chunk, rows.upperBound)
      var lists = Array(
        current[mine.lowerBound - rows.lowerBound..<mine.upperBound - rows.lowerBound])
      products.withUnsafeBufferPointer { products in
        // Turned, a line of the processor's memory has numbers of 16 lists, so all others are visited once for them all.
        isTurned
          ? addColumns(products, mine, rows, others, &lists)
          : addRows(products, mine, rows, others, &lists)
      }
      return lists
    }
    lists.replaceSubrange(rows, with: parts.flatMap(\.self))
  }

  private func addRows(
    _ products: UnsafeBufferPointer<Float>, _ mine: Range<Int>, _ rows: Range<Int>,
    _ others: Range<Int>, _ lists: inout [NearestList]
  ) {
    for (place, row) in mine.enumerated() {
      let start = (row - rows.lowerBound) * others.count
      var worst = lists[place].worst
      for first in stride(from: 0, to: others.count, by: 8) {
        let last = min(first + 8, others.count)
        if last - first == 8,
          !Self.hasSmaller(products, start + first, SIMD8(repeating: worst))
        {
          continue
        }
        for step in first..<last where 1 - products[start + step] <= worst {
          let other = others.lowerBound + step
          guard other != row else { continue }
          lists[place].add(1 - products[start + step], other)
          worst = lists[place].worst
        }
      }
    }
  }

  private func addColumns(
    _ products: UnsafeBufferPointer<Float>, _ mine: Range<Int>, _ rows: Range<Int>,
    _ others: Range<Int>, _ lists: inout [NearestList]
  ) {
    let groups = (mine.count + 7) / 8
    var worst = [SIMD8<Float>](repeating: SIMD8(repeating: .infinity), count: groups)
    for place in 0..<mine.count { worst[place / 8][place % 8] = lists[place].worst }
    for step in 0..<others.count {
      let start = step * rows.count + mine.lowerBound - rows.lowerBound
      for group in 0..<groups {
        let (first, last) = (8 * group, min(8 * group + 8, mine.count))
        if last - first == 8, !Self.hasSmaller(products, start + first, worst[group]) { continue }
        for place in first..<last where 1 - products[start + place] <= worst[group][place % 8] {
          lists[place].add(1 - products[start + place], others.lowerBound + step)
          worst[group][place % 8] = lists[place].worst
        }
      }
    }
  }

  /// Whether one of eight distances is at most its bound: hardly ever, once lists are full.
  private static func hasSmaller(
    _ products: UnsafeBufferPointer<Float>, _ start: Int, _ bounds: SIMD8<Float>
  ) -> Bool {
    let eight = UnsafeRawBufferPointer(products)
      .loadUnaligned(fromByteOffset: 4 * start, as: SIMD8<Float>.self)
    return any(1 - eight .<= bounds)
  }

  /// The k nearest of the candidates of a row, by exact distances; of all rows where a neighbour may be missing.
  private func ranked(_ row: Int, _ candidates: NearestList) -> NearestList {
    var list = NearestList(count)
    let isWhole =
      candidates.rows.count == padded.count - 1
      || candidates.worst > candidates.distances[count - 1] + 2 * tolerance
    let others = isWhole ? candidates.rows.map(Int.init) : Array(0..<padded.count)
    for other in others where other != row && other >= 0 {
      list.add(max(0, 1 - padded.product(row, other)), other)
    }
    return list
  }
}
