import Targets
import Testing

@Suite struct TargetKindTests {
  @Test func namesAreTheOptions() {
    #expect(TargetKind.allCases.map(\.rawValue) == ["class", "labels", "grades", "number"])
  }
}
