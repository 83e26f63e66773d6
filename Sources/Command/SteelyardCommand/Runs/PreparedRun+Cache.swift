import Batches
import Console
import Datasets
import Files
import Runs
import Training

extension PreparedRun {
  /// Seconds between two lines on the way.
  private static let interval = 10.0

  /// Keeps decoded and scaled images where `--cache` says: in memory, which the trainer fills as it goes, or in a file, which
  /// is written here where it is not there yet.
  ///
  /// - Parameter note: told what a person should know.
  /// - Throws: `FileError` where `--cache disk` cannot be done; what reading an image threw.
  mutating func keepImages(_ note: (String) -> Void) throws {
    let choice = resolved.values.cache
    guard let path = resolved.values.data, let cache = ImageCache(training, plan) else { return }
    // Pixels that stand in one file already need no decoding, and no second file.
    if choice == .auto && data.dataset.pixels != nil { return }
    let folder = UserCache.folder("images")
    let place = choice.place(
      of: cache.bytes, memory: plan.cacheBytes, free: DiskRoom.free(in: folder) ?? 0,
      epochs: plan.epochs)
    switch place {
    case .memory: return
    case .nowhere: plan.cacheBytes = 0
    case .disk:
      do {
        try keep(cache, in: folder, of: FilePath.absolute(path), note)
      } catch let error as FileError where choice == .auto {
        note(
          "cache: images are kept in memory as far as they fit, for a file cannot be written: \(error)"
        )
      }
    }
  }

  private mutating func keep(
    _ cache: ImageCache, in folder: String, of data: String, _ note: (String) -> Void
  ) throws {
    try RunDirectory.makeFolder(folder)
    AtomicFile.removeLeftovers(in: folder)
    let clock = ContinuousClock()
    let start = clock.now
    var (last, isMade) = (start, false)
    let kept = try cache.kept(in: folder, of: data, threads: plan.workers) { done, all in
      if !isMade {
        note(
          "cache: decoding \(Format.count(all)) images once, about \(Format.bytes(cache.bytes)) in \(folder)"
        )
      } else if last.duration(to: clock.now) / .seconds(1) >= Self.interval {
        note("cache: \(Format.count(done)) of \(Format.count(all)) images")
        last = clock.now
      }
      isMade = true
    }
    let seconds = start.duration(to: clock.now) / .seconds(1)
    let files = Set([kept.train.path] + (kept.val.map { [$0.path] } ?? [])).sorted()
    note(
      "cache: \(Format.count(cache.count)) images are read decoded from \(files.joined(separator: ", "))"
        + (isMade ? ", made in \(Format.decimal(seconds)) s" : ""))
    training.kept = kept
  }
}
