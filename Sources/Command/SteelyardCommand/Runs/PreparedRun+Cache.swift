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
  /// - Throws: ``ImageCacheError`` or `FileError` where `--cache disk` cannot be done; what reading an image threw.
  mutating func keepImages(_ note: (String) -> Void) throws {
    let choice = resolved.values.cache
    if choice == .off { plan.cacheBytes = 0 }
    guard let path = resolved.values.data, let cache = ImageCache(training, plan) else {
      if choice == .disk { note("cache: the data are no images, so nothing is kept on the disk") }
      return
    }
    // Pixels that stand in one file already need no decoding, and no second file.
    if choice == .auto && data.dataset.pixels != nil { return }
    let (folder, data) = (UserCache.folder("images"), FilePath.absolute(path))
    let free = DiskRoom.free(in: folder) ?? .max
    let place = choice.place(
      of: cache.bytes, memory: plan.cacheBytes, free: free, epochs: plan.epochs)
    switch place {
    case .nowhere: plan.cacheBytes = 0
    case .memory:
      // A file that is there already costs no room.
      guard choice == .auto, cache.bytes > plan.cacheBytes else { return }
      take(cache.found(in: folder, of: data), cache, note)
    case .disk:
      do {
        if let found = cache.found(in: folder, of: data) { return take(found, cache, note) }
        guard cache.bytes < free else {
          throw ImageCacheError.noRoom(folder: folder, bytes: cache.bytes, free: free)
        }
        try make(cache, in: folder, of: data, note)
      } catch {
        guard choice == .auto, Self.isOfTheDisk(error) else { throw error }
        note(
          "cache: images are kept in memory as far as they fit, for a file cannot be written: \(error)"
        )
      }
    }
  }

  private mutating func take(
    _ kept: KeptImages?, _ cache: ImageCache, _ note: (String) -> Void, after words: String = ""
  ) {
    guard let kept else { return }
    let files = Set([kept.train.path] + (kept.val.map { [$0.path] } ?? [])).sorted()
    note(
      "cache: \(Format.count(cache.count)) images are read decoded from "
        + "\(files.joined(separator: ", "))\(words)")
    training.kept = kept
  }

  private mutating func make(
    _ cache: ImageCache, in folder: String, of data: String, _ note: (String) -> Void
  ) throws {
    do { try RunDirectory.makeFolder(folder) } catch { throw ImageCacheError.noFolder(folder) }
    AtomicFile.removeLeftovers(in: folder)
    let clock = ContinuousClock()
    let start = clock.now
    var last = start
    let kept = try cache.made(in: folder, of: data, threads: plan.workers) { done, all in
      if StopSignals.pending != nil { throw ImageCacheError.stopped }
      if done == 0 {
        note("cache: decoding \(Format.count(all)) images once, into \(folder)")
      } else if last.duration(to: clock.now) / .seconds(1) >= Self.interval {
        note("cache: \(Format.count(done)) of \(Format.count(all)) images")
        last = clock.now
      }
    }
    let seconds = start.duration(to: clock.now) / .seconds(1)
    take(kept, cache, note, after: ", made in \(Format.decimal(seconds)) s")
  }

  /// Whether a run can do without the file that could not be written.
  private static func isOfTheDisk(_ error: any Error) -> Bool {
    switch error {
    case ImageCacheError.stopped, FileError.malformed, FileError.malformedLine, FileError.missing:
      false
    default: error is ImageCacheError || error is FileError
    }
  }
}
