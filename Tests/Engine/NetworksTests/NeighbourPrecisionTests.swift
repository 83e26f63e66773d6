import Networks
import TestSupport
import Testing
import Torch

/// Votes of neighbours are as exact in a pass of lower precision as outside of it.
@Suite struct NeighbourPrecisionTests {
  @Test func votesStayInFullPrecision() {
    let rows = Tensor((0..<40).map { Float($0 * $0 % 17) - 8 }, shape: [10, 4])
    let head = NeighbourHead(
      rows: rows, labels: (0..<10).map { $0 % 3 }, classes: 3, neighbours: 4, temperature: 0.07,
      isBalanced: false)
    let x = Tensor((0..<12).map { Float($0 * 5 % 7) - 3 }, shape: [3, 4])
    let plain = head(x, Context()).scalars(as: Float.self)
    let cast = withAutocast(.bfloat16, on: .cpu) { head(x, Context()).scalars(as: Float.self) }
    #expect(cast == plain)
  }
}
