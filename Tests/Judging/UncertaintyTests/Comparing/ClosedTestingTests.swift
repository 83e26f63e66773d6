import Randomness
import TestSupport
import Testing
import Uncertainty

/// Corrections and tests against all that could have happened, enumerated.
@Suite("Tests by enumeration")
struct ClosedTestingTests {
  private func values(_ seed: UInt64) -> [Double?] {
    var random = RandomKey(seed: seed).folding("p").source
    return (0..<1 + random.below(6)).map { _ in
      random.below(6) == 0 ? nil : Double(random.below(40)) / 400 * Double(1 + random.below(9))
    }.map { $0.map { min(1, $0) } }
  }

  /// A test is rejected where every set of tests that holds it is, by Bonferroni's rule (closed testing).
  @Test("Holm's values are those of closed testing over all sets", arguments: 1...60)
  func holm(seed: UInt64) {
    let p = values(seed)
    let known = p.indices.filter { p[$0] != nil }
    let adjusted = holmAdjusted(p)
    #expect(adjusted.map { $0 == nil } == p.map { $0 == nil })
    for index in known {
      var largest = 0.0
      for code in 1..<(1 << known.count) {
        let set = known.indices.filter { code & (1 << $0) != 0 }.map { known[$0] }
        guard set.contains(index) else { continue }
        let least = set.compactMap { p[$0] }.min() ?? 1
        largest = max(largest, min(1, Double(set.count) * least))
      }
      #expect(close(adjusted[index] ?? -1, largest, relative: 1e-12), "\(p)")
    }
  }

  @Test("the order of tests is of no matter", arguments: 1...20)
  func holmOrder(seed: UInt64) {
    let p = values(seed)
    var random = RandomKey(seed: seed).folding("order").source
    let order = random.shuffle(p.count)
    let adjusted = holmAdjusted(p)
    #expect(holmAdjusted(order.map { p[$0] }) == order.map { adjusted[$0] })
  }

  /// Of b + c discordant examples each favours either model alike: all 2^(b+c) ways are counted.
  @Test("McNemar's exact value is the share of ways that are as uneven or more")
  func mcNemar() {
    for discordant in 1...12 {
      for first in 0...discordant {
        let uneven = max(first, discordant - first)
        var ways = 0
        for code in 0..<(1 << discordant) {
          let ones = code.nonzeroBitCount
          if max(ones, discordant - ones) >= uneven { ways += 1 }
        }
        let expected = Double(ways) / Double(1 << discordant)
        let found = McNemar(onlyFirst: first, onlySecond: discordant - first)
        #expect(close(found.pValue, min(1, expected), relative: 1e-9), "\(first) of \(discordant)")
      }
    }
  }

  /// The mid-p value is the exact one less half of what is exactly as uneven.
  @Test("McNemar's mid-p value from the same ways", arguments: [25, 26, 31])
  func midP(discordant: Int) {
    // Pascal's triangle in whole numbers.
    var row = [1.0]
    for _ in 0..<discordant { row = zip([0] + row, row + [0]).map { $0 + $1 } }
    let all = row.reduce(0, +)
    for first in 0...discordant {
      let fewer = min(first, discordant - first)
      let tail = row[...fewer].reduce(0, +) / all
      let mass = row[fewer] / all
      let expected = 2 * fewer == discordant ? 1 - mass / 2 : min(1, 2 * tail - mass)
      let found = McNemar(onlyFirst: first, onlySecond: discordant - first)
      #expect(found.method == .midP)
      #expect(close(found.pValue, expected, relative: 1e-9, absolute: 1e-14), "\(first)")
    }
  }

  @Test("a requirement allows just the differences on its side of the bound")
  func requirements() throws {
    for bound in stride(from: -1.2, through: 1.2, by: 0.1) {
      for relation in Requirement.Relation.allCases {
        let text = "f1_macro \(relation.rawValue) \((bound * 10).rounded() / 10)"
        let requirement = try Requirement(parsing: text)
        let own = (bound * 10).rounded() / 10
        #expect(requirement.bound == own && requirement.relation == relation)
        for difference in stride(from: -1.0, through: 1.0, by: 0.25) {
          let keeps = relation == .atLeast ? difference >= own : difference <= own
          #expect(requirement.allows(difference) == keeps)
        }
      }
    }
  }
}
