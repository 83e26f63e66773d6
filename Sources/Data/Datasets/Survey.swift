import Files
public import Imaging
import Parallel
import Requirements

/// What reading every image of a data set tells: digests, sizes, sample types, fingerprints, and which do
/// not decode. Of rows of numbers, digests alone.
///
/// Made once and shared by ``LeakageReport``, ``NearCopies`` and ``Inspection``.
public struct Survey: Sendable {
  /// What is known of one image.
  public struct Facts: Sendable, Equatable {
    /// SHA-256 of the file's bytes, of the stored pixels, or of the numbers of a row, see
    /// ``RowStore/digest(_:)``; nil when it cannot be read.
    public var bytes: String?
    /// SHA-256 of size and samples as they are stored, before any scaling, the same for files and for
    /// pixels in memory; nil when not asked for or not decodable.
    public var pixels: String?
    /// Width and height, upright.
    public var size: ImageSize?
    /// Channels as stored.
    public var channels: Int?
    /// What a sample is.
    public var type: SampleType?
    /// Pages, frames or images of the file.
    public var pages = 1
    /// Whether a channel is alpha.
    public var hasAlpha = false
    /// Bands that are read neither as colours nor as alpha.
    public var spareBands = 0
    /// Some of the samples, `[M]`, where their type is not 8-bit unsigned; see
    /// ``IntensityEstimate``.
    public var sample: [Double] = []
    /// What near copies are found by; nil when not asked for, or of a picture that shows nothing.
    public var fingerprint: Fingerprint?
    /// The format by its name; `raw` for pixels in memory.
    public var format: String?
    /// Why it cannot be read or decoded; nil when it can.
    public var failure: String?

    /// Bits per channel as stored.
    public var bits: Int? { type.map { 8 * $0.size } }
  }

  /// One entry per example.
  public let facts: [Facts]

  /// Reads and decodes every image.
  ///
  /// - Parameters:
  ///   - dataset: what to read, as its ``Dataset/pixelReading`` says.
  ///   - threads: at most this many at once, at least 1; the result does not depend on it.
  ///   - pixels: whether to decode; without it only bytes and headers are read, damaged pixels and
  ///     the same picture in two files go unseen.
  ///   - fingerprints: whether to take fingerprints, without which no near copies are found.
  /// - Precondition: `threads` is at least 1.
  public init(_ dataset: Dataset, threads: Int, pixels: Bool = true, fingerprints: Bool = true) {
    let look = SurveyLook(
      dataset: dataset, decodes: pixels, takesFingerprints: pixels && fingerprints)
    facts = inParallel(dataset.examples.count, threads: threads) { look.facts(of: $0) }
  }

  /// A survey of facts that are known.
  init(_ facts: [Facts]) { self.facts = facts }

  /// The survey of a part of the same images, without reading any again.
  ///
  /// - Parameters:
  ///   - part: examples of `whole`, told by their paths.
  ///   - whole: the data set that was surveyed.
  /// - Precondition: `whole` has one example per entry and every path of `part`.
  public func restricted(to part: Dataset, of whole: Dataset) -> Survey {
    require(
      facts.count == whole.examples.count,
      "Survey.restricted: expected \(facts.count) examples, got \(whole.examples.count)")
    let factsOfPath = Dictionary(
      zip(whole.examples.map(\.path), facts), uniquingKeysWith: { first, _ in first })
    return Survey(
      part.examples.map { example in
        guard let facts = factsOfPath[example.path] else {
          requirementFailed(
            "Survey.restricted: expected a part of \(whole.name), got '\(example.path)'")
        }
        return facts
      })
  }

  /// The sets of equal images, each `[M]` indices with M of at least 2, in the order of the data.
  /// Samples decide where they were decoded, else the bytes of the file.
  public var equalImages: [[Int]] {
    var members: [String: [Int]] = [:]
    var order: [String] = []
    for (index, facts) in facts.enumerated() {
      guard let digest = facts.pixels ?? facts.bytes else { continue }
      if members[digest] == nil { order.append(digest) }
      members[digest, default: []].append(index)
    }
    return order.compactMap { members[$0] }.filter { $0.count > 1 }
  }

  /// The images that cannot be read or decoded, as problems that name file and line.
  public func problems(of dataset: Dataset) -> DataProblems {
    var problems = DataProblems()
    for (example, facts) in zip(dataset.examples, facts) {
      if let failure = facts.failure { problems.add(.unreadable(failure), at: example.origin) }
    }
    return problems
  }
}

extension Dataset {
  /// Keeps the digests of what was read with the examples.
  ///
  /// - Parameter survey: of these very examples.
  /// - Precondition: one entry for each example.
  public mutating func note(_ survey: Survey) {
    require(
      survey.facts.count == examples.count,
      "Dataset.note: expected \(examples.count) entries, got \(survey.facts.count)")
    for (place, facts) in survey.facts.enumerated() {
      examples[place].digest = facts.bytes.flatMap(ContentDigest.init(hexadecimal:))
    }
  }
}
