import Evaluation
import Randomness
import Reports
import TestSupport
import Testing

/// The drawings of the studies of metrics: their lines against what theory says exactly.
@Suite struct StudyPlotTests {
  private func line(_ name: String, in plot: StandalonePlot) throws -> StandalonePlot.Line {
    try #require(plot.lines.first { $0.name == name }, "\(plot.lines.map(\.name))")
  }

  /// 4 of 5 ill examples are found, and 2 of 20 others called ill: a sensitivity of 0.8, a specificity of 0.9.
  private func predictions() throws -> Predictions {
    let truths: [Int?] = [Int?](repeating: 0, count: 5) + [Int?](repeating: 1, count: 20)
    let decided: [Int] = [0, 0, 0, 0, 1, 0, 0] + [Int](repeating: 1, count: 18)
    let ill: [Double] = (0..<25).map {
      decided[$0] == 0 ? 0.95 - Double($0) / 100 : 0.4 - Double($0) / 100
    }
    return try Predictions(
      classes: ["ill", "well"], paths: (0..<25).map { "\($0)" }, truths: truths,
      predicted: decided, probabilities: ill.flatMap { [$0, 1 - $0] })
  }

  private func plot(_ predictions: Predictions) -> StandalonePlot {
    .prevalence(
      ImbalanceImpact(
        predictions, of: 0,
        prevalences: StandalonePlot.prevalences(
          around: ImbalanceImpact.prevalences, natural: 0.2)))
  }

  @Test("precision, F1 and MCC follow Bayes' rule; recall and AUROC are flat")
  func formulas() throws {
    let plot = plot(try predictions())
    #expect(
      plot.lines.map(\.name) == ["recall", "AUROC", "average precision", "precision", "F1", "MCC"])
    let (hit, alarm) = (0.8, 0.1)
    let precision = try line("precision", in: plot)
    #expect(precision.x.count == 101 && precision.x.first == 0.01 && precision.x.last == 0.5)
    #expect(zip(precision.x, precision.x.dropFirst()).allSatisfy { $0 < $1 })
    for (place, share) in precision.x.enumerated() {
      let right = share * hit / (share * hit + (1 - share) * alarm)
      #expect(close(precision.y[place], right, relative: 1e-12), "\(share)")
      #expect(
        close(try line("F1", in: plot).y[place], 2 * right * hit / (right + hit), relative: 1e-12))
      // √(sensitivity + specificity − 1) (PPV + NPV − 1), which is another way to write it.
      let quiet = (1 - share) * (1 - alarm)
      let negative = quiet / (quiet + share * (1 - hit))
      let mcc = ((hit - alarm) * (right + negative - 1)).squareRoot()
      #expect(close(try line("MCC", in: plot).y[place], mcc, relative: 1e-9), "\(share)")
    }
    #expect(try line("recall", in: plot).y.allSatisfy { close($0, hit) })
    #expect(Set(try line("AUROC", in: plot).y).count == 1)
    let area = try line("average precision", in: plot).y
    #expect(zip(area, area.dropFirst()).allSatisfy { $0 <= $1 + 1e-12 })
  }

  @Test(
    "scores that say nothing have an average precision of the prevalence and an AUROC of one half")
  func chance() throws {
    let truths: [Int?] = (0..<20).map { $0 < 3 ? 0 : 1 }
    let blind = try Predictions(
      classes: ["ill", "well"], paths: (0..<20).map { "\($0)" }, truths: truths,
      probabilities: (0..<20).flatMap { _ in [0.3, 0.7] })
    let plot = plot(blind)
    let area = try line("average precision", in: plot)
    for (share, value) in zip(area.x, area.y) { #expect(close(value, share, relative: 1e-12)) }
    #expect(try line("AUROC", in: plot).y.allSatisfy { close($0, 0.5) })
    // What is dashed as chance is that line.
    let rule = try #require(plot.rules.first)
    #expect(rule.x == rule.y && rule.x == [0.01, 0.5])
    #expect(rule.name == "average precision of a random order")
    #expect(plot.rules.last?.x == [0.15, 0.15], "\(plot.rules)")
    // Nobody is called ill, so precision is not defined, and has no line.
    #expect(!plot.lines.contains { $0.name == "precision" })
  }

  @Test(
    "the file names lines and rules in its legend, and a class without examples has rules alone")
  func legend() throws {
    let text = plot(try predictions()).svg()
    for name in [
      "AUROC", "MCC", "average precision of a random order", "upright: prevalence as it is, 0.200",
    ] {
      #expect(text.contains(">\(name)</text>"), "\(name)")
    }
    #expect(text.ranges(of: "<polyline").count == 6)
    let absent = try Predictions(
      classes: ["ill", "well"], paths: ["a", "b"], truths: [1, 1],
      probabilities: [0.2, 0.8, 0.4, 0.6])
    let empty = plot(absent)
    #expect(empty.lines.isEmpty && empty.rules.count == 1)
    #expect(empty.svg().contains(">average precision of a random order</text>"))
  }

  @Test("the drawing reaches as far as the table and the data do")
  func places() {
    let wide = StandalonePlot.prevalences(around: [0.5, 0.9], natural: 0.002)
    #expect(wide.count == 101 && wide.first == 0.002 && wide.last == 0.9)
    let plain = StandalonePlot.prevalences(around: [0.5], natural: nil)
    #expect(plain.first == 0.01 && plain.last == 0.5)
    #expect(StandalonePlot.prevalences(around: [0.5], natural: 1) == plain)
    #expect(StandalonePlot.prevalences(around: [0.5], natural: 0) == plain)
  }

  @Test("one group gains 1 / (n₁ n₀) with every corrected mistake, whatever it was chosen by")
  func gains() throws {
    var study = AreaStudy()
    (study.count, study.prevalences, study.repetitions) = (50, [0.1], 3)
    let steps = [0, 1, 4, 9]
    let plot = StandalonePlot.gains(
      after: steps,
      AreaStudy.Target.allCases.map {
        ($0, study.gains(correcting: $0, after: steps, key: RandomKey(seed: 2)))
      })
    #expect(
      plot.lines.map(\.name) == [
        "tuned by AUROC, prevalence 0.1", "tuned by average precision, prevalence 0.1",
      ])
    for line in plot.lines {
      #expect(line.x == [0, 1, 4, 9])
      for (place, step) in steps.enumerated() {
        let expected = Double(step) / (5 * 45)
        #expect(close(line.y[place], expected, absolute: 1e-12), "\(line)")
        #expect(close(line.low[place], expected, absolute: 1e-12))
        #expect(close(line.high[place], expected, absolute: 1e-12))
      }
    }
    #expect(plot.svg().contains(">tuned by average precision, prevalence 0.1</text>"))
  }
}
