import Batches
import Console
import Datasets
import Files
import Foundation
import Inference
import Networks
import Runs
import Torch

/// One pass of `embed`: parts beside the output, then the output, then the parts are gone.
struct EmbeddingPass {
  private let embedder: Embedder
  private let dataset: Dataset
  private let output: String
  private let isHalf, skipsBad, isQuiet: Bool
  private let origin: FeatureOrigin
  private let parts: EmbeddingParts
  /// Kept as long as the pass: nobody else writes the parts.
  private let claim: FolderClaim

  /// Images of a part, but for what makes whole batches of it.
  private static let partRows = 1024

  /// - Parameters:
  ///   - embedder: what makes the features.
  ///   - dataset: the images.
  ///   - data: where they were read from.
  ///   - output: the file.
  ///   - isHalf: whether numbers are stored in half precision.
  ///   - isNew: whether parts of another pass are removed.
  ///   - skipsBad: whether images that cannot be read are left out.
  ///   - isQuiet: whether nothing is shown on the way.
  /// - Throws: `EmbeddingError` where parts of another pass lie there, `OptionError` where one goes on.
  init(
    _ embedder: Embedder, _ dataset: Dataset, of data: String, output: String, isHalf: Bool,
    isNew: Bool, skipsBad: Bool, isQuiet: Bool
  ) throws {
    (self.embedder, self.dataset, self.output) = (embedder, dataset, output)
    (self.isHalf, self.skipsBad, self.isQuiet) = (isHalf, skipsBad, isQuiet)
    func text(_ value: some Encodable) throws -> String {
      String(decoding: try JSONFile.encodeLine(value).dropLast(), as: UTF8.self)
    }
    let form = embedder.network.form
    origin = FeatureOrigin(
      architecture: embedder.network.name,
      form: form == NetworkForm() ? nil : try text(form),
      weights: embedder.network.featureDigest,
      preprocessing: try text(Preprocessing.images(embedder.preprocessing)), views: embedder.views)
    let size = embedder.predictor.batchSize
    let settings = [
      origin.text, "\(size)", "\(Engine.threads)", "\(embedder.predictor.device)",
      embedder.predictor.autocast?.description ?? "float32", dataset.digest,
      Self.files(data, dataset),
    ]
    // Before anything in the folder is looked at or taken away: it may be that of a pass that goes on.
    claim = try Self.claimed(output)
    parts = try EmbeddingParts(
      of: output,
      .init(
        digest: SHA256.hexadecimal(Array(settings.joined(separator: "\n").utf8)),
        rows: dataset.examples.count, width: embedder.width,
        partRows: (Self.partRows + size - 1) / size * size), isNew: isNew)
  }

  /// The folder of the parts, for this process alone.
  private static func claimed(_ output: String) throws -> FolderClaim {
    // A pass that ends removes its folder, be it between making the folder and claiming it.
    for _ in 0..<3 {
      try EmbeddingParts.makeFolder(of: output)
      if let claim = try attempt(EmbeddingParts.folder(of: output), output), claim.isInPlace {
        return claim
      }
    }
    throw busy(output)
  }

  /// `nil` where the folder went in between.
  private static func attempt(_ folder: String, _ output: String) throws -> FolderClaim? {
    do {
      return try FolderClaim(folder, file: ".lock")
    } catch FolderClaimError.busy {
      throw busy(output)
    } catch {
      guard FilePath.isFolder(folder) else { return nil }
      throw error
    }
  }

  private static func busy(_ output: String) -> OptionError {
    .conflict("output: another steelyard embed writes \(output); wait for it")
  }

  /// Digest of where the images are and of the size and time of each file: equal lists of other images differ.
  private static func files(_ data: String, _ dataset: Dataset) -> String {
    let whole = FilePath.absolute(data)
    var paths: Set<String> = FilePath.isFile(whole) ? [whole] : []
    for example in dataset.examples {
      if case .file(let path) = example.source {
        paths.insert(path)
      } else if case .member = example.source {
        paths.insert(FilePath.absolute(example.file))
      } else if let bracket = example.file.lastIndex(of: "[") {
        // An image within a file of many is called FILE[NUMBER].
        paths.insert(String(example.file[..<bracket]))
      }
    }
    let lines = paths.sorted().map { path in
      let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
      let known = (try? FileManager.default.attributesOfItem(atPath: real)) ?? [:]
      let time = (known[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
      let size = known[.size].map { "\($0)" } ?? ""
      return "\(path)\n\(size) \(time)\n"
    }
    return SHA256.hexadecimal(Array((whole + "\n" + lines.joined()).utf8))
  }

  /// Makes the parts that are not there, and the file.
  ///
  /// - Parameter note: told what a person should know.
  /// - Throws: `EmbeddingStopped`, or what an image that cannot be read gives rise to.
  func callAsFunction(note: (String) -> Void) throws -> EmbeddingSummary {
    let started = ContinuousClock.now
    let first = parts.firstMissing
    let done = first < parts.count ? parts.rows(of: first).lowerBound : parts.plan.rows
    if done > 0 { note("going on after \(Format.count(done)) images that are done") }
    try makeParts(from: first)
    let seconds = (ContinuousClock.now - started) / .seconds(1)
    let missing = try parts.unreadable()
    // Parts of a pass that left images out may be taken up by one that does not.
    guard missing.isEmpty || skipsBad && missing.count < parts.plan.rows else {
      var problems = DataProblems()
      for image in missing {
        problems.add(.unreadable(image.reason), at: dataset.examples[image.row].path)
      }
      try parts.remove()
      throw DatasetError.problems(problems)
    }
    for image in missing {
      note("left out: \(naming(dataset.examples[image.row].path, image.reason))")
    }
    let set = try EmbeddedSet(parts, examples: dataset.examples, origin: origin, isHalf: isHalf)
    let files = try set.write(to: output)
    try parts.remove()
    return EmbeddingSummary(
      files: files, images: set.rows.count, width: parts.plan.width, origin: origin,
      seconds: seconds,
      imagesPerSecond: Double(parts.plan.rows - done) / max(seconds, 1e-9))
  }

  private func makeParts(from first: Int) throws {
    guard first < parts.count else { return }
    StopSignals.listen()
    let progress = PassProgress("embedding", total: parts.plan.rows, isQuiet: isQuiet)
    defer { progress.finish() }
    let start = parts.rows(of: first).lowerBound
    progress.advance(to: start)
    var (part, buffer) = (first, [Float]())
    var bad: [(row: Int, error: any Error)] = []
    let set = ExampleSet(dataset, classes: nil)
    try embedder.run(over: set, from: start) { row, features, unreadable in
      if StopSignals.pending != nil {
        throw EmbeddingStopped(output: output, done: parts.rows(of: part).lowerBound)
      }
      buffer += features
      bad += unreadable.sorted { $0.key < $1.key }.map { (row: $0.key, error: $0.value) }
      let end = row + features.count / parts.plan.width
      progress.advance(to: end)
      guard end == parts.rows(of: part).upperBound else { return }
      if !skipsBad || bad.count == parts.plan.rows { try refuse(bad) }
      try parts.write(
        part, buffer, unreadable: bad.map { .init(row: $0.row, reason: reason($0.error, $0.row)) })
      (part, buffer, bad) = (part + 1, [], [])
    }
  }

  private func reason(_ error: any Error, _ row: Int) -> String {
    DataProblem(unreadable: error, path: dataset.examples[row].path).reason
  }

  /// All images of a part that cannot be read, as one error.
  private func refuse(_ bad: [(row: Int, error: any Error)]) throws {
    var problems = DataProblems()
    for (row, error) in bad {
      let problem = DataProblem(unreadable: error, path: dataset.examples[row].path)
      problems.add(problem.kind, at: problem.origin)
    }
    try problems.check()
  }
}

/// Someone asked a pass to stop.
struct EmbeddingStopped: Error, Equatable, CustomStringConvertible {
  let output: String
  let done: Int

  var description: String {
    "stopped; the features of \(Format.count(done)) images are kept in \(EmbeddingParts.folder(of: output))"
  }
}

/// What `embed` has to say at its end.
struct EmbeddingSummary: Codable {
  /// The files that were written.
  let files: [String]
  /// Images in them.
  let images: Int
  /// Numbers of each.
  let width: Int
  /// Of which network they are.
  let origin: FeatureOrigin
  /// What the pass took.
  let seconds: Double
  let imagesPerSecond: Double

  var text: String {
    """
    features       \(Format.count(images)) images × \(Format.count(width)) numbers of \(origin.architecture)
    weights        \(origin.weights.prefix(16))…
    preprocessing  \(origin.preprocessingDigest.prefix(16))…
    seconds        \(Format.decimal(seconds, places: 1)) (\(Format.decimal(imagesPerSecond, places: 1)) images a second)
    written        \(files.joined(separator: ", "))

    """
  }
}
