import Files
public import Imaging
import Parallel
import Requirements

/// What reading every image of a data set tells: digests, sizes, and which do not decode.
///
/// Made once and shared by ``LeakageReport`` and ``Inspection``.
public struct Survey: Sendable {
  /// What is known of one image.
  public struct Facts: Sendable, Equatable {
    /// SHA-256 of the file's bytes, or of the stored pixels; nil when it cannot be read.
    public var bytes: String?
    /// SHA-256 of size and decoded pixels; nil when not asked for or not decodable.
    public var pixels: String?
    /// Width and height, upright.
    public var size: ImageSize?
    /// Channels as stored.
    public var channels: Int?
    /// Bits per channel as stored.
    public var bits: Int?
    /// The format by its name; `raw` for pixels in memory.
    public var format: String?
    /// Why it cannot be read or decoded; nil when it can.
    public var failure: String?
  }

  /// One entry per example.
  public let facts: [Facts]

  /// Reads and decodes every image.
  ///
  /// - Parameters:
  ///   - dataset: what to read.
  ///   - threads: at most this many at once, at least 1; the result does not depend on it.
  ///   - pixels: whether to decode; without it only bytes and headers are read, damaged pixels and
  ///     the same picture in two files go unseen.
  /// - Precondition: `threads` is at least 1.
  public init(_ dataset: Dataset, threads: Int, pixels: Bool = true) {
    facts = inParallel(dataset.examples.count, threads: threads) { index in
      Self.facts(of: index, in: dataset, pixels: pixels)
    }
  }

  private init(_ facts: [Facts]) { self.facts = facts }

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

  /// The sets of equal images, as indices, in the order of the data. Pixels decide where they were
  /// decoded, else the bytes of the file.
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

  private static func facts(of index: Int, in dataset: Dataset, pixels: Bool) -> Facts {
    var facts = Facts()
    do throws(DatasetError) {
      let bytes = try dataset.bytes(at: index)
      facts.bytes = SHA256.hexadecimal(bytes)
      if case .pixels(let number) = dataset.examples[index].source, let store = dataset.pixels {
        facts.pixels = facts.bytes
        facts.size = store.size(number)
        facts.channels = store.channels(number)
        facts.bits = 8
        facts.format = "raw"
      } else {
        try decode(bytes, dataset.examples[index], pixels: pixels, into: &facts)
      }
    } catch {
      facts.failure = reason(error)
    }
    return facts
  }

  private static func decode(
    _ bytes: [UInt8], _ example: Example, pixels: Bool, into facts: inout Facts
  ) throws(DatasetError) {
    do throws(ImageError) {
      let header = try ImageFile.header(of: bytes, name: example.path)
      facts.size = header.size
      facts.channels = header.channels
      facts.bits = header.bitsPerChannel
      facts.format = header.format.description
      if pixels {
        facts.pixels = try ImageFile.decode(bytes, name: example.path).digest
      }
    } catch {
      throw .image(error, origin: example.origin)
    }
  }

  /// The reason without the place, which the problem has already.
  private static func reason(_ error: DatasetError) -> String {
    if case .image(let error, _) = error { return error.description }
    return error.description
  }
}
