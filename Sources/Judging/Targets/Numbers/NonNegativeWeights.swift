/// w ≥ 0 of the least ‖X w − y‖², from the products of X with itself and with y.
///
/// Weights that are not 0 are a set to which the one that the error falls along most steeply is added, and from which those are taken that would
/// become negative. A column that those of the set span is left out of it.
///
/// Source: Lawson, Hanson, "Solving Least Squares Problems", 1974, chapter 23.
struct NonNegativeWeights {
  /// w, `[M]`.
  private(set) var values: [Double]
  /// Xᵀ X, `[M][M]`.
  private let products: [[Double]]
  /// Xᵀ y, `[M]`.
  private let target: [Double]

  /// - Parameters:
  ///   - columns: of X, `[M][N]`.
  ///   - truth: y, `[N]`.
  init(_ columns: [[Double]], _ truth: [Double]) {
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    products = columns.map { column in columns.map { dot(column, $0) } }
    target = columns.map { dot($0, truth) }
    values = [Double](repeating: 0, count: columns.count)
    solve(length: dot(truth, truth).squareRoot())
  }

  private mutating func solve(length: Double) {
    var (inside, spanned) = ([Int](), Set<Int>())
    // Each round lowers the error, so no set comes twice; the bound is for what rounding does.
    for _ in 0..<10 * (values.count + 1) {
      let slopes = values.indices.map { place in
        target[place] - zip(products[place], values).reduce(0) { $0 + $1.0 * $1.1 }
      }
      let steepest = values.indices.filter { place in
        !inside.contains(place) && !spanned.contains(place)
          && slopes[place] > 1e-10 * length * products[place][place].squareRoot()
      }.max { (slopes[$0], -$0) < (slopes[$1], -$1) }
      guard let steepest else { return }
      // One whose best weight is none, by rounding alone, would come back in every round.
      guard let weight = solution(inside + [steepest])?.last, weight > 0 else {
        spanned.insert(steepest)
        continue
      }
      inside.append(steepest)
      shrink(&inside)
      spanned = []
    }
  }

  /// Moves towards the best weights of the set, and takes those out of it that become 0 on the way.
  private mutating func shrink(_ inside: inout [Int]) {
    while let found = solution(inside) {
      // How far each may go until it is 0; one that is 0 and stays so goes nowhere.
      let parts = inside.indices.filter { found[$0] <= 0 }.map { number in
        let value = values[inside[number]]
        return (number: number, part: value > 0 ? value / (value - found[number]) : 0)
      }
      guard let (ending, part) = parts.min(by: { $0.part < $1.part }) else {
        values = values.map { _ in 0 }
        for (place, value) in zip(inside, found) { values[place] = value }
        return
      }
      for (number, place) in inside.enumerated() {
        values[place] += part * (found[number] - values[place])
      }
      let least = 1e-14 * (values.max() ?? 0)
      for place in inside where values[place] <= least { values[place] = 0 }
      // The one that ended the step is 0 but for rounding.
      values[inside[ending]] = 0
      inside = inside.filter { values[$0] > 0 }
      if inside.isEmpty { return }
    }
  }

  /// The weights of least error on some columns, by Cholesky's decomposition; nil where the others span one of them.
  private func solution(_ inside: [Int]) -> [Double]? {
    let size = inside.count
    var lower = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
    for row in 0..<size {
      for column in 0...row {
        let done = (0..<column).reduce(0) { $0 + lower[row][$1] * lower[column][$1] }
        let rest = products[inside[row]][inside[column]] - done
        if row == column {
          guard rest > 1e-12 * products[inside[row]][inside[row]] else { return nil }
          lower[row][row] = rest.squareRoot()
        } else {
          lower[row][column] = rest / lower[column][column]
        }
      }
    }
    var found = inside.map { target[$0] }
    for row in 0..<size {
      for column in 0..<row { found[row] -= lower[row][column] * found[column] }
      found[row] /= lower[row][row]
    }
    for row in (0..<size).reversed() {
      for other in row + 1..<max(size, row + 1) { found[row] -= lower[other][row] * found[other] }
      found[row] /= lower[row][row]
    }
    return found
  }
}
