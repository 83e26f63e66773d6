/// The k smallest distances so far, sorted; of equal ones the earlier row first, whatever the order in which they come.
struct NearestList: Sendable {
  private(set) var rows: [Int32]
  private(set) var distances: [Float]

  init(_ count: Int) {
    rows = [Int32](repeating: -1, count: count)
    distances = [Float](repeating: .infinity, count: count)
  }

  /// The greatest of them; infinite until there are k.
  var worst: Float { distances[distances.count - 1] }

  mutating func add(_ distance: Float, _ row: Int) {
    guard (distance, Int32(row)) < (worst, rows[rows.count - 1] < 0 ? .max : rows[rows.count - 1])
    else { return }
    var place = distances.count - 1
    while place > 0,
      distances[place - 1] > distance
        || distances[place - 1] == distance
          && (rows[place - 1] < 0 || rows[place - 1] > Int32(row))
    {
      distances[place] = distances[place - 1]
      rows[place] = rows[place - 1]
      place -= 1
    }
    distances[place] = distance
    rows[place] = Int32(row)
  }
}
