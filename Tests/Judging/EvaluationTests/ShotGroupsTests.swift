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

  @Test("thirds follow the counts, ties stay together")
  func thirds() {
    let even = ShotGroups.thirds(of: [5, 50, 500, 7, 70, 700])
    #expect((0..<6).map { even[$0] } == [.few, .medium, .many, .few, .medium, .many])
    let equal = ShotGroups.thirds(of: [9, 9, 9])
    #expect((0..<3).map { equal[$0] } == [.medium, .medium, .medium])
    let two = ShotGroups.thirds(of: [5, 500])
    #expect((0..<2).map { two[$0] } == [.few, .many])
    #expect(ShotGroups.thirds(of: [4])[0] == .medium)
    #expect(ShotGroups.thirds(of: []).trainingCounts.isEmpty)
  }

  @Test("crossed thresholds and unknown classes trap")
  func crossed() async {
    await #expect(processExitsWith: .failure) {
      _ = ShotGroups(trainingCounts: [1], manyAbove: 10, fewBelow: 12)
    }
    await #expect(processExitsWith: .failure) { _ = ShotGroups(trainingCounts: [1])[1] }
  }
}
