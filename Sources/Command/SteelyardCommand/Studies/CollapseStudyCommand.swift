import ArgumentParser
import Console
import Randomness
import Reports
import Studies

/// `steelyard study collapse`
struct CollapseStudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collapse",
    abstract: "How long the classifiers of rare classes become, and below what size they vanish.",
    discussion: """
      Unconstrained features under weight decay: the squared length of each class's classifier in closed form, and what \
      gradient descent comes to. A class of too few examples has none at all: minority collapse. \
      Source: Dang et al., ICML 2023.
      """)

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Examples of each class (default: 1,20,40,80).", valueName: "counts"))
  var counts: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Linear layers after the features.", valueName: "count"))
  var layers = 1

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Weight decay of layers and features.", valueName: "number"))
  var decay = CollapseStudy().decay

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Steps of gradient descent.", valueName: "count"))
  var steps = CollapseStudy().steps

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Seed of the first weights.", valueName: "number"))
  var seed: UInt64 = 0

  @OptionGroup(title: "Output") var output: StudyFlags

  private var sizes: [Int]? {
    guard let counts else { return CollapseStudy().counts }
    let parts = counts.split(separator: ",", omittingEmptySubsequences: false).map {
      Int(String($0).trimmed)
    }
    let known = parts.compactMap(\.self)
    return known.count == parts.count ? known : nil
  }

  func validate() throws {
    guard let sizes, (2...20).contains(sizes.count), sizes.allSatisfy({ $0 >= 1 }),
      sizes.reduce(0, +) <= 2000
    else {
      throw ValidationError(
        "--counts: expected 2 to 20 whole numbers such as 1,20,40,80, none 0, of at most 2,000 examples together"
      )
    }
    guard (1...5).contains(layers), decay > 0, decay < 1, (1...200_000).contains(steps) else {
      throw ValidationError(
        "expected 1 to 5 layers, a decay between 0 and 1 and 1 to 200,000 steps")
    }
  }

  func run() throws {
    var study = CollapseStudy(
      counts: sizes ?? CollapseStudy().counts, layers: layers, decay: decay)
    study.steps = steps
    let descent = study.descended(key: RandomKey(seed: seed))
    try output.show(sheet(study, descent), Result(study, descent))
  }

  private func sheet(_ study: CollapseStudy, _ descent: CollapseStudy.Descent) -> StudySheet {
    let rows = study.counts.indices.map { place -> [StudySheet.Cell] in
      [
        .init(study.counts[place]), .init(study.predicted[place]), .init(descent.squares[place]),
        .init(study.predicted[place] == 0 ? "collapsed" : ""),
      ]
    }
    let largest = Double(study.counts.max() ?? 1)
    let places = (0...200).map { Double($0) / 200 * largest }
    let rising = study.counts.indices.sorted { study.counts[$0] < study.counts[$1] }
    return StudySheet(
      columns: [
        .init("examples", "examples"), .init("closed_form", "squared length, closed form"),
        .init("gradient_descent", "by gradient descent"), .init("collapsed", "", isNumber: false),
      ], rows: rows,
      words: "Among \(Format.count(study.counts.reduce(0, +))) examples a class of fewer than "
        + "\(Format.decimal(study.fewest, places: 2)) has no classifier. After gradient descent the largest product of two"
        + " classifiers is \(Self.power(descent.offDiagonal)) of the longest square, and the largest squared distance of a"
        + " feature to its class's mean \(Self.power(descent.withinClass)).",
      plot: StandalonePlot(
        title: "Neural collapse under imbalance",
        description: "Squared length of a class's classifier against its number of examples",
        xTitle: "examples of the class", yTitle: "squared length of its classifier",
        lines: [
          .init("closed form", x: places, y: places.map { $0 > 0 ? study.predicted(of: $0) : 0 }),
          .init(
            "gradient descent", x: rising.map { Double(study.counts[$0]) },
            y: rising.map { descent.squares[$0] }, hasMarks: true),
        ]))
  }

  /// A number near 0 by its power of ten.
  private static func power(_ value: Double) -> String {
    value < 1e-12
      ? "below 1e-12" : value < 1e-3 ? "below \(Self.tens(value))" : Format.decimal(value)
  }

  private static func tens(_ value: Double) -> String {
    var (power, ten) = (0, 1.0)
    while ten / 10 > value { (power, ten) = (power + 1, ten / 10) }
    return "1e-\(power)"
  }

  private struct Result: Encodable {
    let counts: [Int]
    let layers: Int
    let decay: Double
    let closedForm: [Double]
    let fewest: Double
    let descent: CollapseStudy.Descent

    init(_ study: CollapseStudy, _ descent: CollapseStudy.Descent) {
      (counts, layers, decay) = (study.counts, study.layers, study.decay)
      (closedForm, fewest, self.descent) = (study.predicted, study.fewest, descent)
    }

    enum CodingKeys: String, CodingKey {
      case counts, layers, decay, fewest
      case closedForm = "closed_form"
      case descent = "gradient_descent"
    }
  }
}
