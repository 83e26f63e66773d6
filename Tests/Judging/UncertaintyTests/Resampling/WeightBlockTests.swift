import Testing
import Uncertainty

@Suite("Weights of sixteen resamples")
struct WeightBlockTests {
  @Test("lanes do not see each other")
  func lanes() {
    var block = WeightBlock(count: 3)
    block.withLane(0) { add in for row in [0, 0, 2] { add(row) } }
    block.withLane(15) { $0(1) }
    block.fill(lane: 4)
    block.leaveOut(2, lane: 4)
    #expect(block.vectors.map { Int($0[0]) } == [2, 0, 1])
    #expect(block.vectors.map { Int($0[15]) } == [0, 1, 0])
    #expect(block.vectors.map { Int($0[4]) } == [1, 1, 0])
    #expect(block.vectors.map { Int($0[7]) } == [0, 0, 0])
  }

  @Test("the extent is the heaviest lane's sum and the largest weight")
  func extent() {
    var block = WeightBlock(count: 4)
    #expect(block.extent == (0, 0))
    block.withLane(3) { add in for row in [1, 1, 1, 2] { add(row) } }
    block.fill(lane: 5)
    #expect(block.extent == (4, 3))
  }

  @Test("a row beyond the end traps, and so does a weight beyond 255")
  func impossible() async {
    await #expect(processExitsWith: .failure) {
      var block = WeightBlock(count: 1)
      block.withLane(0) { $0(1) }
    }
    await #expect(processExitsWith: .failure) {
      var block = WeightBlock(count: 1)
      block.withLane(0) { add in for _ in 0..<256 { add(0) } }
    }
  }
}
