import Foundation
import TestSupport
import Testing
import Torch

/// What the documentation says of operations at their ends: far logits, ties, empty dimensions, what is not finite.
@Suite struct ExtremeValueTests {
  private let far = Tensor([1e4, -1e4, 0, -1e4, -1e4, -1e4], shape: [2, 3])

  /// Finite wherever the logit is; log σ(x) = x far below 0, and 0 far above.
  @Test func logSigmoidOfAnySize() throws {
    let x = Tensor([-1e4, -800, 0, 800, 1e4, -1e-9], shape: [6]).requiringGrad()
    let y = x.logSigmoid()
    let ln2 = log(2.0)
    let expected: [Double] = [-1e4, -800, -ln2, 0, 0, -ln2 - 5e-10]
    #expect(
      difference(y.detached().scalars(as: Double.self), expected, relative: 1e-14, absolute: 1e-300)
        == nil)
    y.sum().backward()
    let slope = try #require(x.grad).scalars(as: Double.self)
    #expect(difference(slope, [1, 1, 0.5, 0, 0, 0.5], relative: 1e-8, absolute: 1e-300) == nil)
  }

  /// log σ(x) + log σ(−x) = −|x| − 2 log(1 + e^−|x|), and log σ(x) − log σ(−x) = x.
  @Test func logSigmoidOfBothSigns() {
    let x = spread([9], from: -30, to: 40)
    let apart = (x.logSigmoid() - (-x).logSigmoid() - x).scalars(as: Double.self)
    #expect(apart.allSatisfy { abs($0) < 1e-13 })
  }

  @Test func softmaxOfFarLogits() {
    #expect(
      difference(
        far.softmax(dim: 1).scalars(as: Double.self), [1, 0, 0, 1.0 / 3, 1.0 / 3, 1.0 / 3],
        relative: 1e-14) == nil)
    #expect(
      difference(
        far.logSumExp(dim: 1).scalars(as: Double.self), [1e4, log(3.0) - 1e4], relative: 1e-15)
        == nil)
    #expect(
      difference(
        far.logSoftmax(dim: 1).scalars(as: Double.self),
        [0, -2e4, -1e4, -log(3.0), -log(3.0), -log(3.0)],
        relative: 1e-12) == nil)
  }

  /// A constant added to a row changes no probability.
  @Test(arguments: [-500.0, 1, 700]) func softmaxKnowsNoLevel(level: Double) {
    let x = spread([3, 4])
    #expect(
      difference(
        (x + level).softmax(dim: 1).scalars(as: Double.self),
        x.softmax(dim: 1).scalars(as: Double.self), relative: 1e-12) == nil)
    #expect(
      difference(
        ((x + level).logSumExp(dim: 1) - level).scalars(as: Double.self),
        x.logSumExp(dim: 1).scalars(as: Double.self), relative: 1e-11, absolute: 1e-11) == nil)
  }

  /// All are `high` where `low` is greater.
  @Test func clampedBetweenBoundsTheWrongWayRound() {
    let x = Tensor([-3.0, 0.5, 7], shape: [3])
    #expect(x.clamped(min: 2, max: 1).scalars(as: Double.self) == [1, 1, 1])
    #expect(x.clamped(min: -.infinity, max: .infinity).scalars(as: Double.self) == [-3, 0.5, 7])
    #expect(x.clamped(min: 0, max: 0).scalars(as: Double.self) == [0, 0, 0])
  }

  @Test func tiesShareTheGradientOfAmin() throws {
    let x = Tensor([2.0, 1, 1, 1], shape: [4]).requiringGrad()
    x.amin().backward()
    let slope = try #require(x.grad).scalars(as: Double.self)
    #expect(difference(slope, [0, 1.0 / 3, 1.0 / 3, 1.0 / 3], relative: 1e-12) == nil)
  }

  /// The gradient of a length is 0 at the origin, row by row, and that of the others is their direction.
  @Test func lengthsOfRowsAtTheOrigin() throws {
    let x = Tensor([0.0, 0, 3, 4], shape: [2, 2]).requiringGrad()
    x.norm(dims: [1]).sum().backward()
    let slope = try #require(x.grad).scalars(as: Double.self)
    #expect(difference(slope, [0, 0, 0.6, 0.8], relative: 1e-14) == nil)
  }

  /// What a mask leaves out is in no gradient, be it infinite.
  @Test func whereLeavesInfinitiesOut() throws {
    let x = Tensor([1.0, .infinity, 2], shape: [3]).requiringGrad()
    let mask = Tensor([true, false, true], shape: [3])
    let y = Tensor.where(mask, x, Tensor(0.0)).sum()
    #expect(y.item() == 3)
    y.backward()
    #expect(try #require(x.grad).scalars(as: Double.self) == [1, 0, 1])
  }

  /// ln(1 + x) of a small x keeps the digits that ln of 1 + x has lost.
  @Test func log1pKeepsSmallNumbers() {
    let x = Tensor([1e-18, -1e-18, 0], shape: [3])
    #expect(x.log1p().scalars(as: Double.self) == [1e-18, -1e-18, 0])
  }

  @Test func whatIsNotFinite() {
    let x = Tensor([1.0, .nan, .infinity, -.infinity, 0], shape: [5])
    #expect(x.isFinite().scalars(as: Bool.self) == [true, false, false, false, true])
    #expect(
      x.equal(to: 0.0).logicalNot().scalars(as: Bool.self) == [true, true, true, true, false])
    // NaN is neither greater nor less, nor equal to itself.
    #expect(x.greater(than: 0.0).scalars(as: Bool.self) == [true, false, true, false, false])
    #expect(x.less(than: 0.0).scalars(as: Bool.self) == [false, false, false, true, false])
    #expect(x.equal(to: x).scalars(as: Bool.self) == [true, false, true, true, true])
  }

  /// Padded places never win a maximum, and count as zeros in a mean.
  @Test func paddingOfPools() {
    let x = Tensor([-1.0, -2, -3, -4], shape: [1, 1, 2, 2])
    #expect(
      x.maxPool2d(kernel: 2, stride: 2, padding: 1).scalars(as: Double.self) == [-1, -2, -3, -4])
    #expect(
      x.avgPool2d(kernel: 2, stride: 2, padding: 1).scalars(as: Double.self)
        == [-0.25, -0.5, -0.75, -1])
    let series = Tensor([-5.0, -6, -7], shape: [1, 1, 3])
    #expect(
      series.maxPool1d(kernel: 3, stride: 1, padding: 1).scalars(as: Double.self) == [-5, -5, -6])
  }

  /// The means over a grid of windows of equal size have the mean of the image, and one window is that mean.
  @Test func adaptiveMeans() {
    let image = spread([2, 3, 6, 4])
    let whole = image.mean(dims: [2, 3]).scalars(as: Double.self)
    let one = image.adaptiveAvgPool2d().flattened(from: 1)
    #expect(
      difference(one.scalars(as: Double.self), whole, relative: 1e-12, absolute: 1e-14) == nil)
    let grid = image.adaptiveAvgPool2d(height: 3, width: 2).mean(dims: [2, 3])
    #expect(
      difference(grid.scalars(as: Double.self), whole, relative: 1e-12, absolute: 1e-14) == nil)
    #expect(
      image.adaptiveAvgPool2d(height: 6, width: 4).scalars(as: Double.self)
        == image.scalars(as: Double.self))
  }

  /// An even image stays even at any size, and any image stays as it is at its own.
  @Test func resizing() {
    let even = Tensor.full([1, 2, 5, 7], 0.3, dtype: .float64)
    for (height, width) in [(2, 3), (5, 7), (9, 20)] {
      let found = even.resizedBicubic(height: height, width: width)
      #expect(found.shape == [1, 2, height, width])
      #expect(found.scalars(as: Double.self).allSatisfy { abs($0 - 0.3) < 1e-12 })
    }
    let image = spread([1, 1, 4, 5])
    #expect(
      difference(
        image.resizedBicubic(height: 4, width: 5).scalars(as: Double.self),
        image.scalars(as: Double.self), relative: 1e-12, absolute: 1e-13) == nil)
  }
}
