import Plans
import Testing

/// Where each range begins and ends, and what is said of a value outside of it.
@Suite("Problems of hyper-parameters")
struct HyperparameterProblemTests {
  private func text(_ problem: HyperparameterProblem?) -> String? { problem?.description }

  @Test func positive() {
    #expect(HyperparameterProblem.unlessPositive("a", 5e-324) == nil)
    for (value, shown) in [(0.0, "0.0"), (-1, "-1.0"), (.infinity, "inf"), (.nan, "nan")] {
      #expect(
        text(.unlessPositive("alpha", value)) == "alpha must be above 0, got \(shown)", "\(value)")
    }
  }

  @Test func nonNegative() {
    #expect(HyperparameterProblem.unlessNonNegative("a", 0) == nil)
    for (value, shown) in [(-0.5, "-0.5"), (.infinity, "inf"), (.nan, "nan")] {
      #expect(
        text(.unlessNonNegative("tau", value)) == "tau must be at least 0, got \(shown)")
    }
  }

  @Test func fractions() {
    #expect(HyperparameterProblem.unlessProperFraction("a", 0.5) == nil)
    for value in [0.0, 1, -0.1, .nan] {
      #expect(
        text(.unlessProperFraction("share", value))
          == "share must be above 0 and below 1, got \(value)")
    }
  }

  @Test func units() {
    #expect(HyperparameterProblem.unlessUnit("a", 0, closed: false) == nil)
    #expect(HyperparameterProblem.unlessUnit("a", 1, closed: true) == nil)
    #expect(
      text(.unlessUnit("beta", 1, closed: false)) == "beta must be at least 0 and below 1, got 1.0")
    #expect(
      text(.unlessUnit("p", 1.5, closed: true)) == "p must be at least 0 and at most 1, got 1.5")
    #expect(
      text(.unlessUnit("p", .nan, closed: true)) == "p must be at least 0 and at most 1, got nan")
  }

  /// Ends belong to a range, are shown as they are usually written, and may be infinite.
  @Test func ranges() {
    #expect(HyperparameterProblem.unlessWithin(1...3, "a", 1) == nil)
    #expect(HyperparameterProblem.unlessWithin(1...3, "a", 3) == nil)
    #expect(text(.unlessWithin(1...3, "k", 3.5)) == "k must be from 1 to 3, got 3.5")
    #expect(text(.unlessWithin(-0.5...0.25, "k", 1)) == "k must be from -0.5 to 0.25, got 1.0")
    #expect(text(.unlessWithin(1...Double.infinity, "k", 0)) == "k must be from 1 to inf, got 0.0")
    #expect(text(.unlessWithin(0...1e300, "k", .nan)) == "k must be from 0 to 1e+300, got nan")
  }

  @Test func wholeNumbersAndFolds() {
    #expect(HyperparameterProblem.unlessWhole("a", 1, to: 5) == nil)
    #expect(HyperparameterProblem.unlessWhole("a", 5, to: 5) == nil)
    for value in [0.0, 2.5, 6, .infinity, .nan] {
      #expect(
        text(.unlessWhole("k", value, to: 5))
          == "k must be a whole number from 1 to 5, got \(value)")
    }
    #expect(HyperparameterProblem.unlessFolds("a", 2) == nil)
    #expect(HyperparameterProblem.unlessFolds("a", 100) == nil)
    for value in [1.0, 2.5, 101, .nan] {
      #expect(
        text(.unlessFolds("folds", value))
          == "folds must be a whole number from 2 to 100, got \(value)")
    }
  }

  @Test func words() {
    #expect(HyperparameterProblem.unlessOne(of: ["mean", "sum"], "a", "sum") == nil)
    #expect(
      text(.unlessOne(of: ["mean", "sum"], "pooling", "Mean"))
        == "pooling must be mean or sum, got 'Mean'")
  }

  /// What needs classes, and how many numbers a row has in their place.
  @Test func mismatches() {
    #expect(
      TargetMismatch(parts: ["Remix", "BalancedSoftmax"], width: 3).description
        == "Remix and BalancedSoftmax needs one class for each row, and the rows have 3 numbers or "
        + "labels each; learn them by SquaredError, SigmoidCrossEntropy or AsymmetricLoss, mixed by "
        + "nothing that goes by the sizes of classes")
    #expect(
      TargetMismatch(parts: ["Remix"], width: 1).description.contains(
        "the rows have 1 number or label each"))
  }
}
