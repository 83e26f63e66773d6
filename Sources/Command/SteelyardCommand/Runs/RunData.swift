package import Datasets
import Imaging
import Randomness
package import Runs

/// The data of a run: opened, cut down, split, looked through, all before any training.
///
/// The same options and the same files give the same value, so that a resumed run, and an evaluation
/// later, see the very images that training saw.
package struct RunData: Sendable {
  /// Every example has its split.
  package var dataset: Dataset
  /// The same before anything was thinned out, left out or named: what `split.csv` holds, so that it can
  /// be given to another run of the same data.
  package var whole: Dataset
  /// Of the training part; the labels where an example may have several, the name where it has a number.
  package var classes: ClassList
  /// What splitting had to say.
  package var statements: [SplitStatement]
  /// What the parts share.
  package var leakage: LeakageReport
  /// Files left out because they do not decode.
  package var skipped: [DataRecord.SkippedImage]
  /// Digest of the pixels of each example of `dataset`.
  package var digests: [String?]
  /// What the files of `dataset` leave open, counted.
  package var census: PixelCensus
  /// The scale that the training part would give samples that do not say what is black and white.
  package var intensity: IntensityEstimate
  /// Examples that `--long-tail` left out of the training part; `nil` where it was not asked for.
  package var thinnedOut: Int?
  /// Images of `dataset` that are the same picture again without being equal.
  package var nearCopies: NearCopyReport

  /// Opens the data that the options name.
  ///
  /// - Parameter told: Told how they were read, before any image is.
  /// - Throws: `DatasetError` for whatever is wrong with them, leakage included.
  package init(
    _ options: TrainOptions, path: String, threads: Int, seeksNearCopies: Bool = true,
    told: (Reading) -> Void = { _ in }
  ) throws(DatasetError) {
    var reading = options
    reading.readsCells = true
    let data = try Self.opened(path, reading, told)
    // Every image is read once; splitting needs to know which are equal.
    let survey = Survey.kept(
      data, of: path, threads: threads, fingerprints: seeksNearCopies, isFresh: options.rehash)
    if options.onBadImage == .fail { try survey.problems(of: data).check() }
    let copies = seeksNearCopies ? NearCopies(data, survey, threads: threads) : .none
    let key = RandomKey(seed: UInt64(options.seed))
    (whole, statements) = try Self.split(data, survey, copies, options, key: key.folding("split"))
    if !options.allowLeakage { try whole.checkStudies() }
    var rest = try whole.naming(options)
    if let ratio = options.longTail {
      let count = rest.examples.count
      rest = try rest.longTailed(
        imbalance: ratio, shape: options.longTailShape, key: key.folding("long tail"))
      thinnedOut = count - rest.examples.count
    }
    (dataset, skipped) = Self.readable(rest, survey.restricted(to: rest, of: whole))
    let used = survey.restricted(to: dataset, of: whole)
    (census, intensity) = (PixelCensus(used), IntensityEstimate(dataset, used))
    dataset.pixelReading = dataset.pixelReading.scaled(by: intensity)
    try used.scaleProblems(of: dataset).check()
    nearCopies = NearCopyReport(dataset, copies.restricted(to: dataset, of: whole))
    leakage = LeakageReport(dataset, used)
    digests = used.facts.map { $0.pixels ?? $0.bytes }
    dataset.note(used)
    guard leakage.isClean || options.allowLeakage else { throw .leakage(leakage) }
    if options.nearDuplicates == .refuse && !nearCopies.crossing.isEmpty {
      throw .nearCopies(nearCopies)
    }
    classes = try dataset.trainingTargets()
  }

  /// Refuses data that are no longer those that a run saw.
  ///
  /// - Throws: `ChangedImages` by name; `FileError` where the run's table cannot be read.
  func check(unchangedSince run: RunDirectory) throws {
    try ChangedImages.check(dataset, digests, since: run)
  }

  /// One part of a run's data, to be evaluated: no image of another part is opened.
  ///
  /// - Parameters:
  ///   - options: of the run, with its split.
  ///   - path: the data.
  ///   - part: which part; all where `nil`.
  ///   - run: what has stored the digests of its images; `nil` compares none, as where pixels are read otherwise.
  ///   - threads: at most this many images at once.
  /// - Returns: the readable images of the part, every one with its split.
  /// - Throws: `DatasetError` for whatever is wrong with them; `ChangedImages` and `TrainingOverlap` where images are
  ///   no longer those of the run.
  static func part(
    _ options: TrainOptions, path: String, _ part: Split?, of run: RunDirectory?, threads: Int
  ) throws -> Dataset {
    var data = try opened(path, options) { _ in }.naming(options)
    if let ratio = options.longTail {
      data = try data.longTailed(
        imbalance: ratio, shape: options.longTailShape,
        key: RandomKey(seed: UInt64(options.seed)).folding("long tail"))
    }
    if !options.allowLeakage { try data.checkStudies() }
    data.examples.removeAll { part != nil && $0.split != part }
    let survey = Survey.kept(
      data, of: path, threads: threads, fingerprints: false, isFresh: options.rehash)
    if options.onBadImage == .fail { try survey.problems(of: data).check() }
    let (rest, _) = readable(data, survey)
    let used = survey.restricted(to: rest, of: data)
    try used.scaleProblems(of: rest).check()
    guard let run else { return rest }
    try ChangedImages.check(rest, used.facts.map { $0.pixels ?? $0.bytes }, since: run)
    var heldOut = rest
    heldOut.examples.removeAll { $0.split == .train }
    let trained = try TrainingImages(of: run)
    guard !options.allowLeakage, trained.hasPixels else { return rest }
    let overlap = trained.overlap(
      with: heldOut, used.restricted(to: heldOut, of: rest), isSamePlace: false)
    guard overlap.isEmpty else { throw overlap }
    return rest
  }

  /// The data as they lie there; what is wrong with their classes is said before any image is read.
  private static func opened(
    _ path: String, _ options: TrainOptions, _ told: (Reading) -> Void
  ) throws(DatasetError) -> Dataset {
    let data = try Dataset.open(path, options, takesLabels: true)
    told(data.reading)
    _ = try data.naming(options).trainingTargets()
    return data
  }

  private static func split(
    _ data: Dataset, _ survey: Survey, _ copies: NearCopies, _ options: TrainOptions, key: RandomKey
  ) throws(DatasetError) -> (Dataset, [SplitStatement]) {
    if options.splitFile != nil { return (data, []) }
    if let count = options.strataClusters, !data.splits.isEmpty,
      data.splits.contains(.val) || options.split.val == 0
    {
      throw .badParameter(
        name: "strata-clusters", value: "\(count) clusters of data with parts of their own",
        expected: "data that are divided here; leave it out")
    }
    var splitter = Splitter(fractions: options.split, key: key)
    splitter.clusters = try RowClusters.ofExamples(
      of: data, count: options.strataClusters, options.columnSettings(), key: key)
    let result = try splitter.split(
      data, together: survey.equalImages,
      alike: options.nearDuplicates == .group ? copies.sets(count: data.examples.count) : [])
    return (result.dataset, result.statements)
  }

  /// Leaves out the images that do not decode.
  private static func readable(_ data: Dataset, _ survey: Survey) -> (
    Dataset, [DataRecord.SkippedImage]
  ) {
    var rest = data
    rest.examples = []
    var skipped: [DataRecord.SkippedImage] = []
    for (example, facts) in zip(data.examples, survey.facts) {
      if let reason = facts.failure {
        skipped.append(.init(path: example.path, label: example.label, reason: reason))
      } else {
        rest.examples.append(example)
      }
    }
    return (rest, skipped)
  }
}

extension Dataset {
  /// The classes of the training part, its labels where an example may have several, or the name of a number.
  func trainingTargets() throws(DatasetError) -> ClassList {
    switch target {
    case .classes: try trainingClasses()
    case .labels: try trainingLabels()
    case .number: try trainingNumber()
    }
  }
}
