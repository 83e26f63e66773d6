/// How often an interval that claims 95 % held the truth.
struct CoverageRow: Sendable, Codable {
  /// The world; empty where the quantity says it.
  let world: String
  /// The quantity, and the setting.
  let quantity: String
  /// What the interval is called where it does not say so itself.
  private let name: String
  /// Examples, positives or patients, whatever the quantity counts.
  let n: Int
  /// The true value.
  let truth: Double
  /// Repetitions in which an interval was given.
  private(set) var given = 0
  /// Those of them whose interval held the truth.
  private(set) var held = 0
  private(set) var repetitions = 0
  private var width = 0.0
  /// How often each interval was given, by its name.
  private var names: [String: Int] = [:]

  init(_ quantity: String, _ interval: String, n: Int, truth: Double, world: String = "") {
    (self.quantity, name, self.n, self.truth) = (quantity, interval, n, truth)
    self.world = world
  }

  /// Takes in one repetition; `nil` where no interval was given.
  mutating func add(_ ends: (low: Double, high: Double)?, _ interval: String? = nil) {
    repetitions += 1
    guard let ends else { return }
    given += 1
    names[interval ?? name, default: 0] += 1
    // The truth itself is known to six digits at best.
    held += ends.low <= truth + 1e-9 && truth - 1e-9 <= ends.high ? 1 : 0
    width += ends.high - ends.low
  }

  /// Takes in the repetitions of another batch.
  mutating func merge(_ other: CoverageRow) {
    (given, held) = (given + other.given, held + other.held)
    (repetitions, width) = (repetitions + other.repetitions, width + other.width)
    names.merge(other.names, uniquingKeysWith: +)
  }

  /// The intervals that were given, the most frequent two.
  private var intervals: String {
    let sorted = names.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
    return sorted.prefix(2).map(\.key).joined(separator: ", ")
  }

  var coverage: Double { Double(held) / Double(max(1, given)) }

  /// Standard error of the coverage, of one repetition more on either side.
  var standardError: Double {
    let (n, p) = (Double(given) + 2, (Double(held) + 1) / (Double(given) + 2))
    return (p * (1 - p) / n).squareRoot()
  }

  /// A line of the table.
  var line: String {
    let cells =
      (world.isEmpty ? [] : [world]) + [
        quantity, intervals, "\(n)", rounded(truth, 3), rounded(100 * coverage, 1),
        rounded(width / Double(max(1, given)), 3),
        rounded(100 * Double(repetitions - given) / Double(repetitions), 1), "\(repetitions)",
      ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  static let worldHeader = """
    | world | quantity | interval | n | truth | coverage, % | mean width | none given, % | repetitions |
    |---|---|---|--:|--:|--:|--:|--:|--:|
    """

  static let header = """
    | quantity | interval | n | truth | coverage, % | mean width | none given, % | repetitions |
    |---|---|--:|--:|--:|--:|--:|--:|
    """
}

/// A number with so many decimals.
func rounded(_ value: Double, _ places: Int) -> String {
  var scale = 1.0
  for _ in 0..<places { scale *= 10 }
  let units = Int((value * scale).rounded())
  let digits = String(abs(units))
  let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
  return (units < 0 ? "-" : "") + padded.dropLast(places) + "." + padded.suffix(places)
}
