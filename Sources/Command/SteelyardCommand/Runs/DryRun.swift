import Batches
import Console
import Datasets
import Foundation
import Networks
import Runs
import Sampling
import Torch
import Training

/// `train --dry-run`: everything but the training, and nothing written.
struct DryRun: Codable {
  /// The resolved options as they would stand in `config.yaml`.
  var config: String
  /// Where a run started now would go.
  var directory: String
  /// What the examples are.
  var input: InputKind
  var images: [String: Int]
  var classes: [String]
  var trainingCounts: [Int]
  var parameters: Int
  var rehearsal: Trainer.FirstStep
  /// Largest memory of the process so far, in bytes.
  var peakMemory: Int

  /// Resolves, reads the data, runs one batch.
  /// - Throws: whatever `train` would throw before its second step.
  init(_ resolved: ResolvedOptions, note: (String) -> Void) throws {
    let prepared = try PreparedRun(resolved, note: note)
    let trainer = try Trainer(
      prepared.plan, data: prepared.training, directory: nil,
      pretrained: try prepared.pretrained(), adapter: try prepared.adapter())
    rehearsal = try trainer.firstStep()
    directory = RunDirectory.next(prepared.name, in: prepared.resolved.values.outputDir)
    config = ConfigText.yaml(of: prepared.resolved)
    input = prepared.data.dataset.inputKind
    images = ["train": prepared.training.train.count]
    images["val"] = prepared.training.val?.count
    images["test"] = prepared.training.test?.count
    classes = prepared.training.classes
    trainingCounts = prepared.training.counts.counts
    parameters = trainer.network.parameters.reduce(0) { $0 + $1.tensor.count }
    peakMemory = PeakMemory.bytes
  }

  func report(asJSON: Bool) throws {
    if asJSON { try StandardStreams.json(self) } else { StandardStreams.write(text) }
  }

  private var text: String {
    let parts = ["train", "val", "test"].compactMap { part in
      images[part].map { "\(part) \(Format.count($0))" }
    }
    let noun = input.plural
    let counts = zip(classes, trainingCounts).map { "\($0) \(Format.count($1))" }
    return config + """

      run directory   \(directory)
      \(noun)\(String(repeating: " ", count: 16 - noun.count))\(parts.joined(separator: ", "))
      training        \(counts.joined(separator: ", "))
      parameters      \(Format.count(parameters))
      steps an epoch  \(Format.count(rehearsal.stepsPerEpoch))
      first batch     loss \(Format.decimal(rehearsal.loss)), \
      \(Format.decimal(rehearsal.seconds)) s, warm-up of the engine included
      peak memory     \(Format.bytes(peakMemory))

      Nothing was written. Leave out --dry-run to train.

      """
  }
}

/// The largest memory that this process has had.
enum PeakMemory {
  static var bytes: Int {
    var usage = rusage()
    #if canImport(Glibc)
      getrusage(RUSAGE_SELF.rawValue, &usage)
      return usage.ru_maxrss * 1024  // kibibytes
    #else
      getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    #endif
  }
}
