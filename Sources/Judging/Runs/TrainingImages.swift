import Datasets
public import Files

/// What a model has learned from: the training part of ``RunImages``, against which other data are checked before they
/// are called a test.
public struct TrainingImages: Sendable, Equatable {
  /// Paths by digest of the decoded pixels; empty where the run did not write them.
  public var pathOfPixels: [String: String] = [:]
  /// Paths, as the run's data name them.
  public var paths: Set<String> = []
  /// Groups (patients, slides) that were learned from.
  public var groups: Set<String> = []
  /// Whether `pathOfPixels` is known, so that copies under another name are found.
  public var hasPixels: Bool

  /// Reads the table of a run; of a run without one, path and group from its split.
  ///
  /// - Throws: `FileError` when neither can be read, or lacks a column.
  public init(of run: RunDirectory) throws(FileError) {
    hasPixels = FilePath.isFile(run.images) || FilePath.isFile(run.trainingImages)
    guard hasPixels else {
      for image in try SplitFile.images(of: .train, in: run.split) { take(image.path, image.group) }
      return
    }
    var (all, digests): ([(String, String)], [String: String]) = ([], [:])
    try RunImages.read(run) { row in
      guard row.isTraining else { return }
      all.append((row.path, row.group))
      if !row.pixels.isEmpty { digests[row.pixels] = row.path }
    }
    for (path, group) in all { take(path, group) }
    pathOfPixels = digests
  }

  private mutating func take(_ path: String, _ group: String) {
    paths.insert(path)
    if !group.isEmpty { groups.insert(group) }
  }
}
