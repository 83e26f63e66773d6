import Testing
import Torch

/// The largest distance of `some` from `exact`, each as a share of the exact one's length or of `least`, whichever is more: not a
/// number where one of them is not.
func worst(_ some: [Tensor], _ exact: [Tensor], least: Double = 0) throws -> Double {
  try #require(some.count == exact.count)
  let shares = try zip(some, exact).map { some, exact in
    try #require(some.shape == exact.shape)
    let exact = exact.to(.float64)
    let gap = Double((some.to(.float64) - exact).norm().item())
    return gap / max(Double(exact.norm().item()), least)
  }
  // The larger of two is the first where the second is not a number.
  return shares.reduce(0) { $0.isNaN || $0 >= $1 ? $0 : $1 }
}

@Suite struct DistanceTests {
  @Test func findsTheLargestAndWhatIsNotANumber() throws {
    let exact = [Tensor([3 as Double, 4], shape: [2]), Tensor([1 as Double], shape: [1])]
    let near = [Tensor([3 as Double, 5], shape: [2]), Tensor([1.1], shape: [1])]
    #expect(abs(try worst(near, exact) - 0.2) < 1e-12)
    #expect(abs(try worst(near, exact, least: 10) - 0.1) < 1e-12)
    let odd = Tensor([Double.nan], shape: [1])
    #expect(try worst([near[0], odd], exact).isNaN)
    #expect(try worst([odd, near[0]], exact.reversed()).isNaN)
  }
}
