import Audit
import Randomness
import TestSupport
import Testing

/// Votes of neighbours, and the transition of labels, where they can be worked out by hand.
@Suite struct SimiFeatTests {
  /// Rows in groups whose members are all equally near to each other, at a distance of 0.1.
  private func groups(_ sizes: [Int], count: Int) -> Neighbours {
    var (rows, first): ([Int32], Int32) = ([], 0)
    for size in sizes {
      for place in 0..<Int32(size) {
        let others = (0..<Int32(size)).filter { $0 != place }.map { first + $0 }
        rows += others.prefix(count)
      }
      first += Int32(size)
    }
    return Neighbours(
      count: count, rows: rows, distances: [Float](repeating: 0.1, count: rows.count))
  }

  /// One label of each group is wrong: it alone is outvoted, and its group's class suggested, whatever the draws.
  @Test(arguments: UInt64(1)...5) func theOneThatDiffersIsOutvoted(seed: UInt64) {
    let near = groups([10, 10, 10], count: 9)
    var given = (0..<30).map { Int32($0 / 10) }
    (given[4], given[17], given[29]) = (1, 2, 0)
    let found = SimiFeat(
      near, given: given, classes: 3, neighbours: 6, key: RandomKey(seed: seed))
    #expect((0..<30).filter { found.isOutvoted[$0] } == [4, 17, 29])
    #expect(found.suggested == (0..<30).map { Int32($0 / 10) })
    #expect(found.votes.allSatisfy { $0 >= 0 && $0 <= 1 + 1e-12 })
    for row in [4, 17, 29] {
      for other in (row / 10 * 10)..<(row / 10 * 10 + 10) where other != row {
        #expect(found.votes[row] < found.votes[other])
      }
    }
    #expect(found.neighbours == 6)
    for row in 0..<30 {
      let own = near.rows[row * 9..<row * 9 + 5]
      #expect(found.agreeing(row) == 1 + own.count { given[Int($0)] == given[row] })
    }
  }

  /// Where all labels agree nobody is outvoted, all votes are for the label, and T is close to the identity.
  @Test func allAgree() {
    let near = groups([40, 20], count: 8)
    let given = (0..<60).map { Int32($0 / 40) }
    let found = SimiFeat(near, given: given, classes: 2, neighbours: 5, key: RandomKey(seed: 1))
    #expect(!found.isOutvoted.contains(true))
    #expect(found.suggested == given)
    #expect(found.votes.allSatisfy { close($0, 1, relative: 1e-12) })
    #expect(found.structure.hasStructure)
    #expect(found.noise.transition[0] > 0.98 && found.noise.transition[3] > 0.98)
    #expect(close(found.noise.prior[0], 2.0 / 3, relative: 0, absolute: 0.02))
    #expect(found.noise.noisyPrior.count == 2)
    #expect(close(found.noise.noisyPrior[0], 2.0 / 3, relative: 1e-9))
  }

  /// The draws of a key are its own: the same again is the same.
  @Test func sameKeySameVotes() {
    let near = groups([12, 12], count: 9)
    var source = RandomKey(seed: 5).source
    let given = (0..<24).map { _ in Int32(source.below(2)) }
    let one = SimiFeat(near, given: given, classes: 2, neighbours: 4, key: RandomKey(seed: 1))
    #expect(one == SimiFeat(near, given: given, classes: 2, neighbours: 4, key: RandomKey(seed: 1)))
    #expect(
      one.votes
        != SimiFeat(near, given: given, classes: 2, neighbours: 4, key: RandomKey(seed: 2)).votes)
  }

  /// Of more than 50 classes: T_cc is the root of the share of first neighbours that agree, the rest spread evenly, and p = c¹.
  @Test func manyClassesGoByPairs() {
    let classes = HOC.mostClasses + 2
    // Four rows of each class but the last, of which there are none; two of four first neighbours agree in even classes.
    let used = classes - 1
    let given = (0..<4 * used).map { Int32($0 / 4) }
    let rows = given.indices.flatMap { row -> [Int32] in
      let (own, other) = (Int32(row / 4 * 4 + (row + 1) % 4), Int32((row + 8) % (4 * used)))
      let agrees = row / 4 % 2 == 1 || row % 4 < 2
      return agrees ? [own, other] : [other, own]
    }
    let near = Neighbours(
      count: 2, rows: rows, distances: [Float](repeating: 0.2, count: rows.count))
    let noise = SimiFeat(
      near, given: given, classes: classes, neighbours: 3, rounds: 1, key: RandomKey(seed: 1)
    ).noise
    for i in 0..<classes {
      let right = i == used ? 1 : i % 2 == 1 ? 1 : 0.5.squareRoot()
      for a in 0..<classes {
        let wanted = a == i ? right : (1 - right) / Double(classes - 1)
        #expect(close(noise.transition[i * classes + a], wanted, relative: 1e-12, absolute: 1e-15))
      }
      #expect(close(noise.prior[i], i == used ? 0 : 1 / Double(used), relative: 1e-12))
    }
    #expect(noise.prior == noise.noisyPrior)
  }

  /// T and p of drawn worlds come back from their exact moments, and under other names of the classes as those of the others.
  @Test(arguments: UInt64(1)...4) func transitionsComeBack(seed: UInt64) {
    var source = RandomKey(seed: seed).folding("moments").source
    let classes = 2 + Int(seed) % 2
    var t: [[Double]] = (0..<classes).map { i in
      var row = (0..<classes).map { _ in source.uniform(in: 0.02...0.2) }
      row[i] = 0
      row[i] = 1 - row.reduce(0, +)
      return row
    }
    var p = (0..<classes).map { _ in source.uniform(in: 0.3...1) }
    let sum = p.reduce(0, +)
    p = p.map { $0 / sum }
    for turn in 0..<2 {
      if turn == 1 {
        t = t.reversed().map { $0.reversed() }
        p.reverse()
      }
      var third = [Double](repeating: 0, count: classes * classes * classes)
      for cell in third.indices {
        let (a, b, c) = (cell / classes / classes, cell / classes % classes, cell % classes)
        third[cell] = (0..<classes).reduce(0.0) { $0 + p[$1] * t[$1][a] * t[$1][b] * t[$1][c] }
      }
      let found = HOC(consensus: third, classes: classes, steps: 4000)
      #expect(
        difference(found.transition, t.flatMap(\.self), relative: 0, absolute: 1e-3) == nil)
      #expect(difference(found.prior, p, relative: 0, absolute: 1e-3) == nil)
      // c¹ is known exactly: Σ_i p_i T_ia.
      let first = (0..<classes).map { a in
        (0..<classes).reduce(0.0) { $0 + p[$1] * t[$1][a] }
      }
      #expect(difference(found.noisyPrior, first, relative: 1e-9) == nil)
    }
  }

  /// Whatever the moments, T's rows and p are shares.
  @Test func sharesSumToOne() {
    var source = RandomKey(seed: 8).source
    for classes in 2...4 {
      var third = (0..<classes * classes * classes).map { _ in source.uniform() }
      let sum = third.reduce(0, +)
      third = third.map { $0 / sum }
      let found = HOC(consensus: third, classes: classes, steps: 50)
      for i in 0..<classes {
        let row = found.transition[i * classes..<(i + 1) * classes]
        #expect(close(row.reduce(0, +), 1, relative: 1e-12) && row.allSatisfy { $0 >= 0 })
      }
      #expect(close(found.prior.reduce(0, +), 1, relative: 1e-12))
      #expect(close(found.noisyPrior.reduce(0, +), 1, relative: 1e-12))
    }
  }
}
