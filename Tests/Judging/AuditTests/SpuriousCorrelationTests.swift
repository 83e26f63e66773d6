import Audit
import Foundation
import Randomness
import TestSupport
import Testing

/// Kruskal and Wallis's test beside its form as an analysis of variance of ranks, and what must not change it.
@Suite struct SpuriousCorrelationTests {
  private func world(_ seed: UInt64) -> (values: [Double], labels: [Int32]) {
    var source = RandomKey(seed: seed).folding("ranks").source
    let rows = 6 + source.below(40)
    let values = (0..<rows).map { _ in
      seed % 2 == 0 ? Double(source.below(5)) : source.normal()
    }
    return (values, (0..<rows).map { $0 < 2 ? Int32($0) : Int32(source.below(4)) })
  }

  /// H is N − 1 times the share of the ranks' variance that lies between classes, ties or not: ε² is that share.
  @Test(arguments: UInt64(1)...12) func effectIsAShareOfVariance(seed: UInt64) throws {
    let (values, labels) = world(seed)
    let found = try #require(SpuriousCorrelation("x", values, labels: labels, classes: 5))
    let ranks = values.map { one in
      Double(values.count { $0 < one }) + Double(values.count { $0 == one } + 1) / 2
    }
    let mean = ranks.reduce(0, +) / Double(ranks.count)
    let all = ranks.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
    let between = (0..<Int32(5)).reduce(0.0) { sum, label in
      let own = ranks.indices.filter { labels[$0] == label }.map { ranks[$0] }
      guard !own.isEmpty else { return sum }
      let move = own.reduce(0, +) / Double(own.count) - mean
      return sum + Double(own.count) * move * move
    }
    #expect(close(found.effect, between / all, relative: 1e-8, absolute: 1e-10))
    #expect(found.effect >= 0 && found.effect <= 1 + 1e-12 && found.p > 0 && found.p <= 1)
  }

  /// Rows and classes in another order, a rising curve over the values, the values upside down, and classes that nobody has.
  @Test(arguments: UInt64(1)...6) func whatChangesNothing(seed: UInt64) throws {
    let (values, labels) = world(seed)
    let plain = try #require(SpuriousCorrelation("x", values, labels: labels, classes: 4))
    var source = RandomKey(seed: seed).source
    let (order, names) = (source.shuffle(values.count), source.shuffle(4))
    let others = [
      SpuriousCorrelation(
        "x", order.map { values[$0] }, labels: order.map { labels[$0] }, classes: 4),
      SpuriousCorrelation(
        "x", values, labels: labels.map { Int32(names[Int($0)]) }, classes: 4),
      SpuriousCorrelation("x", values.map { exp($0 / 4) }, labels: labels, classes: 4),
      SpuriousCorrelation("x", values.map { -$0 }, labels: labels, classes: 4),
      SpuriousCorrelation("x", values, labels: labels.map { $0 + 3 }, classes: 9),
    ]
    for other in others {
      let other = try #require(other)
      #expect(close(other.effect, plain.effect, relative: 1e-8, absolute: 1e-10))
      #expect(close(other.p, plain.p, relative: 1e-6, absolute: 1e-9))
    }
  }

  /// SciPy's `kruskal` of five after five, and of three after three after three.
  @Test func classesThatDoNotOverlap() throws {
    let two = try #require(
      SpuriousCorrelation(
        "x", (1...10).map(Double.init), labels: (0..<10).map { $0 / 5 }, classes: 2))
    #expect(close(two.effect * 9, 6.8181818181818, relative: 1e-9))
    #expect(close(two.p, 0.009023438818080334, relative: 1e-7))
    #expect(!two.isStriking)
    let three = try #require(
      SpuriousCorrelation(
        "x", (0..<9).map(Double.init), labels: (0..<9).map { $0 / 3 }, classes: 3))
    #expect(close(three.effect * 8, 7.2, relative: 1e-9))
    // χ² with two degrees of freedom: e^−H/2.
    #expect(close(three.p, exp(-3.6), relative: 1e-9))
  }

  /// Striking is a matter of both: an effect of 0.1 or more, and a p that so many images bear out.
  @Test func bothAreNeeded() throws {
    func found(_ rows: Int, shift: Double) throws -> SpuriousCorrelation {
      let values = (0..<rows).map { Double($0 * 7919 % rows) + ($0 % 2 == 0 ? shift : 0) }
      return try #require(
        SpuriousCorrelation("x", values, labels: (0..<rows).map { Int32($0 % 2) }, classes: 2))
    }
    let (few, many) = (try found(8, shift: 8), try found(401, shift: 401))
    #expect(few.effect >= 0.1 && few.p >= 0.001 && !few.isStriking)
    #expect(many.effect >= 0.1 && many.p < 0.001 && many.isStriking)
    let faint = try found(4001, shift: 400)
    #expect(faint.effect < 0.1 && faint.p < 0.001 && !faint.isStriking)
  }

  @Test func whereThereIsNothingToTell() {
    #expect(SpuriousCorrelation("x", [], labels: [], classes: 2) == nil)
    #expect(SpuriousCorrelation("x", [1], labels: [0], classes: 2) == nil)
    #expect(SpuriousCorrelation("x", [1, 1], labels: [0, 1], classes: 2) == nil)
    let two = SpuriousCorrelation("x", [1, 2], labels: [0, 1], classes: 2)
    #expect(two.map { close($0.effect, 1, relative: 1e-12) } == true)
  }
}
