import Torch

/// The rows that can be in a Tomek link at all, found without looking at most pairs in full.
///
/// With r_a the distance of row a to the nearest of its own class, a and b are linked only where |a − b| is below both r_a and
/// r_b. Over some of the coordinates |a − b| is never longer than over all, so that a pair which is too long there already
/// is none. Half of the coordinates, those that vary most, are looked at in single precision, with room for its rounding:
/// a row that is linked is never left out.
enum LinkCandidates {
  /// Share of a sum of squares that single precision may be wrong by, with a wide margin.
  private static let slack = 1e-4
  /// So many coordinates are looked at where there are no more.
  private static let fewest = 32
  /// What stands for no distance that could be too long.
  private static let (far, farther) = (1e30, 1e35)

  /// - Parameters:
  ///   - features: `[N, D]`.
  ///   - labels: class of each row, `[N]`.
  /// - Returns: rows, ascending; all rows of a link and others.
  static func rows(_ features: Tensor, _ labels: [Int]) -> [Int] {
    guard Set(labels).count > 1 else { return [] }
    return withoutGradients {
      let x = NearestRows.centred(features)
      let radii = ownRadii(x, labels)
      let (left, right) = sides(x, labels)
      let limits = Tensor(radii, shape: [labels.count]).to(.float32)
      var isCandidate = [Bool](repeating: false, count: labels.count)
      for block in NearestRows.blocks(labels.count, over: labels.count) {
        // The rows before have met these.
        let rest = labels.count - block.lowerBound
        let bounds = left.narrowed(dim: 0, start: block.lowerBound, length: block.count)
          .matmul(right.narrowed(dim: 0, start: block.lowerBound, length: rest).transposed(0, 1))
        let own = limits.narrowed(dim: 0, start: block.lowerBound, length: block.count)
        let others = limits.narrowed(dim: 0, start: block.lowerBound, length: rest)
        let hits = bounds.less(than: own.unsqueezed(1).minimum(others.unsqueezed(0))).to(.uint8)
        mark(hits.amax(dims: [1]), from: block.lowerBound, in: &isCandidate)
        mark(hits.amax(dims: [0]), from: block.lowerBound, in: &isCandidate)
      }
      return isCandidate.indices.filter { isCandidate[$0] }
    }
  }

  /// The squared distance of each row to the nearest of its class, a little enlarged; far away where it is alone.
  private static func ownRadii(_ x: Tensor, _ labels: [Int]) -> [Double] {
    var members: [Int: [Int]] = [:]
    for (row, label) in labels.enumerated() { members[label, default: []].append(row) }
    let room = slack * x.square().mean().item()
    var radii = [Double](repeating: far, count: labels.count)
    for own in members.values where own.count > 1 {
      let rows = taken(x, own)
      let nearest = NearestRows.find(rows, count: 1).map { $0[0] }
      let squares = (rows - taken(rows, nearest)).square().sum(dims: [1]).scalars(as: Double.self)
      for (row, square) in zip(own, squares) { radii[row] = square * (1 + slack) + room }
    }
    return radii
  }

  /// Two tables whose product is a lower bound of the squared distances of all pairs, and beyond every limit within a class.
  private static func sides(_ x: Tensor, _ labels: [Int]) -> (left: Tensor, right: Tensor) {
    let spread = x.square().mean(dims: [0]).scalars(as: Double.self)
    let count = max(min(fewest, spread.count), (spread.count + 1) / 2)
    let chosen = spread.indices.sorted { (-spread[$0], $0) < (-spread[$1], $1) }.prefix(count)
    let y = x.indexSelect(dim: 1, Tensor(chosen.map(Int64.init), shape: [count])).to(.float32)
    let lengths = y.square().sum(dims: [1], keepDims: true) * (1 - slack)
    let ones = lengths * 0 + 1
    let places = Dictionary(
      uniqueKeysWithValues: Set(labels).sorted().enumerated().map { ($1, $0) })
    let classes = Tensor(labels.map { Int64(places[$0] ?? 0) }, shape: [labels.count])
      .oneHot(classes: places.count).to(.float32)
    return (
      .concatenated([y * -2, lengths, ones, classes * farther], dim: 1),
      .concatenated([y, ones, lengths, classes], dim: 1)
    )
  }

  private static func taken(_ x: Tensor, _ rows: [Int]) -> Tensor {
    x.indexSelect(dim: 0, Tensor(rows.map(Int64.init), shape: [rows.count]))
  }

  private static func mark(_ hits: Tensor, from start: Int, in rows: inout [Bool]) {
    for (place, hit) in hits.to(.float32).scalars(as: Float.self).enumerated() where hit > 0 {
      rows[start + place] = true
    }
  }
}
