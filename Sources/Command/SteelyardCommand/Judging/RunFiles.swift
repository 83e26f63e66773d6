import Decisions
import Evaluation
import Files
import Imaging
import Inference
import Methods
import Plans
import Reports
import Runs
import Uncertainty

/// What lies in a run directory, read for its report.
struct RunFiles {
  let run: RunDirectory
  private let config: ConfigRecord

  init(_ run: RunDirectory) throws(RunFileError) {
    self.run = run
    config = try ConfigRecord.read(run.config)
  }

  /// Everything that a report can be made of.
  ///
  /// - Parameters:
  ///   - split: Only this part of the data; `nil` takes all that were evaluated.
  ///   - intervals: How intervals are made where the metrics have none; they are then written back.
  ///   - reading: How tables are read, and the positive class where it is chosen.
  func contents(
    _ split: String?, intervals: IntervalSettings?, _ reading: PredictionOptions
  ) throws -> RunContents {
    var contents = RunContents(name: FilePath.name(of: FilePath.absolute(run.path)), path: run.path)
    contents.config = config
    contents.environment = try EnvironmentRecord.readIfPresent(run.environment)
    contents.data = try DataRecord.readIfPresent(run.data)
    contents.frozen = try FrozenRecord.readIfPresent(run.frozen)
    contents.history = try MetricsLog.readIfPresent(run.metricsLines)
    for part in try split.map({ [$0] }) ?? run.evaluatedParts() {
      contents.evaluations.append(try evaluated(part, intervals, reading))
    }
    contents.method = config["method"].flatMap { try? method(named: $0) }
      .map { "\($0.summary). \($0.citation)" }
    if FilePath.isFile(run.model) { contents.rule = try rule() }
    return contents
  }

  /// The stored rule; one that cannot be read is said, and left out.
  private func rule() throws -> DecisionRule? {
    do {
      return try ModelFile.rule(of: run.model)
    } catch ModelError.badRule(let path, let reason) {
      StandardStreams.note("\(ModelError.badRule(path, reason: reason)); the page is without it")
      return nil
    }
  }

  /// What reads the image of a path in the predictions; `nil` of it where there is none that may be shown.
  ///
  /// - Parameters:
  ///   - pictures: what may be opened.
  ///   - before: small pictures that the run's report has already, by path.
  func images(
    _ pictures: RunPictures, before: [String: [UInt8]]
  ) throws -> (String) -> [UInt8]? {
    var options = try run.options().values
    options.readPixelsAsStarted()
    let reading = options.pixelReading
    return { [run] path in
      pictures.bytes(path, of: run).map { Self.shown($0, reading) } ?? before[path]
    }
  }

  /// What the network saw: where pixels are read otherwise than by default, the picture as PNG, for the
  /// report knows no reading.
  private static func shown(_ bytes: [UInt8], _ reading: PixelReading) -> [UInt8] {
    guard reading != PixelReading(),
      let image = try? ImageFile.decode(bytes, name: "", reading: reading),
      let png = try? PNG.encode(image)
    else { return bytes }
    return png
  }

  private func evaluated(
    _ part: String, _ intervals: IntervalSettings?, _ reading: PredictionOptions
  ) throws -> RunContents.Evaluated {
    let labelled = try LabelledPredictions(run.path, split: part, reading)
    var judgement = try Judgement.readIfPresent(run.metrics(part))
    let isMade =
      intervals.map { intervals in
        let column = labelled.predictions.groupColumn(intervals.groupColumn)?.name
        guard judgement?.report.positive == labelled.predictions.positive,
          judgement?.report.areOrdered == labelled.predictions.areOrdered
        else { return false }
        return judgement?.assessment?.resampling.follows(intervals, groupColumn: column) ?? false
      } ?? true
    if let intervals, !isMade {
      let made = Judgement(labelled.predictions, shots: labelled.shots, intervals)
      try made.write(to: run.metrics(part))
      judgement = made
    }
    return .init(
      split: part, predictions: labelled.predictions, judgement: judgement, notes: labelled.notes)
  }
}
