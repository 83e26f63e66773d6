import Batches
import Console
import Evaluation
import Files
import Foundation
import Inference
package import Networks
import Plans
package import Runs
import Sampling
package import Training

/// The frozen baseline of a run that began from weights, on the run's own split: for `train` at its end, and for whoever
/// compares.
package struct FrozenRun {
  private let prepared: PreparedRun

  /// Most training images of which every run is given a baseline.
  package static let most = 50_000

  /// Largest images × features × classes of which the slower heads are made unasked: a minute or two of one core.
  private static let mostWork = 2_000_000_000

  /// - Parameter prepared: a run with weights to begin from.
  package init(_ prepared: PreparedRun) { self.prepared = prepared }

  /// Why there is no baseline to be made, as a sentence; `nil` where there is, and where nobody would expect one.
  package var obstacle: String? {
    guard isWanted, prepared.training.train.count > Self.most else { return nil }
    return
      "frozen baseline: left out, for more than \(Format.count(Self.most)) training images it takes its time;"
      + " steelyard train DATA --method logistic with these weights makes it"
  }

  /// Whether the run has a baseline to beat: images, weights, and something that learns.
  package var isWanted: Bool {
    prepared.resolved.values.frozen && prepared.resolved.values.pretrained != nil
      && prepared.training.train.read != nil && !prepared.plan.isOfLabels
      && !prepared.plan.isOfNumbers
      && !prepared.plan.method.isFitted(for: prepared.training.counts)
  }

  /// What heads say of the validation and the test part.
  ///
  /// - Parameters:
  ///   - heads: which heads; all, whatever they cost, unless told.
  ///   - isQuiet: whether no progress is shown.
  ///   - made: given each network with its head.
  /// - Throws: as the run itself would of weights and images; `FrozenStopped` where somebody asks to stop.
  package func answers(
    of heads: [FrozenBaseline.Head] = FrozenBaseline.Head.all, isQuiet: Bool,
    made: (FrozenBaseline.Head, Network) throws -> Void = { _, _ in }
  ) throws -> [FrozenBaseline.Answer] {
    guard let baseline = try baseline() else { return [] }
    var (bar, shown): (PassProgress?, String) = (nil, "")
    defer { bar?.finish() }
    let fits = Set(heads.map(\.name))
    return try baseline.answers(
      on: prepared.training, of: heads,
      progress: { part, done, count in
        if StopSignals.pending != nil { throw FrozenStopped() }
        if part != shown {
          bar?.finish()
          bar = PassProgress(
            "frozen \(part)", total: count, unit: fits.contains(part) ? "fits" : "images",
            isQuiet: isQuiet)
          shown = part
        }
        bar?.advance(to: done)
      }, made: made)
  }

  private func baseline() throws -> FrozenBaseline? {
    guard let weights = try prepared.pretrained() else { return nil }
    let plan = prepared.plan
    return FrozenBaseline(
      weights, of: plan.architecture, pooling: plan.pooling, plan.preprocessing,
      Predictor(
        batchSize: max(plan.batchSize, 32), workers: plan.workers, autocast: plan.autocast,
        device: plan.device), seed: plan.seed)
  }

  /// Makes the baseline and writes it into the run directory, where it is not there.
  ///
  /// - Parameters:
  ///   - directory: the run.
  ///   - isQuiet: whether no progress is shown.
  /// - Returns: a line for each head.
  /// - Throws: as ``answers(of:isQuiet:made:)``, and `FileError` when a file cannot be written.
  package func write(to directory: RunDirectory, isQuiet: Bool) throws -> [String] {
    guard isWanted, prepared.training.train.count <= Self.most,
      !FilePath.isFile(directory.frozen)
    else { return [] }
    let started = ContinuousClock.now
    let work = try baseline()?.work(on: prepared.training) ?? 0
    let isSmall = work <= Self.mostWork
    let answers = try answers(
      of: isSmall ? FrozenBaseline.Head.all : [.neighbours], isQuiet: isQuiet)
    try RunDirectory.makeFolder(directory.frozenFolder)
    var heads: [FrozenRecord.Head] = []
    for answer in answers {
      var metrics: [String: [String: Double]] = [:]
      for (part, found) in answer.predictions {
        var predictions = found
        predictions.areOrdered = prepared.plan.areClassesOrdered
        try predictions.write(to: directory.frozenPredictions(answer.head.name, part))
        metrics[part] =
          MetricsReport(predictions, trainingCounts: prepared.training.counts.counts).values
      }
      heads.append(
        .init(method: answer.head.name, settings: answer.head.settings, metrics: metrics))
    }
    let record = FrozenRecord(
      architecture: prepared.plan.architecture,
      seconds: (ContinuousClock.now - started) / .seconds(1),
      heads: heads)
    try record.write(to: directory.frozen)
    return lines(record) + (isSmall ? [] : [Self.tooMuch(work)])
  }

  private static func tooMuch(_ work: Int) -> String {
    "frozen baseline: logistic left out, for images × features × classes are \(Format.count(work)), more than"
      + " \(Format.count(mostWork)); steelyard train DATA --method logistic with these weights makes it"
  }

  private func lines(_ record: FrozenRecord) -> [String] {
    record.heads.compactMap { head in
      let part = head.metrics["test"] == nil ? "val" : "test"
      guard let metrics = head.metrics[part] else { return nil }
      let numbers = ["accuracy", "balanced_accuracy", "mcc"].compactMap { name in
        metrics[name].map { "\(name) \(Format.decimal($0))" }
      }
      return "frozen baseline, \(head.method) on \(part): \(numbers.joined(separator: ", "))"
    } + [
      "frozen baseline: took \(Format.decimal(record.seconds, places: 1)) s; --no-frozen leaves it out"
    ]
  }
}

/// Somebody asked to stop while the baseline was made; the run is whole without it.
package struct FrozenStopped: Error {}
