import Files
package import Runs
import Torch
import Weights

/// A checkpoint of another version; becomes the reason of a `RunError.damaged`.
private struct OtherFormat: Error, CustomStringConvertible {
  let path: String
  let format: Int
  var description: String {
    "\(path): was saved by another version of Steelyard (format \(format), this one resumes format "
      + "\(TrainingState.currentFormat))"
  }
}

extension Trainer {
  /// Name of the tensor that holds the state as JSON; no tensor of a network is called so.
  static let stateName = "state"

  /// Refuses a run whose last checkpoint is damaged or of another version, before data are read for it.
  ///
  /// It reads the header of the checkpoint and the state in it, and no other tensor. A run without a checkpoint
  /// passes: it begins anew.
  ///
  /// - Parameter directory: the run to go on with.
  /// - Throws: `RunError.damaged` with what is wrong and where the best weights are; `FileError` where the file cannot be
  ///   read.
  package static func checkSaved(in directory: RunDirectory) throws {
    guard FilePath.isFile(directory.last) else { return }
    try reading(directory) {
      let state = try Safetensors.tensor(stateName, of: directory.last)
      _ = try savedState(state?.scalars(as: UInt8.self) ?? [], name: directory.last)
    }
  }

  /// The state in the bytes of its tensor.
  static func savedState(_ bytes: [UInt8], name: String) throws -> TrainingState {
    let format = try JSONFile.decode(TrainingState.Format.self, from: bytes, name: name)
    guard format.format == TrainingState.currentFormat else {
      throw OtherFormat(path: name, format: format.format ?? 1)
    }
    return try JSONFile.decode(TrainingState.self, from: bytes, name: name)
  }

  /// Reads from the last checkpoint; whatever is wrong with it comes back with the way on.
  static func reading(_ directory: RunDirectory, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as RunError {
      throw error
    } catch WeightsError.file(let error) {
      throw error
    } catch {
      throw RunError.damaged(
        run: directory.path, reason: "\(error)",
        best: FilePath.isFile(directory.best) ? directory.best : nil)
    }
  }
}
