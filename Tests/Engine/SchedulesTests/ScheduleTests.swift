import Schedules
import TestSupport
import Testing

/// The contract of every schedule, then each one's values.
@Suite struct ScheduleTests {
  static let all: [any Schedule] = [
    Constant(), Cosine(), Cosine(floor: 0.2), Step(milestones: [0.5, 0.75]), Step(every: 0.3),
    Warmup(fraction: 0.1, then: Cosine()), Warmup(fraction: 0, then: Constant()),
    Warmup(fraction: 0.3, start: 0.5, then: Step(every: 0.5, gamma: 0.3)),
  ]

  @Test(arguments: all)
  func keepsTheContract(schedule: any Schedule) {
    for i in 0...1000 {
      let factor = schedule(Double(i) / 1000)
      #expect(factor >= 0 && factor <= 1)
    }
    #expect(schedule(-1) == schedule(0))
    #expect(schedule(2) == schedule(1))
  }

  @Test func goldenConstant() throws {
    let golden = try GoldenRates.load()
    #expect(golden.trace(Constant()) == golden.constant)
  }

  @Test func goldenCosine() throws {
    let golden = try GoldenRates.load()
    #expect(difference(golden.trace(Cosine()), golden.cosine, relative: 1e-11) == nil)
    #expect(
      difference(golden.trace(Cosine(floor: 0.1)), golden.cosineFloor, relative: 1e-11) == nil)
  }

  @Test func goldenMilestones() throws {
    let golden = try GoldenRates.load()
    let schedule = Step(milestones: [0.85, 0.3, 0.55], gamma: 0.2)
    #expect(difference(golden.trace(schedule), golden.milestones) == nil)
    #expect(schedule.milestones == [0.3, 0.55, 0.85])
  }

  @Test func goldenEvery() throws {
    let golden = try GoldenRates.load()
    #expect(difference(golden.trace(Step(every: 0.3, gamma: 0.5)), golden.every) == nil)
  }

  @Test func everyTenthFallsNineTimes() {
    #expect(Step(every: 0.1).milestones.count == 9)
    #expect(Step(every: 1).milestones.isEmpty)
  }

  @Test func goldenWarmup() throws {
    let golden = try GoldenRates.load()
    let torch = Warmup(fraction: 0.25, start: 0.1, then: Cosine(floor: 0.05))
    #expect(difference(golden.trace(torch), golden.warmupCosine, relative: 1e-11) == nil)
    let timm = Warmup(fraction: 0.25, start: 0.2, then: Cosine(floor: 0.01))
    #expect(difference(golden.trace(timm), golden.timm, relative: 1e-11) == nil)
  }

  @Test func ends() {
    #expect(Cosine(floor: 0.25)(0) == 1)
    #expect(Cosine(floor: 0.25)(1) == 0.25)
    #expect(Warmup(fraction: 0.5, then: Constant())(0) == 0)
    #expect(Warmup(fraction: 0.5, then: Constant())(0.25) == 0.5)
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) { _ = Cosine(floor: 2) }
    await #expect(processExitsWith: .failure) { _ = Step(milestones: [30, 60]) }
    await #expect(processExitsWith: .failure) { _ = Step(every: 0) }
    await #expect(processExitsWith: .failure) { _ = Warmup(fraction: 1, then: Constant()) }
  }
}
