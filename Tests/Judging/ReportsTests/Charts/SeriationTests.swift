import Randomness
import Reports
import Testing

@Suite struct SeriationTests {
  @Test func `classes taken for each other stand side by side`() {
    // 0 and 3 are confused, and 1 and 2; nothing else.
    let counts = [[5, 0, 0, 5], [0, 6, 4, 0], [0, 3, 7, 0], [4, 0, 0, 6]]
    let order = Seriation.order(counts)
    #expect(order == [0, 3, 1, 2])
  }

  @Test func `a chain of confusions becomes a chain`() {
    // 2–0 strongly, 0–3 weaker, 3–1 weakest.
    let counts = [[50, 0, 30, 20], [0, 90, 0, 10], [30, 0, 70, 0], [15, 10, 0, 75]]
    let order = Seriation.order(counts)
    #expect(order == [2, 0, 3, 1] || order == [1, 3, 0, 2])
  }

  @Test func `without confusions, and without images, the order stays`() {
    #expect(Seriation.order([[3, 0, 0], [0, 2, 0], [0, 0, 1]]) == [0, 1, 2])
    #expect(Seriation.order([[0, 0], [0, 0]]) == [0, 1])
    #expect(Seriation.order([[4]]) == [0])
  }

  @Test(arguments: [2, 23, 100])
  func `each class occurs once, the same each time`(classes: Int) {
    var random = RandomKey(seed: 3).source
    let counts = (0..<classes).map { _ in (0..<classes).map { _ in random.below(5) } }
    let order = Seriation.order(counts)
    #expect(order.sorted() == Array(0..<classes))
    #expect(order == Seriation.order(counts))
  }

  @Test func `neighbours are confused more than strangers`() {
    // Three blocks of five, shuffled: each block must come out whole.
    var random = RandomKey(seed: 5).source
    let places = random.shuffle(15)
    var counts = [[Int]](repeating: [Int](repeating: 0, count: 15), count: 15)
    for a in 0..<15 {
      for b in 0..<15 where a / 5 == b / 5 {
        counts[places[a]][places[b]] = a == b ? 20 : 3 + random.below(4)
      }
    }
    let blocks = Seriation.order(counts).map { index in (places.firstIndex(of: index) ?? 0) / 5 }
    let changes = zip(blocks, blocks.dropFirst()).count { $0 != $1 }
    #expect(changes == 2)
  }
}
