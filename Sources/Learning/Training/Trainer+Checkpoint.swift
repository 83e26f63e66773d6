import Files
import Foundation
import Inference
import Networks
import OrderedCollections
import Plans
import Runs
import Sessions
import Torch
import Weights

extension Trainer {
  /// Saves within an epoch when steps or the clock say so, and no gradient is half added up.
  func saveIfDue(_ steps: Int) throws {
    let isWhole = state.step % plan.accumulation == 0
    guard directory != nil, isWhole, state.step < steps else { return }
    let bySteps = plan.checkpointSteps.map { state.step % $0 == 0 } ?? false
    let byClock = (ContinuousClock.now - lastSave) / .seconds(1) >= plan.checkpointSeconds
    if bySteps || byClock { try save() }
  }

  /// Writes `last.safetensors`, all of the state in one file, so that one rename replaces it.
  func save() throws {
    guard let directory else { return }
    try readLosses()
    try requireFiniteWeights()
    try records?.flush()
    state.recorded = records?.count
    state.session = session.savedState
    var tensors = session.savedTensors()
    // A tensor, not metadata: it grows with classes and epochs, and a header has a largest size.
    let text = try JSONFile.encodeLine(state)
    tensors[Self.stateName] = Tensor(text, shape: [text.count])
    try Safetensors.write(tensors, metadata: ["format": "pt"], to: directory.last)
    try CheckpointNote(state, plan).write(to: directory.note(of: directory.last))
    lastSave = ContinuousClock.now
    observer.saved(epoch: state.epoch + 1, step: state.step)
  }

  /// Writes the weights that were just found best.
  func saveBest() throws {
    guard let directory else {
      bestWeights = session.withAveragedWeights {
        network.stateDict.mapValues { $0.detached().cloned() }
      }
      return
    }
    let path = directory.best(ofStage: state.stage, timeline)
    try session.withAveragedWeights {
      try ModelFile.write(network.stateDict, description(), to: path)
    }
    try CheckpointNote(state, plan).write(to: directory.note(of: path))
  }

  /// Goes back to where the last checkpoint stood; a run killed before its first one begins anew.
  func restore() throws {
    guard let directory, FilePath.isFile(directory.last) else { return }
    try Self.reading(directory) { try restore(directory) }
  }

  private func restore(_ directory: RunDirectory) throws {
    let (tensors, _) = try Safetensors.read(directory.last)
    let bytes = tensors[Self.stateName]?.scalars(as: UInt8.self) ?? []
    let saved = try Self.savedState(bytes, name: directory.last)
    guard saved.fingerprint == state.fingerprint else {
      throw RunError.differs(directory.path, what: "settings or data have changed")
    }
    // A form that no network has would stop the program where it is built.
    let form = saved.session.form
    if let problem = try Architectures.named(plan.architecture).problem(
      of: form, classes: data.answers.count)
    {
      throw FileError.malformed(path: directory.last, reason: "\(problem), in its network's form")
    }
    session = Session(try Self.network(of: form, plan, data, key: key), settings)
    if saved.stage >= 0 {
      session.enter(timeline.stage(numbered: saved.stage), for: data.counts)
    }
    try session.restore(tensors, saved.session)
    state = saved
    // A run killed between the two files has an older note, and a finished one saves no more.
    try CheckpointNote(state, plan).write(to: directory.note(of: directory.last))
  }

  /// Refuses to save or to judge weights that an update has made NaN or infinite: a loss can be
  /// finite when its gradient is not.
  func requireFiniteWeights() throws {
    guard !session.isFinite else { return }
    throw TrainingError.diverged(
      epoch: state.epoch + 1, step: state.step, lastGood: lastCheckpoint)
  }

  /// The last checkpoint that was written, if any was.
  var lastCheckpoint: String? {
    directory.map(\.last).flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil }
  }
}
