import Decisions
import Evaluation
import Foundation
import Randomness
import Uncertainty

/// Whether what is promised of new images is kept. The column of the width is the mean rate reached.
extension CoverageStudy {
  /// The sensitivity of .8 promised from `n` groups of ten images of a class that share a part of the variance.
  func promises(_ n: Int, correlation: Double) -> [CoverageRow] {
    let level = 0.8
    let results = repeated { random -> [(low: Double, high: Double)?] in
      // Scores of the class are standard normal: a threshold's sensitivity is known.
      var (scores, groups): ([Double], [String]) = ([], [])
      for group in 0..<n {
        let common = random.normal()
        for _ in 0..<10 {
          scores.append(
            common * correlation.squareRoot() + random.normal() * (1 - correlation).squareRoot())
          groups.append("\(group)")
        }
      }
      let sample = LabelledProbabilities(
        classes: ["no", "yes"], truths: scores.map { _ in 1 },
        probabilities: scores.flatMap { [normalProbability(-$0), normalProbability($0)] },
        groups: groups)
      let point = try? OperatingPoint(
        for: "yes", under: .sensitivity(atLeast: level), promised: true, on: sample)
      return [point.map { (0, normalProbability(-normalQuantile($0.threshold))) }]
    }
    let name = "promised sensitivity .8, groups of 10, correlation \(correlation)"
    return filled([CoverageRow(name, "kept", n: n, truth: level)], results)
  }

  /// The sensitivity of .8 promised for the common class from `n` images after a calibration.
  func promises(_ n: Int, after calibration: CalibrationMethod) -> [CoverageRow] {
    let (level, world) = (0.8, World.overconfident)
    var plan = DecisionPlan(calibration: calibration)
    plan.points = [.init(world.classes[0], .sensitivity(atLeast: level), promised: true)]
    var source = RandomKey(seed: 7).source
    let fresh = LabelledProbabilities(world.predictions(6000, &source)[0])
    let results = repeated { [plan] random -> [(low: Double, high: Double)?] in
      let validation = LabelledProbabilities(world.predictions(n, &random)[0])
      guard let rule = try? plan.choose(on: validation) else { return [nil] }
      let ruled = rule.applied(to: fresh)
      let rates = ThresholdRates(ruled, class: 0, threshold: rule.operatingPoints[0].threshold)
      return [rates.sensitivity.value.map { (0, $0) }]
    }
    let name = "promised sensitivity .8 after \(calibration.name)"
    return filled([CoverageRow(name, "kept", n: n, truth: level)], results)
  }
}
