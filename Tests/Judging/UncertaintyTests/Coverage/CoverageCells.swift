import Decisions
import Uncertainty

/// Everything that the table shows, in its order.
extension CoverageProof {
  private static let names = [
    "accuracy", "balanced_accuracy", "f1_macro", "mcc", "g_mean", "roc_auc_ovr",
    "average_precision", "log_loss", "brier", "ece", "ece_classwise",
  ]
  private static let fewer = ["accuracy", "balanced_accuracy", "mcc", "log_loss", "brier"]
  private static let unequalSizes = [1, 2, 3, 4, 6, 10, 2, 20, 1, 5]

  static var cells: [CoverageCell] {
    sampled + grouped + differences + gates + slopes + rates + promises + kept + areas
  }

  private static func rows(
    _ section: CoverageCell.Section, _ name: String,
    _ made: @escaping @Sendable (CoverageStudy) -> [CoverageRow]
  ) -> CoverageCell {
    CoverageCell(section: section, name: name) { CoverageResult(rows: made($0)) }
  }

  private static func metrics(_ world: World, _ n: Int, _ names: [String]) -> CoverageCell {
    rows(.metrics, "metrics, \(world.name), \(n)") { $0.metrics(names, n, world: world) }
  }

  private static var sampled: [CoverageCell] {
    var cells = [30, 100, 300].map { metrics(.unequal, $0, names) }
    cells += [World.overconfident, .underconfident, .balanced, .fitted, .fixed].map {
      metrics($0, 200, names)
    }
    // From 5 to 100 positives on average.
    let ratios = [
      (1, 20), (1, 200), (10, 55), (10, 110), (10, 440), (10, 1100), (100, 505), (100, 1010),
      (100, 2020), (1000, 10_010), (1000, 20_020),
    ]
    cells += ratios.map { metrics(.ratio($0), $1, names) }
    cells += [(10, 100), (10, 300), (20, 200), (20, 400), (50, 500), (50, 1200), (50, 2000)].map {
      metrics(.many($0, rarest: 0.1), $1, names)
    }
    return cells
  }

  private static var grouped: [CoverageCell] {
    [2, 8, 10, 12, 20, 40, 60].flatMap { n in
      [true, false].flatMap { isEven in
        [0, 0.2, 0.5].map { metrics(.grouped($0, isEven: isEven), n, fewer) }
      }
    } + [12, 40].map { metrics(World.unequal.inGroups(0.5, sizes: unequalSizes), $0, fewer) }
  }

  private static var differences: [CoverageCell] {
    func cell(_ world: World, _ n: Int, _ names: [String] = fewer) -> CoverageCell {
      rows(.differences, "differences, \(world.name), \(n)") {
        $0.differences(names, n, world: world)
      }
    }
    var many = World.many(50, rarest: 0.1)
    many.second = World.Model(lifts: many.lifts)
    let unequal = World.equal.inGroups(0.5, sizes: unequalSizes)
    let even = World.directions.inGroups(0.5, sizes: [6])
    return [World.directions, .equal].flatMap { world in [30, 100, 400].map { cell(world, $0) } }
      + [8, 10, 12, 20, 40].map { cell(unequal, $0) } + [12, 40].map { cell(even, $0) }
      + [cell(many, 500, ["balanced_accuracy", "f1_macro", "average_precision", "mcc"])]
  }

  private static var gates: [CoverageCell] {
    let grouped = World.equal.inGroups(0.5, sizes: [6])
    let single: [(String, Int, World)] = [
      ("log_loss", 400, .directions), ("mcc", 100, .equal), ("accuracy", 100, .equal),
      ("mcc", 8, grouped), ("mcc", 12, grouped), ("mcc", 40, grouped),
    ]
    let six = ["accuracy", "mcc", "f1_macro", "log_loss", "brier", "roc_auc_ovr"]
    return single.map { metric, n, world in
      CoverageCell(section: .gates, name: "gate, \(metric), \(world.name), \(n)") {
        CoverageResult(gates: [$0.gate(metric, n, world: world)])
      }
    } + [
      CoverageCell(section: .gates, name: "gate, six") {
        CoverageResult(gates: [$0.gate(six, 200, world: .equal)])
      },
      CoverageCell(section: .gates, name: "gate, not inferior") {
        CoverageResult(gates: [$0.nonInferiority(six, 200, world: .equal)])
      },
    ]
  }

  private static var slopes: [CoverageCell] {
    let groups = [World.grouped(0.5, isEven: true), .grouped(0.5, isEven: false)]
    let pairs: [(World, Int)] =
      [100, 300, 1500].map { (World.unequal, $0) }
      + [World.overconfident, .underconfident, .balanced, .fitted].map { ($0, 300) }
      + [(.ratio(10), 220), (.ratio(100), 2020)]
      + groups.flatMap { world in
        [12, 20, 40].map { (world, $0) }
      }
    return pairs.map { world, n in
      rows(.slopes, "slopes, \(world.name), \(n)") { $0.slopes(n, world: world) }
    }
  }

  private static var rates: [CoverageCell] {
    [8, 30, 300].flatMap { n in
      [
        rows(.plain, "rates, \(n)") { study in
          [0.5, 0.8, 0.95].flatMap { study.rates(n, rate: $0) } + study.pairedRates(n)
            + study.groupedRate(n, rate: 0.8) + study.areaDifference(n) + study.predictive(n)
        },
        rows(.plain, "thresholds, \(n)") { $0.thresholds(n) },
        rows(.plain, "images, \(n)") { $0.detection(n) + $0.change(n) },
      ]
    } + [30, 60, 100, 300].map { n in rows(.plain, "prevalence, \(n)") { $0.prevalence(n) } }
      + [200, 400].map { n in
        rows(.plain, "prevalence beside a rare class, \(n)") { $0.prevalenceBesideRare(n) }
      }
  }

  private static var promises: [CoverageCell] {
    [(20, 0.5), (40, 0), (40, 0.5), (100, 0.5)].map { n, correlation in
      rows(.plain, "promises, \(n), \(correlation)") { $0.promises(n, correlation: correlation) }
    }
      + [CalibrationMethod.temperature, .vector(), .isotonic, .dirichlet()].map { method in
        rows(.plain, "promises, \(method.name)") { $0.promises(200, after: method) }
      }
  }

  private static var kept: [CoverageCell] {
    let grouped = World.unequal.inGroups(0.5, sizes: [6])
    func cell(
      _ name: String, _ made: @escaping @Sendable (CoverageStudy) -> [CoverageRow]
    ) -> CoverageCell { rows(.promises, "kept, \(name)", made) }
    let sets = [CalibrationMethod.temperature, .vector()].flatMap { method in
      [(World.unequal, 400), (World.overconfident, 400), (grouped, 100)].map { world, n in
        cell("sets, \(method.name), \(world.name), \(n)") {
          $0.sets(n, world: world, after: method)
        }
      }
    }
    let risks = [(World.unequal, 400), (grouped, 100)].map { world, n in
      cell("risk, \(world.name), \(n)") { $0.risk(n, world: world) }
    }
    let second = [(World.unequal, 400), (World.balanced, 400)].map { world, n in
      cell("second, \(world.name), \(n)") { $0.second(n, world: world) }
    }
    return sets + risks + second
  }

  private static var areas: [CoverageCell] {
    [5, 10, 20, 40, 100].flatMap { n in
      [1, 10, 100, 1000].filter { n * $0 <= 20_000 }.flatMap { ratio in
        [0.5, 1, 2].map { spread in
          rows(.plain, "areas, \(n), \(ratio), \(spread)") {
            $0.areas(n, ratio: ratio, spread: spread, truth: 0.9)
          }
        }
      }
    }
  }
}
