import Evaluation

/// Counts and sums over examples, for sixteen resamples at once.
struct LaneCounts: Sendable {
  /// Confusion matrix, `[C, C]` flat.
  private(set) var cells: [SIMD16<UInt32>]
  /// Examples by the place of their true class, `[C]`.
  private(set) var places: [SIMD16<UInt32>]
  /// Sum of log losses.
  private(set) var loss = SIMD16<Double>()
  /// Sum of Brier scores.
  private(set) var distance = SIMD16<Double>()
  /// Σ p − hits in each bin of the most probable class, `[15]`.
  private(set) var topGaps: [SIMD16<Double>]
  /// Σ p − hits in each bin of each class, `[C, 15]` flat.
  private(set) var gaps: [SIMD16<Double>]

  /// The sums of a table under sixteen sets of weights.
  init(_ table: ExampleTable, _ weights: WeightBlock) {
    let bins = CalibrationAccumulator.bins
    cells = [SIMD16<UInt32>](repeating: .init(), count: table.classes * table.classes)
    places = [SIMD16<UInt32>](repeating: .init(), count: table.classes)
    topGaps = [SIMD16<Double>](repeating: .init(), count: bins)
    gaps = [SIMD16<Double>](repeating: .init(), count: table.classes * bins)
    for row in 0..<table.count { add(row, table, weights.vectors[row]) }
    addGaps(table, weights)
  }

  private mutating func add(_ row: Int, _ table: ExampleTable, _ weights: SIMD16<UInt8>) {
    let counts = SIMD16<UInt32>(truncatingIfNeeded: weights)
    cells[Int(table.cells[row])] &+= counts
    places[Int(table.places[row])] &+= counts
    let factors = Self.doubles(weights)
    loss += factors * table.losses[row]
    distance += factors * table.distances[row]
    topGaps[Int(table.topBins[row])] += factors * table.topGaps[row]
  }

  /// The innermost loop of all: N × C vectors of sixteen.
  private mutating func addGaps(_ table: ExampleTable, _ weights: WeightBlock) {
    let classes = table.classes
    gaps.withUnsafeMutableBufferPointer { sums in
      table.gaps.withUnsafeBufferPointer { gaps in
        table.bins.withUnsafeBufferPointer { bins in
          for row in 0..<table.count {
            let factors = Self.doubles(weights.vectors[row])
            for index in 0..<classes {
              let place = row * classes + index
              sums[index * CalibrationAccumulator.bins + Int(bins[place])] += factors * gaps[place]
            }
          }
        }
      }
    }
  }

  private static func doubles(_ weights: SIMD16<UInt8>) -> SIMD16<Double> {
    SIMD16<Double>(SIMD16<Int32>(truncatingIfNeeded: weights))
  }
}
