import Evaluation
import Testing

@Suite("Many, medium and few")
struct ShotGroupsTests {
  @Test("thresholds belong to the middle")
  func thresholds() {
    let groups = ShotGroups(trainingCounts: [101, 100, 20, 19, 0])
    #expect((0..<5).map { groups[$0] } == [.many, .medium, .medium, .few, .few])
    #expect(groups.classes(in: .few) == [3, 4])
  }

  @Test("crossed thresholds and unknown classes trap")
  func crossed() async {
    await #expect(processExitsWith: .failure) {
      _ = ShotGroups(trainingCounts: [1], manyAbove: 10, fewBelow: 12)
    }
    await #expect(processExitsWith: .failure) { _ = ShotGroups(trainingCounts: [1])[1] }
  }
}
