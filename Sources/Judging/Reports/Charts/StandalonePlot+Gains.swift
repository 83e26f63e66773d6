public import Evaluation

extension StandalonePlot {
  /// What each group's own AUROC gains while mistakes are corrected, tuned by AUROC and by average precision: a line a
  /// target and group, with a band of one standard error to both sides.
  ///
  /// - Parameters:
  ///   - steps: Numbers of corrected mistakes, `[S]`, rising.
  ///   - courses: Of each target the gains, `[S][G]`, as ``AreaStudy`` gives them.
  public static func gains(
    after steps: [Int], _ courses: [(target: AreaStudy.Target, gains: [[AreaStudy.Gain]])]
  ) -> StandalonePlot {
    let x = steps.map(Double.init)
    let lines = courses.flatMap { target, gains in
      (gains.first ?? []).indices.map { group in
        let own = gains.map { $0[group] }
        return Line(
          "\(name(target)), prevalence \(own.first.map { "\($0.prevalence)" } ?? "")",
          x: x, y: own.map(\.mean), low: own.map { $0.mean - $0.standardError },
          high: own.map { $0.mean + $0.standardError })
      }
    }
    return StandalonePlot(
      title: "Who gains when mistakes are corrected",
      description: "Gain in each group's own AUROC against the number of corrected mistakes",
      xTitle: "corrected mistakes", yTitle: "gain in AUROC", lines: lines)
  }

  private static func name(_ target: AreaStudy.Target) -> String {
    switch target {
    case .rocAUC: "tuned by AUROC"
    case .averagePrecision: "tuned by average precision"
    }
  }
}
