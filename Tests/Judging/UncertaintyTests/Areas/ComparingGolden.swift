import TestSupport

/// `Goldens/Uncertainty/comparing.json`.
struct ComparingGolden: Decodable {
  /// Rows of area, variance, low, high, difference, standard error, p-value; for cases 1, 2, ….
  let delong: [[Double?]]
  /// Rows of area, positives, negatives, low, high.
  let area: [[Double]]
  /// Rows of the two counts and the p-value.
  let mcnemar: [[Double]]
  /// Pairs of p-values and adjusted p-values.
  let holm: [[[Double]]]

  static func load() throws -> ComparingGolden {
    try Golden.load("Uncertainty/comparing.json")
  }
}

/// Scores of two models, as `comparing.py` draws them.
struct TwoModels {
  let first: (positives: [Double], negatives: [Double])
  let second: (positives: [Double], negatives: [Double])

  init(_ number: Int) {
    var random = CongruentialGenerator(state: UInt64(number))
    let (m, n) = (2 + random.below(12), 2 + random.below(30))
    let levels = number % 2 == 1 ? 5 : 1_000_003
    let lift = random.below(3)
    func draw(_ count: Int, _ up: Int) -> [Double] {
      (0..<count).map { _ in Double(random.below(levels) + up * levels / 3) }
    }
    first = (draw(m, lift), draw(n, 0))
    second = (draw(m, lift), draw(n, 0))
  }
}

/// The generator of the golden programmes.
struct CongruentialGenerator {
  var state: UInt64

  mutating func below(_ n: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % n
  }
}
