import Audit
import Datasets
import Files
import Inference
import Runs

/// How hard the examples of an audit are: what its probabilities say of those that it audits, and what a run says of those
/// that it learned from. The two are seldom the same examples, so that a table of its own has both.
struct HardExamples {
  let findings: LabelFindings
  /// The run that is looked into; nil where there is none.
  let run: RunDirectory?
  /// Epochs of EL2N and GraNd; nil is a tenth of the run's, two at least.
  let early: Int?

  private var paths: [String] = []
  private var given: [String: String] = [:]
  private var columns: [HardMeasure: (source: String, values: [String: Double])] = [:]
  /// What a person should know of the records.
  private(set) var notes: [String] = []

  /// Takes in the probabilities, and the records of the run where it has some.
  ///
  /// - Throws: `FileError` for records that cannot be read, `RunFileError` for the run's log.
  init(_ findings: LabelFindings, run: RunDirectory?, early: Int?) throws {
    (self.findings, self.run, self.early) = (findings, run, early)
    try takeRecords()
    takeProbabilities()
  }

  /// The table of all examples, those that were learned from first.
  var table: HardTable {
    let lacks = HardLacks(of: run, with: Set(columns.keys))
    return HardTable(
      paths: paths, given: paths.map { given[$0] ?? "" },
      columns: HardMeasure.allCases.compactMap { measure in
        columns[measure].map { column in
          HardTable.Column(
            measure, source: column.source, values: paths.map { column.values[$0] })
        }
      },
      lacking: lacks.lacking)
  }

  /// Takes in what kept checkpoints say of the training examples of a run.
  ///
  /// What is not finite is left out.
  ///
  /// - Parameters:
  ///   - measures: of each example.
  ///   - set: the examples.
  ///   - words: which checkpoints they are.
  ///   - output: which gradient VoG follows.
  /// - Returns: what a person should know of it.
  mutating func take(
    _ measures: CheckpointMeasures, of set: LabelledSet, _ words: String,
    following output: GradientTarget
  ) -> [String] {
    let names = (0..<set.count).map { set.example(at: $0).path }
    for (place, name) in names.enumerated() {
      add(name, given: set.classes.names[set.labels[place]])
    }
    var told: [String] = []
    func take(_ measure: HardMeasure, _ source: String, _ numbers: [Double]?) {
      guard let numbers else { return }
      let found = FiniteValues(numbers, of: names)
      if !found.values.isEmpty { columns[measure] = (source, found.values) }
      if let note = found.note(on: measure.rawValue) { told.append("hard: " + note) }
    }
    take(.vog, "gradients of the \(output.rawValue) at \(words)", measures.variance)
    take(.tracin, "the last layer at \(words)", measures.selfInfluence)
    return told
  }

  private mutating func add(_ path: String, given name: String) {
    if given.updateValue(name, forKey: path) == nil { paths.append(path) }
  }

  private mutating func takeProbabilities() {
    let audit = findings.audit
    let bits = PointwiseInformation.bits(
      selfConfidence: audit.selfConfidence, given: audit.given, counts: audit.givenCounts)
    var values: [String: Double] = [:]
    for row in 0..<audit.count {
      add(findings.name(row), given: findings.given(row))
      values[findings.name(row)] = bits[row]
    }
    columns[.pvi] = ("the audited probabilities", values)
  }

  private mutating func takeRecords() throws {
    guard let run, FilePath.isFile(run.examples) else { return }
    let log = try MetricsLog.readIfPresent(run.metricsLines)?.records ?? []
    let rates = Dictionary(log.map { ($0.epoch, $0.learningRate) }, uniquingKeysWith: { $1 })
    let early = early ?? max(2, (log.count + 9) / 10)
    let records = try RecordedMeasures(run.examples, early: early, rates: rates)
    for one in try RunLabels.training(run) where records.examples[one.path] != nil {
      add(one.path, given: one.label)
    }
    let all = "\(records.rows) recorded rows"
    let first =
      early == 1 ? "the recorded rows of epoch 1" : "the recorded rows of epochs 1 to \(early)"
    func take(
      _ measure: HardMeasure, _ source: String,
      _ value: KeyPath<RecordedMeasures.Example, Double?>
    ) {
      let values = records.examples.compactMapValues { $0[keyPath: value] }
      if !values.isEmpty { columns[measure] = (source, values) }
    }
    take(.aum, all, \.aum)
    take(.el2n, first, \.el2n)
    take(.grand, first + ", at the last layer", \.grand)
    take(.forgetting, all, \.forgetting)
    take(.tracin, all + ", at the last layer", \.selfInfluence)
    if records.mixedRows > 0 {
      notes.append(
        "hard: \(records.mixedRows) of \(all) are of images that were mixed with others; margins, errors and gradients"
          + " are those of the mixtures")
    }
  }
}
