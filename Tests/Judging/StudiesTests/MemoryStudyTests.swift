import Studies
import Testing

/// The published findings.
@Suite struct MemoryStudyTests {
  @Test func muonLearnsTheTailAndGradientDescentDoesNot() {
    for coupled in [false, true] {
      let (gradient, muon) = (
        MemoryStudy().result(.gradient, isCoupled: coupled),
        MemoryStudy().result(.muon, isCoupled: coupled)
      )
      #expect(muon.gap < 0.05 && gradient.gap > 0.5, "\(muon.gap), \(gradient.gap)")
      #expect(gradient.tail < 0.1 && muon.tail > 0.85)
      #expect(muon.course.count == muon.steps + 1)
    }
  }

  /// Signs of entries are as good as Muon where each entry is one fact's, and not where facts share entries.
  @Test func signDescentDependsOnCoupling() {
    #expect(MemoryStudy().result(.sign, isCoupled: false).gap < 1e-9)
    #expect(MemoryStudy().result(.sign, isCoupled: true).gap > 0.3)
  }

  /// With equal masses nothing is rare.
  @Test func equalMassesLeaveNoGap() {
    var study = MemoryStudy()
    (study.facts, study.head, study.mass) = (30, 15, 0.5)
    #expect(study.result(.gradient, isCoupled: false).gap < 1e-9)
  }

  @Test func stopsAtTheLastStep() {
    var study = MemoryStudy()
    (study.facts, study.head, study.mostSteps) = (9, 3, 4)
    #expect(study.result(.gradient, isCoupled: true).steps == 4)
  }
}
