/// How the pixels of one axis average into a number of equal cells: each pixel counts by the part of it
/// that lies in the cell.
struct AreaAxis {
  /// First pixel of each cell.
  private(set) var starts: [Int] = []
  /// Where each cell's weights begin; one more at the end.
  private(set) var offsets: [Int] = [0]
  /// Sum to 1 in each cell.
  private(set) var weights: [Float] = []

  /// - Parameters:
  ///   - length: pixels of the axis, at least 1.
  ///   - span: the part of the axis that is cut into cells, as fractions; what lies beyond the ends counts
  ///     as the pixel at the end.
  ///   - count: cells, at least 1.
  init(length: Int, span: ClosedRange<Float> = 0...1, count: Int) {
    let (low, high) = (Double(span.lowerBound), Double(span.upperBound))
    for cell in 0..<count {
      let from = (low + (high - low) * Double(cell) / Double(count)) * Double(length)
      let to = (low + (high - low) * Double(cell + 1) / Double(count)) * Double(length)
      let first = min(max(Int(from.rounded(.down)), 0), length - 1)
      let last = min(max(Int(to.rounded(.up)), first + 1), length)
      let parts = (first..<last).map { max(0, min(to, Double($0 + 1)) - max(from, Double($0))) }
      let sum = parts.reduce(0, +)
      starts.append(first)
      weights += parts.map { sum > 0 ? Float($0 / sum) : 1 / Float(parts.count) }
      offsets.append(weights.count)
    }
  }
}
