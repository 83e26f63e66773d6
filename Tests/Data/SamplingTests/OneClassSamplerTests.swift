import Randomness
import Sampling
import TestSupport
import Testing

/// A stream of one class.
@Suite struct OneClassSamplerTests {
  private let labels = [0, 1, 0, 2, 1, 0, 2, 0, 0, 1]

  private func drawn(_ label: Int, seed: UInt64 = 1) throws -> [Int] {
    let classes = try ClassCounts(labels: labels, classes: 3)
    var source = RandomSource(seed: seed)
    return OneClassSampler(label).indices(
      for: labels, classes: classes, progress: 0, using: &source)
  }

  /// A whole epoch of the class, no example a second time before each was drawn once.
  @Test(arguments: [0, 1, 2]) func drawsItsClass(label: Int) throws {
    let order = try drawn(label)
    #expect(order.count == labels.count && order.allSatisfy { labels[$0] == label })
    let members = labels.indices.filter { labels[$0] == label }
    for start in stride(from: 0, to: order.count - members.count, by: members.count) {
      #expect(order[start..<start + members.count].sorted() == members)
    }
  }

  @Test func sameSeedSameOrder() throws {
    #expect(try drawn(0) == drawn(0))
    #expect(try drawn(0) != drawn(0, seed: 2))
  }

  @Test func distribution() throws {
    let classes = try ClassCounts([90, 9, 1])
    #expect(OneClassSampler(2).distribution(for: classes, progress: 0.4) == [0, 0, 1])
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) { _ = OneClassSampler(-1) }
  }
}
