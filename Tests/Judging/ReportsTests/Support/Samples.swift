import Decisions
import Evaluation
import Files
import Foundation
import Randomness
import Reports
import Runs

/// Documents of known content, of any number of classes.
enum Samples {
  /// Names that would do harm if they were taken for markup, tables, paths or directions.
  static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "a|b|c", "שלום עולם",
    "gpj\u{202E}exe.txt", "👩🏽‍🔬 cells", String(repeating: "long ", count: 40), "' onmouseover='x",
    "&amp;", "line\u{0}\u{1B}[31m", "](http://x) [y", "--- \n: yaml # !!", "</style></script>",
  ]

  static func names(_ count: Int) -> [String] {
    (0..<count).map { "class-" + String(repeating: "0", count: $0 < 10 ? 2 : 1) + "\($0)" }
  }

  /// Long-tailed predictions of a model that is right about two times in three, and takes a class
  /// for its neighbour otherwise.
  static func predictions(
    classes: [String], count: Int, seed: UInt64 = 1, skill: Double = 2, sites: Bool = true
  ) throws -> Predictions {
    var random = RandomKey(seed: seed).source
    let weights = classes.indices.map { pow(0.75, Double($0 % 24)) }
    let total = weights.reduce(0, +)
    var (truths, probabilities): ([Int], [Double]) = ([], [])
    for row in 0..<count {
      let truth = row < classes.count ? row : draw(weights, random.uniform() * total)
      truths.append(truth)
      var scores = classes.indices.map { _ in random.normal() }
      scores[truth] += skill + 1
      scores[(truth + 1) % classes.count] += skill
      let exponents = scores.map(exp)
      let sum = exponents.reduce(0, +)
      probabilities += exponents.map { ($0 / sum * 1e6).rounded() / 1e6 }
    }
    let paths = (0..<count).map {
      "images/\($0 % 7 == 0 ? hostile[$0 / 7 % hostile.count] : "")\($0).png"
    }
    var columns = [Predictions.Column("patient", (0..<count).map { "p\($0 / 3)" })]
    if sites {
      columns.append(.init("site", (0..<count).map { ["north", "south", "<b>"][$0 % 3] }))
    }
    return try Predictions(
      classes: classes, paths: paths, truths: truths, probabilities: probabilities,
      columns: columns)
  }

  static func draw(_ weights: [Double], _ place: Double) -> Int {
    var sum = 0.0
    for (index, weight) in weights.enumerated() {
      sum += weight
      if place < sum { return index }
    }
    return weights.count - 1
  }

  /// A rule with everything a rule can have, chosen on other predictions.
  static func rule(classes: [String]) throws -> DecisionRule {
    var plan = DecisionPlan(calibration: .temperature)
    plan.points = [.init(classes[classes.count - 1], .sensitivity(atLeast: 0.8))]
    plan.abstention = .risk(atMost: 0.2)
    plan.missRate = 0.1
    plan.costs = classes.indices.map { i in classes.indices.map { $0 == i ? 0 : 1 } }
    return try plan.choose(
      on: LabelledProbabilities(predictions(classes: classes, count: 30 * classes.count, seed: 77)))
  }

  /// A run with everything that its files may hold.
  static func contents(
    name: String = "run", classes: [String], count: Int = 300, seed: UInt64 = 1, skill: Double = 2,
    hasRule: Bool = false
  ) throws -> RunContents {
    let predictions = try predictions(classes: classes, count: count, seed: seed, skill: skill)
    let training = classes.indices.map { max(1, Int(2000 * pow(0.75, Double($0 % 24)))) }
    let metrics = MetricsReport(predictions, trainingCounts: training)
    var contents = RunContents(
      name: name, path: "runs/\(name)",
      evaluations: [.init(split: "test", predictions: predictions, judgement: .plain(metrics))])
    contents.config = try ConfigRecord(parsing: config, name: "config.yaml")
    contents.environment = EnvironmentRecord(
      steelyard: "0.1.0", revision: nil, libtorch: "2.13.0", turboJPEG: "3", vips: "8",
      system: "none", processor: "none", instructions: "none", cores: 2, threads: 2,
      device: "cpu", precision: "float32", seed: 7)
    contents.data = try DataRecord.decode(
      JSONFile.encode(data(classes, training, metrics)), name: "data.json")
    contents.history = history(classes, seed: seed)
    contents.license = "apache-2.0"
    if hasRule { contents.rule = try rule(classes: classes) }
    return contents
  }

  static let config = """
    # steelyard 0.1.0: every option of this run and where it came from
    data-dir: "images # of ours"  # flag
    model: mobilenet-v2           # flag
    method: balanced-mixup        # default
    eval-metric: mcc              # default
    pretrained: null              # default
    img-size: 40                  # file
    """

  private static func data(
    _ classes: [String], _ training: [Int], _ metrics: MetricsReport
  ) -> JSON {
    let counts = { (values: [Int]) in
      JSON.object(
        Dictionary(uniqueKeysWithValues: zip(classes, values.map { JSON.number(Double($0)) })))
    }
    return .object([
      "name": .string("cells"), "digest": .string("0123abcd"),
      "classes": .array(classes.map { .string($0) }),
      "counts": .object([
        "train": counts(training), "test": counts(metrics.perClass.map(\.support)),
      ]),
      "groups": .object([:]), "split": .array([.string("splits of the data kept: train, test")]),
      "leakage": .object([
        "groups": .array([]), "leaks": .array([]), "conflicts": .array([]),
        "duplicates": .array([]),
      ]),
      "skipped": .array([]),
    ])
  }

  private static func history(_ classes: [String], seed: UInt64) -> MetricsLog {
    var random = RandomKey(seed: seed).source
    return MetricsLog(
      (1...12).map { epoch in
        let drawn = classes.map {
          ClassDrawn(name: $0, examples: 100, distinct: 40, mass: 1 / Double(classes.count))
        }
        let record = EpochRecord(
          epoch: epoch, trainLoss: 2 * pow(0.8, Double(epoch)),
          learningRate: 0.001 * (1 - Double(epoch) / 13), mixing: nil, drawn: drawn,
          validation: [
            "mcc": 0.7 - 0.6 * pow(0.7, Double(epoch)) + 0.02 * random.uniform(),
            "log_loss": 0.5 + pow(0.7, Double(epoch)),
          ], isBest: epoch == 1 || epoch == 9)
        return MetricsLog.Line(record: record, seconds: 1.5)
      })
  }
}

/// Just enough JSON to write the files of a run.
enum JSON: Encodable {
  case object([String: JSON])
  case array([JSON])
  case string(String)
  case number(Double)
  case bool(Bool)

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .object(let members): try container.encode(members)
    case .array(let items): try container.encode(items)
    case .string(let text): try container.encode(text)
    case .number(let value):
      if value == value.rounded() {
        try container.encode(Int(value))
      } else {
        try container.encode(value)
      }
    case .bool(let flag): try container.encode(flag)
    }
  }
}
