import Decisions
import Randomness
import TestSupport
import Testing

@Suite("What a calibration does that should be said")
struct CalibrationWarningTests {
  private let methods: [CalibrationMethod] = [.vector(), .dirichlet(), .isotonic]

  private func sample(turned: Bool, _ seed: UInt64 = 5) -> LabelledProbabilities {
    var random = RandomKey(seed: seed).source
    let sample = GaussianClasses(prior: [0.5, 0.5], apart: 2).sample(300, using: &random)
    guard turned else { return sample }
    return LabelledProbabilities(
      classes: sample.classes, truths: sample.truths.map { 1 - $0 },
      probabilities: sample.probabilities)
  }

  @Test(
    "a model trained balanced: one temperature does not follow the shares, and it is said; vector does"
  )
  func departure() throws {
    var random = RandomKey(seed: 3).source
    // Posteriors under 1 : 1, examples 9 : 1.
    let balanced = GaussianClasses(prior: [0.5, 0.5], apart: 2)
    let validation = balanced.sample(600, from: [0.9, 0.1], using: &random)
    let temperature = try DecisionPlan(calibration: .temperature).choose(on: validation)
    let warning = try #require(temperature.departure(on: validation))
    guard case .departsFromShare(let name, let mean, let share) = warning else {
      Issue.record("another warning: \(warning)")
      return
    }
    #expect(balanced.classes.contains(name) && abs(mean - share) > 0.05)
    #expect(warning.description.contains("a calibration by class (vector) makes them so"))
    let vector = try DecisionPlan(calibration: .vector()).choose(on: validation)
    #expect(vector.departure(on: validation) == nil)
    // A target moves the mean on purpose, which is no departure.
    var plan = DecisionPlan(calibration: .vector())
    plan.targetPrior = [0.3, 0.7]
    #expect(try plan.choose(on: validation).departure(on: validation) == nil)
  }

  @Test("T at either end of its range")
  func temperature() throws {
    let certain = LabelledProbabilities(
      classes: ["a", "b"], truths: [0, 1, 0, 1],
      probabilities: [0.6, 0.4, 0.3, 0.7, 0.7, 0.3, 0.4, 0.6])
    let least = try CalibrationMethod.temperature.fit(certain)
    #expect(least.warnings(classes: ["a", "b"]) == [.temperatureAtLeast(0.05)])
    let wrong = try CalibrationMethod.temperature.fit(sample(turned: true))
    let warnings = wrong.warnings(classes: ["c0", "c1"])
    #expect(warnings.count == 1 && !warnings[0].isOfRanking)
    #expect(
      warnings[0].description
        == "the temperature is 20.0, the greatest that is sought: validation does not determine it; the"
        + " scores say nothing there, or the wrong class, and probabilities become nearly equal")
    #expect(
      least.warnings(classes: ["a", "b"])[0].description
        == "the temperature is 0.05, the least that is sought: validation does not determine it; nearly every"
        + " image is decided rightly there, and probabilities become 0 and 1")
    let usual = try CalibrationMethod.temperature.fit(sample(turned: false))
    #expect(usual.warnings(classes: ["c0", "c1"]).isEmpty)
  }

  @Test("a fit that turns the ranking round, or loses it, and one that does neither")
  func ranking() throws {
    for method in methods {
      let right = try method.fit(sample(turned: false))
      #expect(right.warnings(classes: ["c0", "c1"]).isEmpty, "\(method.name)")
      let turned = try method.fit(sample(turned: true)).warnings(classes: ["c0", "c1"])
      #expect(turned.count == 1 && turned[0].isOfRanking, "\(method.name)")
      if method == .isotonic {
        #expect(
          turned[0].description
            == "the fit gives every image the same probability of 'c0', 'c1': validation shows no use in what"
            + " the model says of it, or has too few of its images")
      } else {
        #expect(turned == [.turnsRanking(classes: ["c0", "c1"])], "\(method.name)")
        #expect(
          turned[0].description
            == "the fit turns the ranking round for 'c0', 'c1': on validation a higher probability of it meant"
            + " fewer of its images; are labels or columns exchanged?")
      }
    }
  }

  /// The statement is of the numbers; that the order is turned is seen on the images.
  @Test("turned means turned: the order of the images by the class falls")
  func order() throws {
    let turned = sample(turned: true)
    for method in methods.dropLast() {
      let fit = try method.fit(turned)
      let before = turned.column(0)
      let after = (0..<turned.count).map { fit(turned[$0])[0] }
      let order = before.indices.sorted { before[$0] < before[$1] }.map { after[$0] }
      #expect(zip(order, order.dropFirst()).allSatisfy { $0 >= $1 }, "\(method.name)")
    }
  }

  @Test("auto takes none of those, and says which would have been better by their log loss")
  func choice() throws {
    var random = RandomKey(seed: 3).source
    let choice = try CalibrationMethod.choice(on: sample(turned: true), using: &random)
    #expect([CalibrationMethod.none, .temperature].contains(choice.method))
    #expect(choice.refused.map(\.method).contains("vector"))
    #expect(choice.refused.allSatisfy { $0.reason.isOfRanking })
    var again = RandomKey(seed: 3).source
    #expect(try CalibrationMethod.best(on: sample(turned: true), using: &again) == choice.method)
    var other = RandomKey(seed: 3).source
    #expect(try CalibrationMethod.choice(on: sample(turned: false), using: &other).refused.isEmpty)
  }
}
