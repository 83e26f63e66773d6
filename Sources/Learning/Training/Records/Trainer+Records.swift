import Batches
import Files
import Foundation
import Inference
import Networks
import Runs
import Sessions

extension Trainer {
  /// The log of single examples, where the plan asks for one: taken up where the checkpoint left it, or begun
  /// anew.
  func exampleLog() throws -> ExampleLog? {
    guard let every = plan.recordsEvery, let directory else { return nil }
    return try ExampleLog(
      directory.examples, upTo: state.recorded, every: every, paths: data.train.paths)
  }

  /// Keeps the weights of the epoch that has just ended, averaged where an average is kept, and drops the older
  /// ones that the plan does not keep.
  ///
  /// A run that is killed before the save that follows does the epoch again, and writes the same file.
  func keepEpoch() throws {
    guard let directory, plan.keptCheckpoints > 0 else { return }
    let path = directory.checkpoint(ofEpoch: state.epoch)
    try session.withAveragedWeights {
      try ModelFile.write(network.stateDict, description(epoch: state.epoch), to: path)
    }
    try CheckpointNote(state, plan).write(to: directory.note(of: path))
    for epoch in try directory.keptEpochs().dropLast(plan.keptCheckpoints) {
      let old = directory.checkpoint(ofEpoch: epoch)
      for file in [old, directory.note(of: old)] where FilePath.isFile(file) {
        try FileManager.default.removeItem(atPath: file)
      }
    }
  }
}
