import Batches
import Imaging
import Torch

/// What may stand anywhere among the words: `--device NAME`, `--workers COUNT` and `--threads COUNT`, of training also `auto`,
/// `--augment NAME` and `--augment-on WHO`.
struct Options {
  /// Where the network computes.
  var device = Device.cpu
  /// Threads that prepare images.
  var workers = 2
  /// Whether a trial finds how many kernel threads train fastest.
  var measuresThreads = false
  /// What is drawn for training images.
  var preset = PresetName.crop
  /// Who makes it.
  var augmentation = AugmentationChoice.auto

  /// Takes the options out of the words.
  ///
  /// - Parameter words: the program's; what is left has its place.
  /// - Throws: `TorchError` of a device that is not known or not here.
  init?(_ words: inout [String]) throws {
    while let place = words.firstIndex(where: { $0.hasPrefix("--") }) {
      guard place + 1 < words.count else { return nil }
      let value = words[place + 1]
      switch words[place] {
      case "--device": device = try Device(value)
      case "--workers":
        guard let count = Int(value), count >= 1 else { return nil }
        workers = count
      case "--threads":
        measuresThreads = value == "auto"
        guard !measuresThreads else { break }
        guard let count = Int(value), count >= 1 else { return nil }
        Engine.threads = count
      case "--augment":
        guard let name = PresetName(rawValue: value) else { return nil }
        preset = name
      case "--augment-on":
        guard let choice = AugmentationChoice(rawValue: value) else { return nil }
        augmentation = choice
      default: return nil
      }
      words.removeSubrange(place...place + 1)
    }
  }
}
