import ArgumentParser
import Console
import Randomness
import Reports
import Studies

/// `steelyard study disparity`
struct DisparityStudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disparity",
    abstract:
      "How much adversarial training costs a small class, and more where noise has heavy tails.",
    discussion: """
      Two classes in normal, Holtsmark or Cauchy noise, one more frequent. Shown is the accuracy of the large class minus \
      that of the small one, unattacked, of the classifier that is best without and with an attack: exactly, and learned \
      from samples. Source: Hu et al., ICML 2023.
      """)

  @Option(
    name: .customLong("ratio"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "How much more frequent one class is; repeatable (default: 1, 2, 5, 10).", valueName: "number"
    ))
  var asked: [Double] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Distance of each class from the middle.", valueName: "number"))
  var separation = DisparityStudy().separation

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How far an attack moves an example.", valueName: "number"))
  var attack = DisparityStudy().attack

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Samples that are learned from.", valueName: "count"))
  var repetitions = DisparityStudy().repetitions

  @Option(parsing: .unconditional, help: ArgumentHelp("Seed of the samples.", valueName: "number"))
  var seed: UInt64 = 0

  @OptionGroup(title: "Output") var output: StudyFlags

  func validate() throws {
    guard asked.allSatisfy({ $0 >= 1 && $0 <= 1000 }), (0.1...10).contains(separation),
      attack >= 0, attack < separation, (1...100).contains(repetitions)
    else {
      throw ValidationError(
        "expected ratios of 1 to 1000, a separation of 0.1 to 10, a shorter attack, and 1 to 100 repetitions"
      )
    }
  }

  func run() throws {
    var study = DisparityStudy()
    if !asked.isEmpty { study.ratios = asked }
    (study.separation, study.attack) = (separation, attack)
    study.repetitions = repetitions
    let results = study.results(key: RandomKey(seed: seed))
    try output.show(sheet(study, results), results)
  }

  private func sheet(_ study: DisparityStudy, _ results: [DisparityStudy.Result]) -> StudySheet {
    StudySheet(
      columns: [
        .init("noise", "noise", isNumber: false), .init("ratio", "ratio"),
        .init("plain", "disparity"), .init("robust", "robust"), .init("added", "added"),
        .init("small_robust", "small class, robust"), .init("learned_plain", "learned"),
        .init("learned_robust", "learned robust"),
      ],
      rows: results.map { result in
        [
          .init(result.law.name), .init(result.ratio, places: 1), .init(result.plain.disparity),
          .init(result.robust.disparity), .init(result.added), .init(result.robust.small),
          .init(mean: result.learnedPlain), .init(mean: result.learnedRobust),
        ]
      },
      words:
        "Accuracy of the large class minus that of the small one, on examples that nobody attacks: of the best linear"
        + " classifier, of the best one under an attack of \(Format.decimal(study.attack)), and of logistic regression on"
        + " \(Format.count(study.examples)) examples, mean ± standard error of \(study.repetitions). A disparity of 1 is a"
        + " classifier that always answers the large class.",
      plot: StandalonePlot(
        title: "Accuracy disparity of adversarial training",
        description: "Disparity of the best classifiers against the imbalance ratio",
        xTitle: "imbalance ratio", yTitle: "accuracy, large class less small",
        lines: study.laws.flatMap { law in
          let own = results.filter { $0.law == law }.sorted { $0.ratio < $1.ratio }
          let x = own.map(\.ratio)
          return [
            StandalonePlot.Line("\(law.name)", x: x, y: own.map(\.plain.disparity), hasMarks: true),
            StandalonePlot.Line(
              "\(law.name), robust", x: x, y: own.map(\.robust.disparity), hasMarks: true),
          ]
        }))
  }
}
