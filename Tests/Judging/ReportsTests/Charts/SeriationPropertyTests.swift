import Randomness
import Reports
import Testing

/// The order of classes does not hang on the order in which they come.
@Suite struct SeriationPropertyTests {
  /// Counts whose rates are all different, so that no tie decides.
  private func counts(_ classes: Int, _ seed: Int) -> [[Int]] {
    var random = RandomKey(seed: 70).folding(seed).source
    return (0..<classes).map { _ in (0..<classes).map { _ in 1 + random.below(1_000_000) } }
  }

  private func neighbours(_ order: [Int]) -> Set<Set<Int>> {
    Set(zip(order, order.dropFirst()).map { Set([$0, $1]) })
  }

  @Test(arguments: 0..<30)
  func `renamed classes have the same neighbours`(seed: Int) {
    let classes = 2 + seed % 12
    let plain = counts(classes, seed)
    var random = RandomKey(seed: 71).folding(seed).source
    let names = random.shuffle(classes)
    let renamed = names.map { row in names.map { plain[row][$0] } }
    let one = neighbours(Seriation.order(plain))
    let other = neighbours(Seriation.order(renamed).map { names[$0] })
    #expect(one == other)
    #expect(one.count == classes - 1)
  }

  /// Truth and decision are confused in both directions alike.
  @Test(arguments: 0..<10)
  func `rates are looked at, so more images of a class change nothing`(seed: Int) {
    let plain = counts(7, seed)
    let longer = plain.enumerated().map { row, counts in counts.map { $0 * (row + 1) } }
    #expect(neighbours(Seriation.order(plain)) == neighbours(Seriation.order(longer)))
  }

  /// Of all pairs the two that are confused most stand side by side.
  @Test(arguments: 0..<30)
  func `the most confused pair stands together`(seed: Int) {
    let plain = counts(3 + seed % 9, seed + 100)
    let rates = plain.map { row in row.map { Double($0) / Double(row.reduce(0, +)) } }
    var best: (pair: Set<Int>, rate: Double) = ([], -1)
    for a in rates.indices {
      for b in rates.indices where a < b && rates[a][b] + rates[b][a] > best.rate {
        best = (Set([a, b]), rates[a][b] + rates[b][a])
      }
    }
    #expect(neighbours(Seriation.order(plain)).contains(best.pair))
  }
}
