import Schedules
import TestSupport
import Testing

/// How factors go from one moment to the next.
@Suite("Shapes of schedules")
struct ScheduleShapeTests {
  private let moments = (0...200).map { Double($0) / 200 }

  /// A cosine falls all the way, and is symmetric about its middle: c(t) + c(1 − t) = 1 + floor.
  @Test(arguments: [0.0, 0.3, 1])
  func aCosineFalls(floor: Double) {
    let cosine = Cosine(floor: floor)
    let factors = moments.map { cosine($0) }
    #expect(zip(factors, factors.dropFirst()).allSatisfy { $0 >= $1 })
    for moment in moments {
      #expect(close(cosine(moment) + cosine(1 - moment), 1 + floor, relative: 1e-9))
    }
    #expect(close(cosine(0.5), (1 + floor) / 2, relative: 1e-9))
  }

  /// A warm-up rises straight to 1 and meets what follows there; what follows is seen whole.
  @Test func aWarmUpMeetsTheRest() {
    let warm = Warmup(fraction: 0.4, start: 0.2, then: Cosine(floor: 0.1))
    #expect(warm(0) == 0.2)
    #expect(close(warm(0.1), 0.4, relative: 1e-9) && close(warm(0.3), 0.8, relative: 1e-9))
    #expect(abs(warm(0.4 - 1e-6) - 1) < 1e-5 && abs(warm(0.4 + 1e-6) - 1) < 1e-5)
    #expect(close(warm(0.7), 0.55, relative: 1e-9) && close(warm(1), 0.1, relative: 1e-9))
    let without = Warmup(fraction: 0, start: 0.2, then: Cosine())
    #expect(moments.allSatisfy { without($0) == Cosine()($0) })
    let twice = Warmup(fraction: 0.5, then: Warmup(fraction: 0.5, then: Constant()))
    #expect(close(twice(0.5 + 0.125), 0.5, relative: 1e-6) && twice(0.8) == 1)
  }

  /// A fall happens at its milestone, one at the same moment again counts again, and γ = 0 ends all.
  @Test func stepsFallAtTheirMilestones() {
    let step = Step(milestones: [0.5, 0.25], gamma: 0.5)
    #expect([0, 0.2499, 0.25, 0.4999, 0.5, 1].map { step($0) } == [1, 1, 0.5, 0.5, 0.25, 0.25])
    #expect(Step(milestones: [0.5, 0.5], gamma: 0.5)(0.5) == 0.25)
    #expect(Step(milestones: [0], gamma: 0.5)(0) == 0.5)
    #expect([0.9, 1].map { Step(milestones: [1], gamma: 0.5)($0) } == [1, 0.5])
    #expect([0.4, 0.6].map { Step(milestones: [0.5], gamma: 0)($0) } == [1, 0])
    #expect(Step(milestones: [])(1) == 1)
  }
}

/// A plateau step by step, by hand.
@Suite("Plateaus by hand")
struct PlateauByHandTests {
  /// A tenth better counts: .95 and .85 do not, .89 (below .9) and .8 (below .801) do, each from the best so far.
  @Test func improvementIsAPartOfTheBest() {
    var plateau = Plateau(mode: .min, decay: 0.5, patience: 1, threshold: 0.1)
    var trace: [Int] = []
    for value in [1, 0.95, 0.89, 0.85, 0.8] {
      plateau.observe(value)
      trace.append(plateau.stale)
    }
    #expect(trace == [0, 1, 0, 1, 0])
    #expect(plateau.best == 0.8 && plateau.factor == 1)
    // Two in a row are one more than patience; then the count begins again.
    #expect([0.8, 0.8, 0.8, 0.8].map { plateau.observe($0) } == [1, 0.5, 0.5, 0.25])
    #expect(plateau.stale == 0 && plateau.best == 0.8)
  }

  /// What is better upwards is no better downwards.
  @Test func directions() {
    func factors(_ mode: Plateau.Mode) -> [Double] {
      var plateau = Plateau(mode: mode, decay: 0.5, patience: 0, threshold: 0)
      return [0.1, 0.2, 0.3].map { plateau.observe($0) }
    }
    #expect(factors(.max) == [1, 1, 1])
    #expect(factors(.min) == [1, 0.5, 0.25])
  }

  /// Below 0 the margin turns round: of a best of −1, worse by less than a tenth counts as better.
  @Test func negativeBests() {
    var plateau = Plateau(mode: .max, decay: 0.5, patience: 0, threshold: 0.1)
    #expect([-1, -1.05, -1.2].map { plateau.observe($0) } == [1, 1, 0.5])
    #expect(plateau.best == -1.05)
  }

  /// A NaN after a number is no improvement and does not become the best.
  @Test func notANumberAfterANumber() {
    var plateau = Plateau(mode: .max, decay: 0.5, patience: 1, threshold: 0)
    #expect([0.5, .nan, 0.6, .nan, .nan].map { plateau.observe($0) } == [1, 1, 1, 1, 0.5])
    #expect(plateau.best == 0.6 && !plateau.isExhausted)
    #expect(Plateau(mode: .max, minimum: 1).isExhausted)
  }
}
