import Batches
import Losses
import Sampling
import TestSupport
import Testing
import Torch

/// Rows of which a part is known, as a mixture with a row without a label makes them.
@Suite("Partly known rows")
struct PartlyKnownTests {
  private let some = Target(known: [0, nil, 2, nil, 1])
  private let filled = Target([0, 0, 2, 0, 1])
  private let whole = Target([1, 1, 0, 2, 2])

  /// What is not known has no part in the value, with a loss that has a short cut for soft targets as with others.
  @Test(arguments: LossTests.all)
  func whatIsKnownCountsByItsShare(loss: LossCase) {
    let z = LossTests.logits()
    let (own, other) = (
      LossTests.values(loss, z, filled).scalars(as: Double.self),
      LossTests.values(loss, z, whole).scalars(as: Double.self)
    )
    let expected = (0..<5).map { (row: Int) -> Double in
      let known = row == 1 || row == 3 ? 0 : 0.7 * own[row]
      return known + 0.3 * other[row]
    }
    let mixed = some.mixed(with: whole, weight: 0.3)
    #expect(
      difference(
        LossTests.values(loss, z, mixed).scalars(as: Double.self), expected, relative: 1e-5) == nil)
    let turned = whole.mixed(with: some, weight: 0.7)
    #expect(
      difference(
        LossTests.values(loss, z, turned).scalars(as: Double.self), expected, relative: 1e-5) == nil
    )
  }

  /// Labels that are counted count by their mass; rows that are not known add nothing.
  @Test func seesawCountsWhatIsKnown() throws {
    let loss = Seesaw()
    var memory = loss.memory(for: try ClassCounts([5, 5, 5]))
    #expect(memory["counts"].scalars(as: Double.self) == [1, 1, 1])
    loss.observe(some, remembering: &memory)
    #expect(memory["counts"].scalars(as: Double.self) == [2, 2, 2])
    loss.observe(some.mixed(with: whole, weight: 0.5), remembering: &memory)
    #expect(memory["counts"].scalars(as: Double.self) == [3, 3.5, 3.5])
    loss.observe(Target(unknown: 4), remembering: &memory)
    #expect(memory["counts"].scalars(as: Double.self) == [3, 3.5, 3.5])
  }
}

/// The asymmetric loss with the values that its authors recommend.
@Suite("Asymmetric loss at its ends")
struct AsymmetricEndTests {
  /// Logits of ±10⁴, there or not: values and slopes are numbers, in single precision too.
  @Test(arguments: [DType.float32, .float64])
  func farLogits(dtype: DType) throws {
    let z = Tensor([1e4, -1e4, 1e4, -1e4, 0, 0], shape: [1, 6]).to(dtype).requiringGrad()
    let target = Target(Target.Entries([1, 1, 0, 0, 1, 0], width: 6))
    let rows = AsymmetricLoss()(z, target)
    #expect(rows.denominator == 6)
    rows.values.sum().backward()
    let value = rows.values.item()
    let slopes = try #require(z.grad).scalars(as: Double.self)
    #expect(value.isFinite && slopes.allSatisfy { $0.isFinite })
    // The wrong no is 10⁴, the wrong yes −.95⁴ log .05; at 0 they are ½ log 2 and −.45⁴ log .55.
    let (log05, log55, log2) = (2.995732273553991, 0.5978370007556204, 0.6931471805599453)
    let parts = [1e4, 0.81450625 * log05, log2 / 2, 0.04100625 * log55]
    #expect(close(value, parts.reduce(0, +), relative: 1e-5))
    #expect(abs(slopes[1] + 1) < 1e-6 && slopes[0] == 0 && slopes[3] == 0)
  }

  /// What is surely not there, with p below m, has neither loss nor slope.
  @Test func theEasiestAreDropped() throws {
    let z = Tensor([-10.0, -3, -2.8], shape: [1, 3]).requiringGrad()
    let target = Target(Target.Entries([0, 0, 0], width: 3))
    AsymmetricLoss(positive: 0, negative: 1, margin: 0.05)(z, target).values.sum().backward()
    let slopes = try #require(z.grad).scalars(as: Double.self)
    // σ(−3) is .0474, σ(−2.8) is .0573.
    #expect(slopes[0] == 0 && slopes[1] == 0 && slopes[2] > 0)
  }
}
