public import Batches
package import Files
import Imaging
import Inference
import Parallel
import Randomness

/// The prepared images of a run, to be kept in files of a folder: one for each way of preparing them, which is one in all but
/// where training crops.
///
/// A file is known by the data's path and the preparation; it holds the images of the run that wrote it last. Where it lacks one
/// of those wanted, or its content has changed, it is written anew. Files that nobody has used for 30 days are removed then.
package struct ImageCache: Sendable {
  private struct Part: Sendable {
    let preparation: Preparation
    var sets: [ExampleSet]

    var images: Int { sets.reduce(0) { $0 + $1.count } }
  }

  /// Days that a file is kept which nobody uses.
  private static let days = 30
  private let parts: [Part]
  private let hasValidation: Bool

  /// The images that a run reads in every epoch; nil where it reads rows of numbers, or where the content of a file is not
  /// known.
  package init?(_ data: TrainingData, _ plan: TrainingPlan) {
    guard let images = plan.preprocessing.images else { return nil }
    let sets =
      [(data.pool, ExampleSet.Purpose.training)] + (data.val.map { [($0, .evaluation)] } ?? [])
    var parts: [Part] = []
    for (set, purpose) in sets {
      guard set.digests.count == set.count, !set.digests.contains(nil) else { return nil }
      let preparation = images.preparation(for: purpose)
      if let place = parts.firstIndex(where: { $0.preparation.text == preparation.text }) {
        parts[place].sets.append(set)
      } else {
        parts.append(Part(preparation: preparation, sets: [set]))
      }
    }
    (self.parts, hasValidation) = (parts, data.val != nil)
  }

  /// Images to be kept.
  package var count: Int { parts.reduce(0) { $0 + $1.images } }

  /// Bytes that they take, at most a few percent off where they are of several proportions.
  package var bytes: Int { parts.reduce(0) { $0 + $1.images * $1.preparation.bytesOfImage } }

  /// The files, of which those that lack an image are written.
  ///
  /// - Parameters:
  ///   - folder: where they lie.
  ///   - data: the data's absolute path.
  ///   - threads: that decode, at least 1.
  ///   - told: told how many images of how many are written.
  /// - Throws: `FileError` of the disk; what reading an image threw.
  package func kept(
    in folder: String, of data: String, threads: Int, told: (Int, Int) -> Void
  ) throws -> KeptImages {
    let files = try parts.map { part in
      let text = part.preparation.text
      let name = SHA256.hexadecimal(Array("1 \(data) \(text)".utf8)).prefix(32)
      let path = FilePath.join(folder, "\(name).tar")
      if let found = try? PreparedImages(path: path, preparation: text),
        part.sets.allSatisfy({ found.records(of: $0.digests) != nil })
      {
        DiskRoom.touch(path)
        return found
      }
      DiskRoom.removeUnused(in: folder, fileExtension: "tar", after: Self.days)
      try write(part, to: path, threads: threads, told: told)
      guard let written = try PreparedImages(path: path, preparation: text) else {
        throw FileError.malformed(path: path, reason: "was replaced while it was written")
      }
      return written
    }
    return KeptImages(train: files[0], val: hasValidation ? files[files.count - 1] : nil)
  }

  private func write(
    _ part: Part, to path: String, threads: Int, told: (Int, Int) -> Void
  ) throws {
    var (seen, images) = (Set<ContentDigest>(), [(set: Int, row: Int, digest: ContentDigest)]())
    for (place, set) in part.sets.enumerated() {
      for (row, digest) in set.digests.enumerated() {
        if let digest, seen.insert(digest).inserted { images.append((place, row, digest)) }
      }
    }
    let all = images
    var failure: (any Error)?
    do {
      try PackedFile.write(
        to: path, content: part.preparation.text, source: "", table: nil, count: all.count
      ) { (range) throws(FileError) in
        told(range.lowerBound, all.count)
        let made = inParallel(range.count, threads: threads) { place in
          let image = all[range.lowerBound + place]
          return Result {
            let bytes = try part.sets[image.set].prepared(image.row, part.preparation)
            return PackedContent(
              name: "\(range.lowerBound + place).ppm", bytes: bytes, digest: image.digest)
          }
        }
        do {
          return try made.map { try $0.get() }
        } catch {
          failure = error
          throw .missing(path: path)
        }
      }
    } catch { throw failure ?? error }
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
  /// A prepared image as the bytes of a record.
  fileprivate func prepared(_ row: Int, _ preparation: Preparation) throws -> [UInt8] {
    guard let read else { return [] }
    var unused = RandomSource(seed: 0)
    return Netpbm.bytes(
      of: preparation.transform(try read(row, preparation.atLeast), using: &unused))
  }
}
