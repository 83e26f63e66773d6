import Files
public import Imaging
import Parallel

/// What surveys found of image files, kept from one start to the next, so that images which have not changed are not read again.
///
/// An entry counts while path, size, times of modification and change, inode and disk of the file are those of the
/// day; of an image in a tar archive those of the archive. A file that changed less than two seconds before it was read may have changed again without a new time, so it gets no
/// entry. Nor does an image that failed, nor one whose samples set the scale of its set (all but 8-bit ones), nor what lies in
/// an `.npz`.
///
/// ```swift
/// let cache = SurveyCache(path: "cache/photos.csv", isFresh: false)
/// let survey = cache.survey(data, threads: 2)   // the same facts as Survey(data, threads: 2)
/// ```
public struct SurveyCache: Sendable {
  /// The file of the entries; need not be there.
  public let path: String
  /// Whether entries are made anew, and none is believed.
  public let isFresh: Bool

  /// Images from which on a survey takes long enough to be kept.
  public static let least = 500
  /// Nanoseconds within which a file may change twice under one time.
  static let doubt = 2_000_000_000

  /// A cache in a file.
  ///
  /// - Parameters:
  ///   - path: the file, of one way of reading pixels (``name(of:reading:)``).
  ///   - isFresh: whether all images are read again.
  public init(path: String, isFresh: Bool) { (self.path, self.isFresh) = (path, isFresh) }

  /// What the file of a data set is called: other data and other ways of reading pixels have other files.
  ///
  /// - Parameters:
  ///   - data: the absolute path of the data.
  ///   - reading: how pixels are read.
  public static func name(of data: String, reading: PixelReading) -> String {
    let bands = reading.bands.map { $0.map(String.init).joined(separator: ",") } ?? ""
    let key = "1 \(data) \(reading.page) \(bands) \(reading.alpha.rawValue) \(reading.isPerImage)"
    return "\(SHA256.hexadecimal(Array(key.utf8)).prefix(32)).csv"
  }

  /// The survey of data, of which what is known is not read again; keeps what was read.
  ///
  /// A file of entries that cannot be read is made anew, and one that cannot be written is left: the survey is the same.
  ///
  /// - Parameters:
  ///   - dataset: what to read, as its ``Dataset/pixelReading`` says.
  ///   - threads: at most this many at once, at least 1; the result does not depend on it.
  ///   - fingerprints: whether to take fingerprints, without which no near copies are found.
  public func survey(_ dataset: Dataset, threads: Int, fingerprints: Bool = true) -> Survey {
    survey(dataset, threads: threads, fingerprints: fingerprints, started: FileState.now)
  }

  /// The same at another time.
  ///
  /// - Parameter started: when reading began, in nanoseconds since 1970.
  package func survey(
    _ dataset: Dataset, threads: Int, fingerprints: Bool, started: Int
  ) -> Survey {
    let known = isFresh ? [:] : (try? SurveyEntry.read(path)) ?? [:]
    let files = dataset.examples.map { $0.place(in: dataset) }
    let states = Self.states(of: dataset)
    let believed = zip(files, states).map { file, state -> Survey.Facts? in
      guard let file, let state, let entry = known[file], entry.state == state,
        entry.isFingerprinted || !fingerprints
      else { return nil }
      return entry.facts
    }
    let look = SurveyLook(dataset: dataset, decodes: true, takesFingerprints: fingerprints)
    let facts = inParallel(files.count, threads: threads) { believed[$0] ?? look.facts(of: $0) }
    var entries = known
    var isNews = false
    for index in files.indices where believed[index] == nil {
      guard let file = files[index], let state = states[index],
        started - state.changed > Self.doubt,
        let entry = SurveyEntry(state, facts[index], isFingerprinted: fingerprints)
      else { continue }
      entries[file] = entry
      isNews = true
    }
    if isNews { try? SurveyEntry.write(entries, to: path) }
    return Survey(facts)
  }

  /// The state of the file of each image, of an archive for all that stand in it.
  private static func states(of dataset: Dataset) -> [FileState?] {
    dataset.examples.map { example in
      switch example.source {
      case .file(let path): FileState(of: path)
      case .member(let number): dataset.members?.state(number)
      case .pixels, .row: nil
      }
    }
  }
}

extension Example {
  /// What its entry is called: the image file, or the archive and the name in it; nil where it is neither.
  fileprivate func place(in dataset: Dataset) -> String? {
    switch source {
    case .file(let path): path
    case .member(let number):
      dataset.members.map { "\(FilePath.absolute($0.path(number)))//\($0.name(number))" }
    case .pixels, .row: nil
    }
  }
}
