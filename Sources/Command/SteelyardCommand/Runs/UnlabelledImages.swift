package import Datasets
import Files
package import Runs

/// The images without labels that a run learns from, where the options name some.
package struct UnlabelledImages: Sendable {
  /// What is used: images that decode and that the labelled data do not hold.
  package var dataset: Dataset
  /// Files left out because they do not decode.
  package var skipped: [DataRecord.SkippedImage]
  /// How many were left out because the labelled data hold them; in which part does not matter, for the training
  /// part is learned from anyway, and the others must not be.
  package var known: Int

  /// Opens and reads them; labels that the files may have are not looked at.
  ///
  /// - Parameters:
  ///   - path: folder or table.
  ///   - options: how images are read, and whether one that does not decode is an error.
  ///   - data: the labelled data, with the digests of their pixels.
  ///   - threads: that read at once, at least 1.
  /// - Throws: `DatasetError` for whatever is wrong with them; also where none is left.
  package init(
    _ path: String, _ options: TrainOptions, beside data: Dataset, digests: [String?], threads: Int
  ) throws(DatasetError) {
    var own = options
    // Of what describes the table of the labelled data, only where paths start holds for another table.
    for field in TrainOptions.tables.fields { field.forget(in: &own) }
    if !FilePath.isFolder(path) { own.imageRoot = options.imageRoot }
    var all = try Dataset.unlabelled([path], own)
    all.pixelReading = data.pixelReading
    let survey = Survey.kept(
      all, of: path, threads: threads, fingerprints: false, isFresh: options.rehash)
    if options.onBadImage == .fail { try survey.problems(of: all).check() }
    try survey.scaleProblems(of: all).check()
    let labelled = Set(digests.compactMap(\.self))
    all.note(survey)
    (skipped, known, dataset) = ([], 0, all)
    dataset.examples = []
    for (example, facts) in zip(all.examples, survey.facts) {
      if let reason = facts.failure {
        skipped.append(.init(path: example.path, reason: reason))
      } else if let digest = facts.pixels ?? facts.bytes, labelled.contains(digest) {
        known += 1
      } else {
        dataset.examples.append(example)
      }
    }
    guard !dataset.examples.isEmpty else {
      throw .empty(path: path, expected: "at least one image that the labelled data do not hold")
    }
  }

  /// What a person should know of them, in lines.
  package var lines: [String] {
    var lines = ReadingText.lines(dataset.reading).map { "unlabelled: \($0)" }
    lines.append("unlabelled: \(dataset.examples.count) images without labels to learn from")
    if known > 0 {
      lines.append("unlabelled: \(known) images left out, the labelled data hold them already")
    }
    return lines + skipped.map { "left out: \(naming($0.path, $0.reason))" }
  }
}
