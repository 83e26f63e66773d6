import Foundation
import Losses
import TestSupport
import Testing
import Torch

/// Contrasts by hand and at their ends.
@Suite("Limits of contrasts")
struct ContrastLimitTests {
  /// Two rows of one class in one direction and a third at a right angle: log(1 + e^{−1/τ}) each, and nothing for the
  /// third, which has no partner.
  @Test(arguments: [0.07, 0.5, 1, 10])
  func threeRows(temperature: Double) {
    let x = Tensor([2.0, 0, 5, 0, 0, 1], shape: [3, 2])
    let rows = SupervisedContrast(temperature: temperature)(x, [0, 0, 1])
    let expected = log1p(exp(-1 / temperature))
    #expect(rows.denominator == 2)
    #expect(
      difference(
        rows.values.scalars(as: Double.self), [expected, expected, 0], relative: 1e-5,
        absolute: 1e-9) == nil)
  }

  /// A pair alone is compared with itself only, and loses nothing wherever it stands; one row has nothing to compare.
  @Test func pairsAndSingles() {
    let pair = SupervisedContrast()(Tensor([1.0, 2, -3, 1], shape: [2, 2]), [4, 4])
    #expect(pair.denominator == 2)
    #expect(pair.values.scalars(as: Double.self).allSatisfy { abs($0) < 1e-9 })
    let one = SupervisedContrast()(Tensor([1.0, 2], shape: [1, 2]), [0])
    #expect(one.denominator == 0 && one.values.scalars(as: Double.self) == [0])
  }

  /// Rows in another order have their values in that order; what a class is called and how long rows are has no say.
  @Test func orderNamesAndLengths() {
    let x = Tensor.normal([6, 4], using: Generator(seed: 5), dtype: .float64)
    let labels = [0, 1, 0, 2, 1, 0]
    let loss = SupervisedContrast(temperature: 0.3)
    let plain = loss(x, labels).values.scalars(as: Double.self)
    let order = [3, 5, 0, 2, 4, 1]
    let turned = loss(
      x.indexSelect(dim: 0, Tensor(order.map(Int64.init), shape: [6])), order.map { labels[$0] })
    #expect(
      difference(turned.values.scalars(as: Double.self), order.map { plain[$0] }, relative: 1e-9)
        == nil)
    let renamed = loss(x * 7, labels.map { [9, 4, 1][$0] })
    #expect(difference(renamed.values.scalars(as: Double.self), plain, relative: 1e-9) == nil)
  }

  /// A row without a direction, all zeros, has a value and a slope that are numbers; so have the others.
  @Test func rowsOfZeros() throws {
    let x = Tensor([0.0, 0, 1, 2, -1, 3, 0, 0], shape: [4, 2]).requiringGrad()
    let plain = SupervisedContrast()(x, [0, 0, 1, 1])
    let balanced = BalancedContrast()(
      x, [0, 0, 1, 1], centres: Tensor([0.0, 0, 1, 1], shape: [2, 2]))
    (plain.mean + balanced.mean).backward()
    let values = plain.values.scalars(as: Double.self) + balanced.values.scalars(as: Double.self)
    #expect(values.allSatisfy { $0.isFinite && $0 >= -1e-9 })
    let slopes = try #require(x.grad).scalars(as: Double.self)
    #expect(slopes.allSatisfy { $0.isFinite }, "\(slopes)")
  }

  /// Where every class has equally many rows and centres stand among them, classes that are renamed change nothing.
  @Test func balancedContrastHasNoOrderOfClasses() {
    let x = Tensor.normal([4, 3], using: Generator(seed: 6), dtype: .float64)
    let centres = Tensor.normal([3, 3], using: Generator(seed: 7), dtype: .float64)
    let loss = BalancedContrast(temperature: 0.4)
    let plain = loss(x, [0, 1, 1, 2], centres: centres).values.scalars(as: Double.self)
    let renamed = loss(
      x, [2, 0, 0, 1],
      centres: centres.indexSelect(dim: 0, Tensor([1, 2, 0] as [Int64], shape: [3])))
    #expect(difference(renamed.values.scalars(as: Double.self), plain, relative: 1e-9) == nil)
  }
}
