public import Batches
package import Files
import Imaging
import Inference
import Parallel
import Randomness

/// The prepared images of a run, to be kept in files of a folder: one for each way of preparing them, which is one in all but
/// where training crops.
///
/// A file is known by the data's path and the preparation. It holds all images of the run, those of the test part too, so that a
/// run with another seed finds its images whatever part they are in. Where it lacks one of those wanted, as where a file has
/// changed, it is written anew; files that nobody has used for 30 days are removed then.
package struct ImageCache: Sendable {
  private struct Part: Sendable {
    let preparation: Preparation
    /// What is read in every epoch.
    var sets: [ExampleSet]
    /// What is written as well.
    var others: [ExampleSet]

    var all: [ExampleSet] { sets + others }
  }

  /// Days that a file is kept which nobody uses.
  private static let days = 30
  private let parts: [Part]
  private let hasValidation: Bool

  /// The images that a run reads in every epoch; nil where it reads rows of numbers, or where the content of a file is not
  /// known.
  package init?(_ data: TrainingData, _ plan: TrainingPlan) {
    guard let images = plan.preprocessing.images else { return nil }
    let sets: [(ExampleSet, ExampleSet.Purpose)] =
      [(data.pool, .training)] + (data.val.map { [($0, .evaluation)] } ?? [])
    guard sets.allSatisfy({ $0.0.hasDigests }) else { return nil }
    var parts: [Part] = []
    for (set, purpose) in sets {
      let preparation = images.preparation(for: purpose)
      if let place = parts.firstIndex(where: { $0.preparation.text == preparation.text }) {
        parts[place].sets.append(set)
      } else {
        parts.append(Part(preparation: preparation, sets: [set], others: []))
      }
    }
    let all = [data.pool] + [data.val, data.test].compactMap { $0 }.filter(\.hasDigests)
    for place in parts.indices { parts[place].others = all }
    (self.parts, hasValidation) = (parts, data.val != nil)
  }

  /// Images that are read in every epoch.
  package var count: Int { parts.reduce(0) { $0 + $1.sets.reduce(0) { $0 + $1.count } } }

  /// Bytes that these take, at most a few percent off where they are of several proportions.
  package var bytes: Int { parts.reduce(0) { $0 + $1.preparation.bytes(of: $1.sets) } }

  /// The files, where each has all images that are wanted; nil where one lacks some, or is damaged.
  ///
  /// - Parameters:
  ///   - folder: where they lie.
  ///   - data: the data's absolute path.
  package func found(in folder: String, of data: String) -> KeptImages? {
    let files = parts.compactMap { found($0, at: path(of: $0, in: folder, data)) }
    guard files.count == parts.count else { return nil }
    files.forEach { DiskRoom.touch($0.path) }
    return kept(files)
  }

  /// The files, of which those that lack an image are written.
  ///
  /// - Parameters:
  ///   - folder: where they lie.
  ///   - data: the data's absolute path.
  ///   - threads: that decode, at least 1.
  ///   - told: told, before some images are decoded, how many of how many are written; what it throws ends the writing.
  /// - Throws: `FileError` of the disk; what reading an image, or `told`, threw.
  package func made(
    in folder: String, of data: String, threads: Int, told: (Int, Int) throws -> Void
  ) throws -> KeptImages {
    let files = try parts.map { part in
      let path = path(of: part, in: folder, data)
      if let found = found(part, at: path) { return found }
      DiskRoom.removeUnused(in: folder, fileExtension: "tar", after: Self.days)
      try Packing(part.all, part.preparation, threads: threads).write(to: path, told: told)
      guard let written = try PreparedImages(path: path, preparation: part.preparation.text) else {
        throw FileError.malformed(path: path, reason: "was replaced while it was written")
      }
      return written
    }
    return kept(files)
  }

  private func kept(_ files: [PreparedImages]) -> KeptImages {
    KeptImages(train: files[0], val: hasValidation ? files[files.count - 1] : nil)
  }

  private func path(of part: Part, in folder: String, _ data: String) -> String {
    let key = "\(data) \(part.preparation.text)"
    return FilePath.join(folder, "\(SHA256.hexadecimal(Array(key.utf8)).prefix(32)).tar")
  }

  private func found(_ part: Part, at path: String) -> PreparedImages? {
    guard let found = try? PreparedImages(path: path, preparation: part.preparation.text),
      part.sets.allSatisfy({ found.records(of: $0.digests) != nil })
    else { return nil }
    return found
  }
}

/// Prepared images of the sets of a run.
public struct KeptImages: Sendable {
  /// Of the training examples, and of those without labels.
  public let train: PreparedImages
  /// Of validation.
  public let val: PreparedImages?
}

extension ExampleSet {
  /// Whether the content of every image file is known.
  fileprivate var hasDigests: Bool { digests.count == count && !digests.contains(nil) }
}

extension Preparation {
  /// Bytes that the prepared images of sets take.
  fileprivate func bytes(of sets: [ExampleSet]) -> Int {
    sets.reduce(0) { $0 + $1.count * bytesOfImage }
  }
}
