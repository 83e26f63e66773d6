package import Datasets
import Imaging
import Randomness

/// The data of a run: opened, cut down, split, looked through, all before any training.
///
/// The same options and the same files give the same value, so that a resumed run, and an evaluation
/// later, see the very images that training saw.
package struct RunData: Sendable {
  /// Every example has its split.
  package var dataset: Dataset
  /// The same before anything was thinned out or left out: what `split.csv` holds, so that it can be
  /// given to another run of the same data.
  package var whole: Dataset
  /// Of the training part.
  package var classes: ClassList
  /// What splitting had to say.
  package var statements: [SplitStatement]
  /// What the parts share.
  package var leakage: LeakageReport
  /// Files left out because they do not decode.
  package var skipped: [SkippedImage]
  /// Digest of the pixels of each example of `dataset`.
  package var digests: [String?]

  /// A file that was left out.
  package struct SkippedImage: Codable, Equatable, Sendable {
    package var path: String
    package var label: String?
    package var reason: String
  }

  /// Opens the data that the options name.
  /// - Throws: `DatasetError` for whatever is wrong with them, ``DataRefusal`` for leakage.
  package init(_ options: TrainOptions, path: String, threads: Int) throws {
    var data = try Dataset.open(path)
    if !options.dropClass.isEmpty { data = try data.dropping(classes: options.dropClass) }
    let key = RandomKey(seed: UInt64(options.seed))
    (data, statements) = try Self.split(data, options, key: key.folding("split"))
    whole = data
    if let ratio = options.longTail {
      data = try data.longTailed(imbalance: ratio, key: key.folding("long tail"))
    }
    let survey: Survey
    (data, survey, skipped) = try Self.look(through: data, options.onBadImage, threads: threads)
    leakage = LeakageReport(data, survey)
    digests = survey.facts.map { $0.pixels ?? $0.bytes }
    guard leakage.isClean || options.allowLeakage else { throw DataRefusal.leakage(leakage) }
    dataset = data
    classes = try data.trainingClasses()
  }

  private static func split(
    _ data: Dataset, _ options: TrainOptions, key: RandomKey
  ) throws(DatasetError) -> (Dataset, [SplitStatement]) {
    if let file = options.splitFile { return (try SplitFile.apply(file, to: data), []) }
    let result = try Splitter(fractions: options.split, key: key).split(data)
    return (result.dataset, result.statements)
  }

  /// Reads every image once; leaves out, or refuses, those that do not decode.
  private static func look(
    through data: Dataset, _ choice: BadImageChoice, threads: Int
  ) throws(DatasetError) -> (Dataset, Survey, [SkippedImage]) {
    let survey = Survey(data, threads: threads)
    let bad = zip(data.examples, survey.facts).compactMap { example, facts in
      facts.failure.map { SkippedImage(path: example.path, label: example.label, reason: $0) }
    }
    if bad.isEmpty { return (data, survey, []) }
    if choice == .fail { try survey.problems(of: data).check() }
    var rest = data
    rest.examples = zip(data.examples, survey.facts).filter { $0.1.failure == nil }.map(\.0)
    return (rest, Survey(rest, threads: threads), bad)
  }
}

/// Why data that can be read are not trained on.
package enum DataRefusal: Error, CustomStringConvertible {
  case leakage(LeakageReport)

  package var description: String {
    switch self {
    case .leakage(let report):
      "the parts of the split share images or groups, so the numbers would flatter:\n\(report)\n"
        + "Mend the split, or go on all the same with --allow-leakage."
    }
  }
}
