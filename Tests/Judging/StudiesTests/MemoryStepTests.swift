import Foundation
import Randomness
import Studies
import TestSupport
import Testing

/// The first step of every rule on paper, and the polar factor by what it is.
@Suite struct MemoryStepTests {
  private func study(_ facts: Int, _ head: Int, mass: Double, steps: Int) -> MemoryStudy {
    var study = MemoryStudy()
    (study.facts, study.head, study.mass, study.mostSteps) = (facts, head, mass, steps)
    return study
  }

  /// From W = 0 all answers are 1/K. A step of gradient descent lifts the right answer of a fact above the others by its share p,
  /// sign descent by 0.2, and Muon, at equal shares, by ½: an answer is 1 / (1 + (K − 1) e^−lift).
  @Test(arguments: [(3, 1), (9, 4), (30, 15)]) func oneStepByHand(facts: Int, head: Int) {
    func answer(_ lift: Double) -> Double { 1 / (1 + Double(facts - 1) * exp(-lift)) }
    let study = study(facts, head, mass: 0.6, steps: 1)
    let gradient = study.result(.gradient, isCoupled: false)
    #expect(gradient.course.count == 2 && gradient.steps == 1)
    #expect(difference(gradient.course[0], [answer(0), answer(0)], relative: 1e-12) == nil)
    let shares = [0.6 / Double(head), 0.4 / Double(facts - head)]
    #expect(difference(gradient.course[1], shares.map(answer), relative: 1e-10) == nil)
    #expect(
      close(
        gradient.gap, abs(answer(shares[0]) - answer(shares[1])), relative: 1e-8, absolute: 1e-14))
    let sign = study.result(.sign, isCoupled: false)
    #expect(difference(sign.course[1], [answer(0.2), answer(0.2)], relative: 1e-10) == nil)
    let equal = self.study(facts, head, mass: Double(head) / Double(facts), steps: 1)
    let muon = equal.result(.muon, isCoupled: false)
    #expect(difference(muon.course[1], [answer(0.5), answer(0.5)], relative: 1e-9) == nil)
  }

  /// Keys and values are turned by orthogonal matrices, which gradient descent and Muon do not see; descent by signs does.
  @Test func onlySignsSeeTheCoupling() {
    let study = study(12, 4, mass: 0.7, steps: 12)
    for rule in [MemoryStudy.Rule.gradient, .muon] {
      let (apart, coupled) = (
        study.result(rule, isCoupled: false), study.result(rule, isCoupled: true)
      )
      #expect(apart.steps == coupled.steps)
      #expect(
        difference(
          apart.course.flatMap(\.self), coupled.course.flatMap(\.self), relative: 1e-6) == nil,
        "\(rule)")
    }
    let (apart, coupled) = (
      study.result(.sign, isCoupled: false), study.result(.sign, isCoupled: true)
    )
    #expect(
      difference(apart.course[1], coupled.course[1], relative: 1e-3) != nil)
  }

  /// A head that knows enough stops at once; one that never does stops at the last step.
  @Test func whereItStops() {
    var study = study(9, 3, mass: 0.9, steps: 50)
    study.goal = 0.1
    let done = study.result(.muon, isCoupled: false)
    #expect(done.steps == 0 && done.course.count == 1)
    #expect(close(done.head, 1.0 / 9, relative: 1e-12) && done.gap < 1e-12)
    study.goal = 0.5
    let later = study.result(.muon, isCoupled: false)
    #expect(later.steps > 0 && later.steps < 50 && later.head > 0.5)
    #expect(later.course.dropLast().allSatisfy { $0[0] <= 0.5 })
  }

  private func matrix(_ seed: UInt64, _ size: Int) -> [[Double]] {
    var source = RandomKey(seed: seed).folding("polar").source
    return (0..<size).map { _ in (0..<size).map { _ in source.normal() } }
  }

  private func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    a.map { row in
      b[0].indices.map { column in row.indices.reduce(0.0) { $0 + row[$1] * b[$1][column] } }
    }
  }

  private func turned(_ a: [[Double]]) -> [[Double]] {
    a[0].indices.map { column in a.map { $0[column] } }
  }

  private func check(_ a: [[Double]], _ b: [[Double]], _ what: String) {
    #expect(
      difference(a.flatMap(\.self), b.flatMap(\.self), relative: 0, absolute: 1e-9) == nil,
      "\(what)")
  }

  /// U is orthogonal and UᵀA symmetric and positive: that is what makes it the polar factor, and there is one only.
  @Test(arguments: [1, 2, 3, 5, 12]) func thePolarFactorIsTheOne(size: Int) {
    let a = matrix(UInt64(size), size)
    let u = polarFactor(of: a)
    let one = (0..<size).map { row in (0..<size).map { $0 == row ? 1.0 : 0 } }
    check(product(turned(u), u), one, "orthogonal")
    let h = product(turned(u), a)
    check(h, turned(h), "symmetric")
    var source = RandomKey(seed: 9).source
    for _ in 0..<20 {
      let x = (0..<size).map { _ in source.normal() }
      let square = (0..<size).reduce(0.0) { sum, i in
        sum + x[i] * (0..<size).reduce(0.0) { $0 + h[i][$1] * x[$1] }
      }
      #expect(square > -1e-9)
    }
    check(polarFactor(of: u), u, "of itself")
    for factor in [-1.0, 1e-12, 1e12] {
      let scaled = polarFactor(of: a.map { $0.map { factor * $0 } })
      check(scaled, u.map { $0.map { factor < 0 ? -$0 : $0 } }, "times \(factor)")
    }
    check(polarFactor(of: turned(a)), turned(u), "turned")
    let q = polarFactor(of: matrix(77, size))
    check(polarFactor(of: product(q, a)), product(q, u), "moved")
  }

  /// Of a diagonal the signs, of u vᵀ the product of directions, of nothing nothing.
  @Test func polarFactorsByHand() {
    check(polarFactor(of: [[3, 0], [0, -0.001]]), [[1, 0], [0, -1]], "diagonal")
    check(polarFactor(of: [[0, 5], [2, 0]]), [[0, 1], [1, 0]], "exchange")
    let (u, v) = ([0.6, 0.8], [0.28, -0.96])
    let outer = u.map { one in v.map { 7 * one * $0 } }
    check(polarFactor(of: outer), u.map { one in v.map { one * $0 } }, "rank 1")
    check(polarFactor(of: [[0, 0], [0, 0]]), [[0, 0], [0, 0]], "nothing")
    check(polarFactor(of: [[-4]]), [[-1]], "one")
  }
}
