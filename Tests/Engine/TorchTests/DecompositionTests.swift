import TestSupport
import Testing
import Torch

/// What matrices are taken apart into, by what defines it.
@Suite struct DecompositionTests {
  /// Moore and Penrose's four conditions, of wide, tall, square and rank-deficient matrices.
  @Test(arguments: [[2, 5], [5, 2], [3, 3]], [false, true])
  func pseudoInverse(shape: [Int], isDeficient: Bool) {
    var a = spread(shape, turn: 3)
    if isDeficient {
      // The last row is the first, twice.
      let first = a.narrowed(dim: 0, start: 0, length: 1)
      a = .concatenated(
        [a.narrowed(dim: 0, start: 0, length: shape[0] - 1), first * 2], dim: 0)
    }
    let x = a.pseudoInverse()
    #expect(x.shape == [shape[1], shape[0]])
    func near(_ one: Tensor, _ other: Tensor) -> Bool {
      (one - other).abs().amax().item() < 1e-10
    }
    let (ax, xa) = (a.matmul(x), x.matmul(a))
    #expect(near(ax.matmul(a), a) && near(xa.matmul(x), x))
    #expect(near(ax, ax.transposed(0, 1)) && near(xa, xa.transposed(0, 1)))
  }

  /// Columns of length 1 at right angles, A v = λ v, from the smallest λ up; the triangle above is not looked at.
  @Test func eigenvectors() {
    let b = spread([4, 4], turn: 1)
    let identity = Tensor.arange(4).oneHot(classes: 4).to(.float64)
    let a = b + b.transposed(0, 1) + identity * Tensor([0.0, 1, 2, 3.5], shape: [4])
    let v = a.symmetricEigenvectors()
    let unit = v.transposed(0, 1).matmul(v)
    #expect((unit - identity).abs().amax().item() < 1e-12)
    let values = (v * a.matmul(v)).sum(dims: [0], keepDims: true)
    #expect((a.matmul(v) - v * values).abs().amax().item() < 1e-11)
    let ordered = values.flattened(from: 0).scalars(as: Double.self)
    #expect(ordered == ordered.sorted())
    let lower = Tensor.where(
      Tensor.arange(4).unsqueezed(1).less(than: Tensor.arange(4).unsqueezed(0)),
      Tensor(1e3), a)
    #expect(
      (lower.symmetricEigenvectors().square() - v.square()).abs().amax().item() < 1e-10)
  }

  /// Queries that point nowhere gather the mean of the values; one that points far gathers its own.
  @Test func attention() {
    let keys = Tensor([1.0, 0, 0, 1, -1, -1], shape: [1, 3, 2])
    let values = Tensor([3.0, 6, 9], shape: [1, 3, 1])
    let nowhere = Tensor.zeros([1, 1, 2], dtype: .float64).attention(to: keys, values)
    #expect(close(nowhere.item(), 6, relative: 1e-12))
    let far = Tensor([1e4, 0], shape: [1, 1, 2]).attention(to: keys, values)
    #expect(close(far.item(), 3, relative: 1e-12))
    // softmax(q kᵀ / √2), by hand at q = (√2, 0).
    let root = 2.0.squareRoot()
    let found = Tensor([root, 0], shape: [1, 1, 2]).attention(to: keys, values).item()
    let weights = [2.718281828459045, 1, 1 / 2.718281828459045]
    let expected = zip(weights, [3.0, 6, 9]).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    #expect(close(found, expected, relative: 1e-12))
  }

  /// Sorted and largest are of the same numbers; a count of all is all.
  @Test func orders() {
    let x = spread([3, 5], turn: 2)
    let down = x.sorted(dim: 1, descending: true)
    #expect(
      x.largest(5, dim: 1).scalars(as: Double.self) == down.scalars(as: Double.self))
    #expect(
      x.largest(2, dim: 1).scalars(as: Double.self)
        == down.narrowed(dim: 1, start: 0, length: 2).scalars(as: Double.self))
    #expect(
      x.sorted(dim: 1).flipped(1).scalars(as: Double.self) == down.scalars(as: Double.self))
    let places = x.argmax(dim: 1).unsqueezed(1)
    #expect(
      x.gathered(dim: 1, places).flattened(from: 0).scalars(as: Double.self)
        == x.amax(dims: [1]).scalars(as: Double.self))
  }

  /// A variance over n − 1 is that over n times n / (n − 1), whatever the level.
  @Test func variances() {
    let x = spread([4, 6]) + 1e3
    let (biased, unbiased) = (
      x.variance(dims: [1], unbiased: false), x.variance(dims: [1], unbiased: true)
    )
    #expect(
      difference(
        (biased * (6.0 / 5)).scalars(as: Double.self), unbiased.scalars(as: Double.self),
        relative: 1e-12) == nil)
    let hand = (x - x.mean(dims: [1], keepDims: true)).square().mean(dims: [1])
    #expect(
      difference(hand.scalars(as: Double.self), biased.scalars(as: Double.self), relative: 1e-9)
        == nil)
  }
}
