import Torch

/// The rows that can be in a Tomek link at all, found without looking at most pairs in full.
///
/// With r_a no less than the distance of row a to the nearest of its own class, a and b are linked only where |a − b| is
/// below both r_a and r_b. Over some of the coordinates |a − b| is never longer than over all, so that a pair which is
/// too long there is none: a quarter of the coordinates, those that vary most, leaves few rows, and of these pairs all
/// coordinates are looked at. Single precision has room for its rounding: a row that is linked is never left out.
enum LinkCandidates {
  /// Share of a sum of squares that single precision may be wrong by, with a wide margin.
  private static let slack = 1e-4
  /// So many coordinates are looked at where there are no more.
  private static let fewest = 32
  /// Largest squared length that is looked at in single precision.
  private static let largest = 1e28
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
      // Squares that single precision has no room for, or no numbers: all are looked at in full.
      guard x.square().sum(dims: [1]).amax().item() < largest else { return Array(labels.indices) }
      let radii = ownRadii(x, labels)
      let spread = x.square().mean(dims: [0]).scalars(as: Double.self)
      let axes = spread.indices.sorted { (-spread[$0], $0) < (-spread[$1], $1) }
      var rows = labels.indices.sorted { (radii[$0], $0) < (radii[$1], $1) }
      let first = min(max(fewest, axes.count / 4), axes.count)
      for count in Set([first, axes.count]).sorted() where !rows.isEmpty {
        let chosen = Array(axes.prefix(count))
        let y = taken(x.indexSelect(dim: 1, places(chosen)), rows).to(.float32)
        let isLeft = touching(y, rows.map { labels[$0] }, rows.map { radii[$0] })
        rows = zip(rows, isLeft).filter(\.1).map(\.0)
      }
      return rows.sorted()
    }
  }

  /// Squared distances that the nearest of its class is not beyond, a little enlarged; far away where a row is alone.
  private static func ownRadii(_ x: Tensor, _ labels: [Int]) -> [Double] {
    var members: [Int: [Int]] = [:]
    for (row, label) in labels.enumerated() { members[label, default: []].append(row) }
    let room = slack * x.square().mean().item()
    var radii = [Double](repeating: far, count: labels.count)
    for own in members.values where own.count > 1 {
      let rows = taken(x, own)
      // The nearest but for rounding: the distance to any of the class will do.
      let nearest = NearestRows.find(rows.to(.float32), count: 1, as: .float32).map { $0[0] }
      for block in NearestRows.blocks(own.count, over: rows.shape[1]) {
        let here = rows.narrowed(dim: 0, start: block.lowerBound, length: block.count)
        let squares = (here - taken(rows, Array(nearest[block]))).square().sum(dims: [1])
        for (row, square) in zip(own[block], squares.scalars(as: Double.self)) {
          radii[row] = square * (1 + slack) + room
        }
      }
    }
    return radii
  }

  /// Which rows have another of an unlike class within both radii, as far as the coordinates tell.
  ///
  /// - Parameters:
  ///   - y: rows by ascending radius, so that the smaller radius of two is that of the first, `[M, K]`, float32.
  ///   - labels: class of each, `[M]`.
  ///   - radii: squared, `[M]`.
  private static func touching(_ y: Tensor, _ labels: [Int], _ radii: [Double]) -> [Bool] {
    let (left, right) = sides(y, labels, radii)
    var isTouched = [Bool](repeating: false, count: labels.count)
    for block in NearestRows.blocks(labels.count, over: labels.count) {
      // The rows before have met these.
      let rest = labels.count - block.lowerBound
      let excess = left.narrowed(dim: 0, start: block.lowerBound, length: block.count)
        .matmul(right.narrowed(dim: 0, start: block.lowerBound, length: rest).transposed(0, 1))
      for dim in [0, 1] {
        let least = excess.amin(dims: [dim]).scalars(as: Float.self)
        // At 0 where all is one point; no number where squares are too large: neither rules anything out.
        for (place, value) in least.enumerated() where !(value > 0) {
          isTouched[block.lowerBound + place] = true
        }
      }
    }
    return isTouched
  }

  /// Two tables whose product is, for all pairs, a lower bound of the squared distance less the radius of the first, and
  /// far above 0 within a class.
  private static func sides(
    _ y: Tensor, _ labels: [Int], _ radii: [Double]
  ) -> (left: Tensor, right: Tensor) {
    let lengths = y.square().sum(dims: [1], keepDims: true) * (1 - slack)
    let ones = Tensor.ones([labels.count, 1])
    let numbers = Dictionary(
      uniqueKeysWithValues: Set(labels).sorted().enumerated().map { ($1, $0) })
    let classes = places(labels.map { numbers[$0] ?? 0 }).oneHot(classes: numbers.count)
      .to(.float32)
    let limits = Tensor(radii, shape: [radii.count, 1]).to(.float32)
    return (
      .concatenated([y * -2, lengths - limits, ones, classes * farther], dim: 1),
      .concatenated([y, ones, lengths, classes], dim: 1)
    )
  }

  private static func places(_ rows: [Int]) -> Tensor {
    Tensor(rows.map(Int64.init), shape: [rows.count])
  }

  private static func taken(_ x: Tensor, _ rows: [Int]) -> Tensor {
    x.indexSelect(dim: 0, places(rows))
  }
}
