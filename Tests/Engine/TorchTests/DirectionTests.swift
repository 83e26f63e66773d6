import TestSupport
import Testing
import Torch
import TorchTestSupport

/// Rows brought to length 1, and what there is to do about those that have none.
@Suite struct DirectionTests {
  @Test func byHand() {
    let x = Tensor([3.0, 4, -5, 12], shape: [2, 2])
    let found = x.unitRows().scalars(as: Double.self)
    #expect(difference(found, [0.6, 0.8, -5.0 / 13, 12.0 / 13], relative: 1e-15) == nil)
  }

  /// Only the direction counts, from very short rows to very long ones.
  @Test(arguments: [1e-9, 1e-3, 1, 1e6, 1e100]) func lengthsDoNotCount(scale: Double) {
    let x = spread([4, 3], turn: 2)
    let (plain, scaled) = (x.unitRows(), (x * scale).unitRows())
    #expect(
      difference(
        scaled.scalars(as: Double.self), plain.scalars(as: Double.self), relative: 1e-12) == nil)
    let lengths = scaled.square().sum(dims: [1]).scalars(as: Double.self)
    #expect(difference(lengths, [1, 1, 1, 1], relative: 1e-14) == nil)
  }

  /// A row of zeros stays one, and its slope is that of x / 10⁻¹², as PyTorch's `normalize` has it: a number.
  @Test func aRowOfZerosHasASlope() throws {
    let x = Tensor([0.0, 0, 0, 3, 0, 4], shape: [2, 3]).requiringGrad()
    let unit = x.unitRows()
    #expect(unit.detached().scalars(as: Double.self) == [0, 0, 0, 0.6, 0, 0.8])
    (unit * Tensor([1.0, 2, 3, 1, 1, 1], shape: [2, 3])).sum().backward()
    let slope = try #require(x.grad).scalars(as: Double.self)
    #expect(slope.allSatisfy { $0.isFinite })
    #expect(difference(Array(slope.prefix(3)), [1e12, 2e12, 3e12], relative: 1e-9) == nil)
    // (1 − u uᵀ) g / ‖x‖ of the other row, by hand.
    #expect(
      difference(Array(slope.suffix(3)), [0.032, 0.2, -0.024], relative: 1e-9, absolute: 1e-12)
        == nil)
  }

  /// In single precision too, where the square of 10⁻¹² is still a number.
  @Test(arguments: [DType.float32, .bfloat16]) func zerosInFewerDigits(type: DType) throws {
    let x = Tensor.zeros([2, 4], dtype: type).requiringGrad()
    let unit = x.unitRows()
    #expect(unit.dtype == .float32)
    unit.sum().backward()
    let slope = try #require(x.grad).scalars(as: Float.self)
    #expect(slope.allSatisfy { $0.isFinite })
    #expect(unit.detached().scalars(as: Float.self).allSatisfy { $0 == 0 })
  }

  /// Squares would overflow in half precision long before rows are long.
  @Test func longRowsOfHalfPrecision() {
    let x = Tensor([300, 400] as [Float], shape: [1, 2]).to(.float16)
    #expect(
      difference(x.unitRows().scalars(as: Double.self), [0.6, 0.8], relative: 1e-6) == nil)
  }

  /// A direction has no slope along itself.
  @Test func noSlopeAlongTheRow() throws {
    let x = spread([3, 4], turn: 5).requiringGrad()
    (x.unitRows() * spread([3, 4], turn: 1)).sum().backward()
    let along = (try #require(x.grad) * x.detached()).sum(dims: [1]).scalars(as: Double.self)
    #expect(along.allSatisfy { abs($0) < 1e-12 })
  }
}
