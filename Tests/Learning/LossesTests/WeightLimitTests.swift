import Batches
import Foundation
import Losses
import Sampling
import TestSupport
import Testing
import Torch

/// Weights of classes and of labels at their limits.
@Suite("Limits of weights")
struct WeightLimitTests {
  private let table = LabelTable(
    [true, true, false, false, true, nil, false, true, false, true, false, true], width: 3)

  /// n w⁺ + m w⁻ = n + m of every label, whatever the rule; a label that is there as often as not weighs 1 and 1.
  @Test(arguments: [0.0, 0.5, 1, 3])
  func labelsKeepTheirWeight(power: Double) {
    for weights in [
      LabelWeights.inverse(table, power: power),
      LabelWeights.effectiveNumber(table, beta: min(power / 2, 0.999)),
    ] {
      for label in 0..<3 {
        let (n, m) = (Double(table.present[label]), Double(table.absent[label]))
        #expect(close(n * weights.present[label] + m * weights.absent[label], n + m))
        #expect((weights.present[label] >= weights.absent[label] - 1e-12) == (n <= m || power == 0))
      }
      #expect(close(weights.present[0], 1) && close(weights.absent[0], 1))
    }
  }

  /// p = 0 and β = 0 weigh all alike; β near 1 weighs as the inverse.
  @Test func endsOfTheRules() throws {
    let classes = try ClassCounts([100, 10, 1])
    for weights in [
      ClassWeights.inverse(classes, power: 0), .effectiveNumber(classes, beta: 0),
    ] {
      #expect(difference(weights.values, [1, 1, 1]) == nil)
    }
    let inverse = ClassWeights.inverse(classes).values
    #expect(difference(inverse, [3 / 111.0, 30 / 111.0, 300 / 111.0]) == nil)
    let effective = ClassWeights.effectiveNumber(classes, beta: 1 - 1e-7).values
    #expect(difference(effective, inverse, relative: 1e-4) == nil)
    #expect(ClassWeights([5]).values == [1])
    let labels = LabelWeights.effectiveNumber(table, beta: 1 - 1e-7)
    #expect(difference(labels.present, LabelWeights.inverse(table).present, relative: 1e-4) == nil)
  }

  /// Deferred weights hold from their part of the stage on, be the last digit of it what it may.
  @Test func whenTheyHold() {
    let late = ClassWeights([1, 3], start: 0.8)
    #expect(late.values(after: 0) == nil && late.values(after: 0.795) == nil)
    #expect(late.values(after: 160.0 / 200) == [0.5, 1.5])
    #expect(late.values(after: 0.8 - 1e-12) == [0.5, 1.5])
    #expect(ClassWeights([1, 3]).values(after: 0) == [0.5, 1.5])
    #expect(ClassWeights([1, 3], start: 1).values(after: 0.999) == nil)
  }
}

/// LADER's term by hand.
@Suite("Label distribution by hand")
struct LabelDistributionTests {
  private func value(_ z: [Double], _ labels: [Int], lambda: Double) throws -> Double {
    let term = LabelDistribution(try ClassCounts([3, 1]), lambda: lambda)
    return term(Tensor(z, shape: [labels.count, 2]), Target(labels), LossState()).mean.item()
  }

  /// Of logits 0 the first means are 0 and T_c = −ln(2 π_c) with π = (¾, ¼).
  @Test(arguments: [0.0, 0.1, 2])
  func logitsOfZero(lambda: Double) throws {
    let (first, second) = (-log(1.5), log(2.0))
    let expected =
      0.75 * (first + lambda * first * first) + 0.25 * (second + lambda * second * second)
    #expect(close(try value([0, 0, 0, 0], [0, 1], lambda: lambda), expected, relative: 1e-9))
  }

  /// Without λ a constant added to the column of a class that the batch has changes nothing; of one that it lacks the
  /// bound moves by π_c of it.
  @Test func columnsThatAreMoved() throws {
    let (plain, moved) = ([1.0, -2, 0.5, 3], [1.0 + 4, -2, 0.5 + 4, 3])
    #expect(
      close(
        try value(moved, [0, 1], lambda: 0), try value(plain, [0, 1], lambda: 0), relative: 1e-9))
    let change = try value(moved, [1, 1], lambda: 0) - value(plain, [1, 1], lambda: 0)
    #expect(close(change, 0.75 * 4, relative: 1e-9))
    let regularised = try value(moved, [0, 1], lambda: 1) - value(plain, [0, 1], lambda: 1)
    #expect(abs(regularised) > 0.1)
  }
}
