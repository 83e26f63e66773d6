import Imaging
import Parallel
import Requirements

/// Images that are the same picture again without being equal: saved again as JPEG, resized, or slightly
/// cropped.
///
/// Three steps, each on what the one before has left. Hashes bring pairs together (``HashIndex``); a first
/// guess lays the thumbnail of one on the other, and a closer look compares what both show, decoded anew;
/// at last, the pair must stand out from its surroundings (``Isolation``): in data where everything looks
/// alike, being alike says nothing.
///
/// ```swift
/// let survey = Survey(data, threads: 2)
/// let copies = NearCopies(data, survey, threads: 2)
/// ```
public struct NearCopies: Sendable, Equatable {
  /// Two images that show the same.
  public struct Pair: Sendable, Equatable {
    /// Index of the one, below `right`.
    public let left: Int
    /// Index of the other.
    public let right: Int
    /// `1 − r` with the correlation r of their grey values, one laid on the other, 0…0.012.
    public let distance: Float
  }

  /// The pairs, the nearest first. Equal images are represented by the first of them.
  public let pairs: [Pair]

  /// Greatest distance of a near copy. JPEG of quality 60 leaves .001 to .02 on the sets this was tried
  /// on, a crop of 5 % .0001 to .02.
  public static let greatest: Float = 0.012
  /// Pairs whose thumbnails are further apart are not looked at again.
  private static let worthALook: Float = 0.1
  /// Images that one is compared with.
  private static let neighbours = 8

  /// Looks for near copies among all images.
  ///
  /// - Parameters:
  ///   - dataset: whose images are decoded anew where the fingerprints are not enough.
  ///   - survey: of the same data set, with fingerprints.
  ///   - threads: at most this many at once, at least 1; the result does not depend on it.
  /// - Precondition: `survey` has one entry per example, and `threads` is at least 1.
  public init(_ dataset: Dataset, _ survey: Survey, threads: Int) {
    require(
      survey.facts.count == dataset.examples.count,
      "NearCopies: expected a survey of \(dataset.examples.count) images, got \(survey.facts.count)"
    )
    var isCopy = Set<Int>()
    for set in survey.equalImages { isCopy.formUnion(set.dropFirst()) }
    let members = survey.facts.indices.filter {
      survey.facts[$0].fingerprint != nil && !isCopy.contains($0)
    }
    let prints = members.compactMap { survey.facts[$0].fingerprint }
    let candidates = Self.candidates(prints, threads: threads)
    let guesses = inParallel(candidates.count, threads: threads) { number in
      let pair = candidates[number]
      return LikenessGuess(prints[pair.picture], in: prints[pair.target], window: pair.window)
    }
    let close = candidates.indices.filter { guesses[$0].distance <= Self.worthALook }
    let details = Self.details(
      of: Set(close.flatMap { [candidates[$0].picture, candidates[$0].target] }), members, dataset,
      threads: threads)
    let looks = inParallel(close.count, threads: threads) { number -> Likeness? in
      let pair = candidates[close[number]]
      guard let picture = details[pair.picture], let target = details[pair.target] else {
        return nil
      }
      return guesses[close[number]].likeness(picture, in: target)
    }
    var distances = guesses.map(\.distance)
    for (number, look) in zip(close, looks) {
      if let look { distances[number] = min(look.distance, distances[number]) }
    }
    let edges = zip(candidates, distances).map { ($0.picture, $0.target, $1) }
    let isolation = Isolation(edges, count: prints.count)
    pairs = Self.found(zip(close, looks), candidates, isolation).map { pair in
      let (first, second) = (members[pair.left], members[pair.right])
      return Pair(left: min(first, second), right: max(first, second), distance: pair.distance)
    }
  }

  private init(_ pairs: [Pair]) { self.pairs = pairs }

  /// None.
  public static let none = NearCopies([])

  /// A picture and another whose hash, or that of a window of which, is near its own.
  private struct Candidate: Sendable {
    let picture: Int
    let target: Int
    let window: Int
    let distance: Int
  }

  /// For each image, the others whose hashes are nearest to it or to its windows.
  private static func candidates(_ prints: [Fingerprint], threads: Int) -> [Candidate] {
    let index = HashIndex(prints.map(\.hash))
    let nearest = inParallel(prints.count, threads: threads) { target -> [Candidate] in
      var best: [Int: Candidate] = [:]
      for (window, hash) in prints[target].windowHashes.enumerated() {
        index.forEach(near: hash, from: target) { picture, distance in
          guard picture != target, distance < best[picture]?.distance ?? .max else { return }
          best[picture] = Candidate(
            picture: picture, target: target, window: window, distance: distance)
        }
      }
      let ranked = best.values.sorted { ($0.distance, $0.picture) < ($1.distance, $1.picture) }
      return Array(ranked.prefix(neighbours))
    }
    return nearest.flatMap { $0 }
  }

  private static func details(
    of wanted: Set<Int>, _ members: [Int], _ dataset: Dataset, threads: Int
  ) -> [Int: Likeness.Detail] {
    let order = wanted.sorted()
    let details = inParallel(order.count, threads: threads) { number in
      dataset.greyPicture(at: members[order[number]]).map { Likeness.Detail($0) }
    }
    return Dictionary(
      uniqueKeysWithValues: zip(order, details).compactMap { key, value in value.map { (key, $0) } }
    )
  }

  /// The pairs that hold, each once, with the smaller of its two distances.
  private static func found(
    _ looks: some Sequence<(Int, Likeness?)>, _ candidates: [Candidate], _ isolation: Isolation
  ) -> [Pair] {
    var best: [Int: [Int: Float]] = [:]
    for (number, look) in looks {
      guard let look, look.hasSameBrightness, look.distance <= greatest else { continue }
      let pair = candidates[number]
      let (left, right) = (min(pair.picture, pair.target), max(pair.picture, pair.target))
      guard isolation.holds(left, look.distance), isolation.holds(right, look.distance) else {
        continue
      }
      best[left, default: [:]][right] = min(best[left]?[right] ?? .infinity, look.distance)
    }
    let pairs = best.flatMap { left, others in
      others.map { Pair(left: left, right: $0.key, distance: max(0, $0.value)) }
    }
    return pairs.sorted { ($0.distance, $0.left, $0.right) < ($1.distance, $1.left, $1.right) }
  }

  /// Sets of images that hang together by pairs, each `[M]` indices with M of at least 2, for
  /// ``Splitter/split(_:together:alike:)``.
  ///
  /// - Parameter count: images of the data, N.
  /// - Precondition: the images of every pair are in `0..<count`.
  public func sets(count: Int) -> [[Int]] {
    var sets = DisjointSets(count: count)
    for pair in pairs { sets.join(pair.left, pair.right) }
    var members: [Int: [Int]] = [:]
    for index in Set(pairs.flatMap { [$0.left, $0.right] }).sorted() {
      members[sets.first(with: index), default: []].append(index)
    }
    return members.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The pairs whose images are both in a part of the same data.
  ///
  /// - Parameters:
  ///   - part: examples of `whole`, told by their paths.
  ///   - whole: the data set that was looked at.
  public func restricted(to part: Dataset, of whole: Dataset) -> NearCopies {
    let places = Dictionary(
      zip(part.examples.map(\.path), part.examples.indices), uniquingKeysWith: { first, _ in first }
    )
    return NearCopies(
      pairs.compactMap { pair in
        guard let one = places[whole.examples[pair.left].path],
          let other = places[whole.examples[pair.right].path]
        else { return nil }
        return Pair(left: min(one, other), right: max(one, other), distance: pair.distance)
      })
  }
}

extension Dataset {
  /// The picture as grey numbers in the units of its samples; nil where it does not decode.
  fileprivate func greyPicture(at index: Int) -> GreyPicture? {
    DecodeRoom.whileUsing { decodedGreyPicture(at: index) }
  }

  private func decodedGreyPicture(at index: Int) -> GreyPicture? {
    if case .row = examples[index].source { return nil }
    if case .pixels(let number) = examples[index].source, let pixels {
      if pixelReading.bands == nil, let image = try? pixels.image(number) {
        return GreyPicture(image)
      }
      return (try? pixels.stored(number)).flatMap { GreyPicture($0, pixelReading) }
    }
    guard let bytes = try? bytes(at: index),
      let header = try? ImageFile.header(of: bytes, name: "", reading: pixelReading),
      let pixels = try? ImageFile.pixels(of: bytes, header, name: "", reading: pixelReading)
    else { return nil }
    return switch pixels {
    case .levels(let image): GreyPicture(image)
    case .stored(let image): GreyPicture(image, pixelReading)
    }
  }
}
