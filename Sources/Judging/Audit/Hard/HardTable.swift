public import Files
import Requirements

/// How hard each example is, by every measure that there is, compared within its class.
///
/// A rank is 1 for the hardest of the class; equal values share the best of their ranks. The hardness of an example is the
/// share of its class that is easier, equal ones counting half, a mean over the measures that it has: 0 is easy, 1 hard.
/// Ranks within the class are what values standardised within the class would give; a class that is hard as a whole does
/// not fill the list.
public struct HardTable: Sendable, Equatable {
  /// The values of one measure.
  public struct Column: Sendable, Equatable {
    /// Which measure.
    public var measure: HardMeasure
    /// What it is made of, in words.
    public var source: String
    /// Its value of each example, `[N]`; nil where there is none.
    public var values: [Double?]

    /// A column of its parts; `values` are `[N]`.
    public init(_ measure: HardMeasure, source: String, values: [Double?]) {
      (self.measure, self.source, self.values) = (measure, source, values)
    }
  }

  /// A measure that is not there.
  public struct Lack: Sendable, Equatable, Codable {
    /// Which measure.
    public var measure: HardMeasure
    /// What it needs.
    public var needs: String
    /// The command that makes that.
    public var command: String

    /// A lack of its parts.
    public init(_ measure: HardMeasure, needs: String, command: String) {
      (self.measure, self.needs, self.command) = (measure, needs, command)
    }
  }

  /// What identifies each example, `[N]`.
  public let paths: [String]
  /// The class that each was given, `[N]`.
  public let given: [String]
  /// The measures that there are.
  public let columns: [Column]
  /// Those that there are not.
  public let lacking: [Lack]
  /// Rank of each example within its class, `[columns][N]`.
  public let ranks: [[Int?]]
  /// How hard each example is within its class, `[N]`, in `0...1`; nil where it has no measure.
  public let hardness: [Double?]
  /// The examples by class, in the order of their names, and the hardest first, `[N]`.
  public let order: [Int]

  /// A table of its parts.
  ///
  /// - Precondition: as many classes and values as paths.
  public init(paths: [String], given: [String], columns: [Column], lacking: [Lack] = []) {
    require(
      given.count == paths.count && columns.allSatisfy { $0.values.count == paths.count },
      "HardTable: expected \(paths.count) classes and values, got \(given.count) and"
        + " \(columns.map(\.values.count))")
    (self.paths, self.given, self.columns, self.lacking) = (paths, given, columns, lacking)
    let members = Dictionary(grouping: given.indices) { given[$0] }
    var (ranks, sums): ([[Int?]], [Double]) = ([], [Double](repeating: 0, count: paths.count))
    var counts = [Int](repeating: 0, count: paths.count)
    for column in columns {
      var own = [Int?](repeating: nil, count: paths.count)
      for rows in members.values {
        for (row, place) in Self.places(rows, column) {
          own[row] = place.rank
          sums[row] += place.easier
          counts[row] += 1
        }
      }
      ranks.append(own)
    }
    self.ranks = ranks
    let hardness = paths.indices.map { counts[$0] == 0 ? nil : sums[$0] / Double(counts[$0]) }
    self.hardness = hardness
    order = members.sorted { $0.key < $1.key }.flatMap { _, rows in
      rows.sorted { a, b in
        let (x, y) = (hardness[a] ?? -1, hardness[b] ?? -1)
        return x == y ? a < b : x > y
      }
    }
  }

  /// The rank of each row that has a value, and the share of the class that is easier, equal ones and itself counting half.
  ///
  /// NaN, which stands in no order, is no value.
  private static func places(
    _ rows: [Int], _ column: Column
  ) -> [(row: Int, place: (rank: Int, easier: Double))] {
    let sign = column.measure.isHardWhenLow ? -1.0 : 1
    var known: [(row: Int, hard: Double)] = []
    for row in rows {
      if let value = column.values[row], !value.isNaN { known.append((row, sign * value)) }
    }
    known.sort { $0.hard == $1.hard ? $0.row < $1.row : $0.hard > $1.hard }
    var places: [(row: Int, place: (rank: Int, easier: Double))] = []
    var first = 0
    while first < known.count {
      var end = first + 1
      while end < known.count, known[end].hard == known[first].hard { end += 1 }
      let easier = Double(known.count - end) + Double(end - first) / 2
      for one in known[first..<end] {
        places.append((one.row, (first + 1, easier / Double(known.count))))
      }
      first = end
    }
    return places
  }

  /// Writes `hard.csv`: `path`, `given`, `hardness`, and of each measure its value and `<measure>_rank`; by class, the
  /// hardest first. What is not known is an empty cell.
  ///
  /// - Throws: `FileError` as `AtomicFile`.
  public func write(to path: String) throws(FileError) {
    let names = columns.flatMap { [$0.measure.rawValue, "\($0.measure.rawValue)_rank"] }
    try DelimitedWriter.write(
      columns: ["path", "given", "hardness"] + names,
      rows: order.lazy.map { row in
        [self.paths[row], self.given[row], self.hardness[row].map { "\($0)" } ?? ""]
          + self.columns.indices.flatMap { place in
            [
              self.columns[place].values[row].map { "\($0)" } ?? "",
              self.ranks[place][row].map { "\($0)" } ?? "",
            ]
          }
      }, to: path)
  }
}
