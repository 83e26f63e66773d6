import Networks
import Randomness
import TestSupport
import Testing
import Torch

/// Inputs as lists of rows: joining, ordering and blending of tensors are those of the lists.
@Suite("Inputs as lists of rows")
struct DrawnInputsTests {
  /// Rows of two channels of unequal length, and an age each.
  private struct Rows: Equatable {
    var series: [[[Float]]]
    var ages: [Float]

    var lengths: [Int] { series.map { $0[0].count } }

    /// Padded to the longest, with something behind the ends where `padding` says so.
    func inputs(of steps: Int? = nil) -> Inputs {
      let longest = steps ?? lengths.max() ?? 0
      let values = series.flatMap { row in
        row.flatMap { $0 + [Float](repeating: 0, count: longest - $0.count) }
      }
      return Inputs(
        Tensor(values, shape: [series.count, 2, longest]), lengths: lengths,
        others: ["age": Tensor(ages, shape: [ages.count, 1])])
    }

    init(_ count: Int, _ source: inout RandomSource) {
      (series, ages) = ([], [])
      for _ in 0..<count {
        let steps = 1 + source.below(5)
        series.append(
          (0..<2).map { _ in (0..<steps).map { _ in Float(1 + source.below(16)) / 4 } })
        ages.append(Float(source.below(90)))
      }
    }

    init(_ inputs: Inputs) {
      let (rows, longest) = (inputs.count, inputs.values.shape[2])
      let all = inputs.values.contiguous().scalars(as: Float.self)
      let lengths = inputs.lengths ?? Array(repeating: longest, count: rows)
      series = (0..<rows).map { row in
        (0..<2).map { c in
          let start = (row * 2 + c) * longest
          return Array(all[start..<start + lengths[row]])
        }
      }
      ages = inputs.others["age"]?.scalars(as: Float.self) ?? []
    }

    subscript(order: [Int]) -> Rows {
      var result = self
      (result.series, result.ages) = (order.map { series[$0] }, order.map { ages[$0] })
      return result
    }

    static func + (a: Rows, b: Rows) -> Rows {
      var result = a
      (result.series, result.ages) = (a.series + b.series, a.ages + b.ages)
      return result
    }

    /// Row by row; what is beyond the end of one counts as 0, and one that does not count has no length.
    func blended(with other: Rows, own: [Float]) -> Rows {
      var result = self
      for row in series.indices {
        let w = own[row]
        let steps =
          w == 1
          ? lengths[row] : w == 0 ? other.lengths[row] : max(lengths[row], other.lengths[row])
        result.series[row] = (0..<2).map { c in
          (0..<steps).map { step in
            let (x, y) = (series[row][c], other.series[row][c])
            return w * (step < x.count ? x[step] : 0) + (1 - w) * (step < y.count ? y[step] : 0)
          }
        }
        result.ages[row] = w * ages[row] + (1 - w) * other.ages[row]
      }
      return result
    }

    func isClose(to other: Rows) -> Bool {
      lengths == other.lengths
        && difference(
          series.flatMap { $0.flatMap(\.self) }, other.series.flatMap { $0.flatMap(\.self) },
          absolute: 1e-5) == nil
        && difference(ages, other.ages, absolute: 1e-4) == nil
    }
  }

  @Test func everyChange() {
    var source = RandomSource(seed: 4)
    for _ in 0..<80 {
      let (a, b) = (Rows(1 + source.below(4), &source), Rows(1 + source.below(4), &source))
      let (x, y) = (a.inputs(), b.inputs(of: 5))
      #expect(Rows(x) == a && Rows(y) == b)
      let both = Inputs.concatenated([x, y])
      #expect(Rows(both) == a + b)
      #expect(both.steps.valid == (a + b).lengths.reduce(0, +))
      #expect(both.steps.computed == both.count * 5)
      let order = (0..<1 + source.below(6)).map { _ in source.below(both.count) }
      let turned = both.reordered(order)
      #expect(Rows(turned) == (a + b)[order])
      #expect(Rows(turned.moved(to: .cpu)) == (a + b)[order])
      // What stands behind an end stays 0.
      let sums = turned.values.sum().item()
      let expected = (a + b)[order].series.flatMap { $0.flatMap(\.self) }.reduce(0, +)
      #expect(abs(sums - Double(expected)) < 1e-3)
    }
  }

  /// Blending with one weight is blending row by row with that weight, and both are blends of the lists.
  @Test func blends() {
    var source = RandomSource(seed: 5)
    for _ in 0..<80 {
      let count = 1 + source.below(4)
      let (a, b) = (Rows(count, &source), Rows(count, &source))
      let own = (0..<count).map { _ in Double(source.below(5)) / 4 }
      let expected = a.blended(with: b, own: own.map { Float($0) })
      let found = a.inputs().blended(with: b.inputs(of: 6), own: own)
      #expect(Rows(found).isClose(to: expected))
      let w = own[0]
      let same = Array(repeating: w, count: count)
      let one = Rows(a.inputs(of: 6).blended(with: b.inputs(), weight: 1 - w))
      #expect(one.isClose(to: a.blended(with: b, own: same.map { Float($0) })))
      // A blend of rows in another order is the blend in that order.
      let order = source.shuffle(count)
      let turned = a.inputs().reordered(order)
        .blended(with: b.inputs().reordered(order), own: order.map { own[$0] })
      #expect(Rows(turned).isClose(to: expected[order]))
    }
  }

  /// Joining is associative, and one part alone is itself.
  @Test func joining() {
    var source = RandomSource(seed: 6)
    for _ in 0..<30 {
      let parts = (0..<3).map { _ in Rows(1 + source.below(3), &source) }
      let inputs = parts.map { $0.inputs() }
      let all = Rows(Inputs.concatenated(inputs))
      let left = Inputs.concatenated([Inputs.concatenated(Array(inputs[..<2])), inputs[2]])
      let right = Inputs.concatenated([inputs[0], Inputs.concatenated(Array(inputs[1...]))])
      #expect(all == parts[0] + parts[1] + parts[2] && Rows(left) == all && Rows(right) == all)
      #expect(Rows(Inputs.concatenated([inputs[0]])) == parts[0])
    }
  }
}
