import Datasets
import Files
import Runs

extension Survey {
  /// The survey of data: of many image files, what an earlier start of any command has read of those that have not changed is
  /// taken over from the user's cache (``SurveyCache``).
  ///
  /// - Parameters:
  ///   - data: what to read.
  ///   - path: the data, as they were named.
  ///   - threads: at most this many images at once.
  ///   - fingerprints: whether near copies are to be found.
  ///   - isFresh: whether every image is read again (`--rehash`).
  static func kept(
    _ data: Dataset, of path: String, threads: Int, fingerprints: Bool = true, isFresh: Bool
  ) -> Survey {
    guard data.examples.count >= SurveyCache.least else {
      return Survey(data, threads: threads, fingerprints: fingerprints)
    }
    let folder = UserCache.folder("surveys")
    // Without the folder the cache is not written, and all is read.
    try? RunDirectory.makeFolder(folder)
    // Whoever is swept here by mistake, of another container, has lost a cache and no more.
    AtomicFile.removeLeftovers(in: folder)
    let name = SurveyCache.name(of: FilePath.absolute(path), reading: data.pixelReading)
    return SurveyCache(path: FilePath.join(folder, name), isFresh: isFresh)
      .survey(data, threads: threads, fingerprints: fingerprints)
  }
}
