import Batches
import Files
import Imaging
import Inference
import Parallel
import Randomness

/// Writes the prepared images of sets into one file, each content once.
struct Packing {
  private struct Picture: Sendable {
    let set: Int
    let row: Int
    let digest: ContentDigest
  }

  private let sets: [ExampleSet]
  private let preparation: Preparation
  private let threads: Int
  private let pictures: [Picture]

  init(_ sets: [ExampleSet], _ preparation: Preparation, threads: Int) {
    (self.sets, self.preparation, self.threads) = (sets, preparation, threads)
    var (seen, pictures) = (Set<ContentDigest>(), [Picture]())
    for (place, set) in sets.enumerated() {
      for (row, digest) in set.digests.enumerated() {
        guard let digest, seen.insert(digest).inserted else { continue }
        pictures.append(Picture(set: place, row: row, digest: digest))
      }
    }
    self.pictures = pictures
  }

  func write(to path: String, told: (Int, Int) throws -> Void) throws {
    var failure: (any Error)?
    do {
      try PackedFile.write(
        to: path, content: preparation.text, source: "", table: nil, count: pictures.count
      ) { (range) throws(FileError) in
        do {
          try told(range.lowerBound, pictures.count)
          return try inParallel(range.count, threads: threads) { place in
            Result { try record(range.lowerBound + place) }
          }.map { try $0.get() }
        } catch {
          failure = error
          throw .missing(path: path)
        }
      }
    } catch { throw failure ?? error }
  }

  private func record(_ number: Int) throws -> PackedContent {
    let picture = pictures[number]
    let set = sets[picture.set]
    guard let read = set.read else { throw FileError.missing(path: set.paths[picture.row]) }
    var unused = RandomSource(seed: 0)
    let image = preparation.transform(
      try read(picture.row, preparation.atLeast), using: &unused)
    // The digest is of what the survey read; pixels of another content must never be found by it.
    if let now = try set.digestNow?(picture.row), now != picture.digest {
      throw FileError.malformed(
        path: set.paths[picture.row],
        reason: "has been changed since the run looked at it; start the run again")
    }
    return PackedContent(
      name: "\(number).ppm", bytes: Netpbm.bytes(of: image), digest: picture.digest)
  }
}
