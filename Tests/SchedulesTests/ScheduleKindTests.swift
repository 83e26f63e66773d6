import Schedules
import Testing

@Suite struct ScheduleKindTests {
  @Test(arguments: ScheduleKind.allCases)
  func knowsItsName(kind: ScheduleKind) throws {
    #expect(try ScheduleKind(named: kind.rawValue) == kind)
  }

  @Test func unknownNameListsTheKnown() {
    let error = #expect(throws: ScheduleKindError.self) { try ScheduleKind(named: "cosin") }
    #expect(
      error?.description
        == "no schedule is called 'cosin'; expected one of: constant, step, cosine, plateau")
  }
}
