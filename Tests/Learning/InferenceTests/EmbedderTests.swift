import Batches
import Datasets
import Files
import Foundation
import Imaging
import Inference
import Networks
import TestSupport
import Testing
import Torch

/// Features of many images in one pass, and the files of them.
@Suite struct EmbedderTests {
  private let model: SmallModel
  private let images: ImagePreprocessing
  private let numbers = [9, 4, 7, 1, 12, 3, 20]

  init() throws {
    model = try SmallModel()
    images = try #require(model.preprocessing.images)
  }

  private func features(
    _ set: ExampleSet, batchSize: Int = 3, workers: Int = 2, views: Int = 1, from: Int = 0
  ) throws -> [Float] {
    var all: [Float] = []
    let embedder = Embedder(
      network: model.network, preprocessing: images,
      predictor: model.predictor(batchSize: batchSize, workers: workers), views: views)
    try embedder.run(over: set, from: from) { row, features, unreadable in
      #expect(row == from + all.count / embedder.width && unreadable.isEmpty)
      all += features
    }
    return all
  }

  /// What the heads see; the same bytes for any number of workers and from any batch on; another batch size moves the last
  /// digits alone.
  @Test func oneAnswerHoweverItIsComputed() throws {
    let set = SmallModel.set(numbers)
    let whole = try features(set)
    let seen = try model.predictor().features(
      of: set.source(for: .evaluation, model.preprocessing, workers: 1), by: model.network)
    #expect(difference(whole, seen.scalars(as: Float.self), absolute: 1e-5) == nil)
    for workers in [1, 4] { #expect(try features(set, workers: workers) == whole) }
    #expect(try features(set, from: 3) == Array(whole[3 * 64..<7 * 64]))
    #expect(try features(set, from: 6) == Array(whole[6 * 64..<7 * 64]))
    for batchSize in [1, 2, 7, 100] {
      #expect(difference(try features(set, batchSize: batchSize), whole, absolute: 1e-5) == nil)
    }
  }

  /// Two views are the image and its mirror image; of a picture that is one colour all windows are the picture.
  @Test func views() throws {
    let set = SmallModel.set([4])
    let source = set.source(for: .evaluation, model.preprocessing, workers: 1)
    var mean: [Float] = []
    try source.run(StepRequest.everyRow(1, batchSize: 1), views: [.standard]) { step in
      let x = try step.inputs(stream: 0, on: .cpu).values
      mean = withoutGradients {
        let (plain, mirrored) = (
          model.network.features(x, Context())[0],
          model.network.features(x.flipped(3), Context())[0]
        )
        return ((plain + mirrored) * 0.5).scalars(as: Float.self)
      }
    }
    let (one, two) = (try features(set), try features(set, views: 2))
    #expect(difference(two, mean, absolute: 1e-5) == nil)
    #expect(difference(two, one, absolute: 1e-5) != nil)
    #expect(difference(try features(set, views: 12), two, absolute: 1e-5) != nil)
    let plain = ExampleSet(paths: ["p"], labels: [nil]) { _, _ in
      Image(width: 9, height: 9, channels: 3, pixels: [UInt8](repeating: 120, count: 243))
    }
    #expect(
      difference(try features(plain, views: 12), try features(plain), absolute: 1e-4) == nil)
  }

  private func parts(_ folder: String, isNew: Bool = false, digest: String = "d") throws
    -> EmbeddingParts
  {
    try EmbeddingParts(
      of: folder + "/f.npz", .init(digest: digest, rows: 5, width: 2, partRows: 2), isNew: isNew)
  }

  private var examples: [Example] {
    (0..<5).map {
      Example(
        path: "\($0),ä.png", source: .file("\($0)"), label: $0 == 3 ? nil : "c\($0 % 2)",
        split: $0 < 3 ? .train : .test, group: $0 == 1 ? nil : "g", file: "t.csv")
    }
  }

  private let origin = FeatureOrigin(
    architecture: "resnet20", form: nil, weights: "w", preprocessing: "{}", views: 1)

  private func filled(_ folder: String) throws -> EmbeddingParts {
    let parts = try parts(folder)
    for part in 0..<3 where part >= parts.firstMissing {
      let rows = parts.rows(of: part)
      try parts.write(
        part, rows.flatMap { [Float($0), Float($0) / 3] },
        unreadable: part == 1 ? [.init(row: 2, reason: "cut short")] : [])
    }
    return parts
  }

  /// Parts of another plan go where that is asked for, and what is nobody's part stays.
  @Test func aFolderIsTakenUpOrCleared() throws {
    try withTemporaryFolder { folder in
      let parts = try filled(folder)
      #expect(parts.firstMissing == 3)
      #expect(throws: EmbeddingError.otherPlan(folder: parts.folder)) {
        try self.parts(folder, digest: "other")
      }
      try AtomicFile.write("", to: parts.folder + "/.lock")
      #expect(try self.parts(folder, isNew: true, digest: "other").firstMissing == 0)
      #expect(FilePath.isFile(parts.folder + "/.lock"))
      try parts.remove()
      try FileManager.default.createDirectory(
        atPath: parts.folder, withIntermediateDirectories: false)
      try AtomicFile.write("mine", to: parts.folder + "/notes.txt")
      for isNew in [false, true] {
        #expect(
          throws: EmbeddingError.occupied(folder: parts.folder, first: "notes.txt")
        ) { try self.parts(folder, isNew: isNew) }
      }
      #expect(try FileBytes.read(parts.folder + "/notes.txt") == Array("mine".utf8))
    }
  }

  /// Every form, read back as data: without the image that could not be read.
  @Test(arguments: ["npz", "npy", "csv", "safetensors"], [false, true])
  func everyFormIsReadBack(form: String, isHalf: Bool) throws {
    try withTemporaryFolder { folder in
      let set = try EmbeddedSet(
        try filled(folder), examples: examples, origin: origin, isHalf: isHalf)
      let path = "\(folder)/out.\(form)"
      let files = try set.write(to: path)
      let first = try files.map { try FileBytes.read($0) }
      _ = try set.write(to: path)
      #expect(try files.map { try FileBytes.read($0) } == first)
      let data = try Dataset.open(path, labels: .optional)
      let rows = try #require(data.rows)
      // An array alone has no names of rows; the table beside it is joined in order.
      let names =
        form == "npy"
        ? (0..<4).map { "out.npy#\($0)" } : [0, 1, 3, 4].map { "\($0),ä.png" }
      #expect(data.examples.map(\.path) == names)
      #expect(data.examples.map(\.label) == ["c0", "c1", nil, "c0"])
      #expect(data.examples.map(\.group) == ["g", nil, "g", "g"])
      #expect(data.examples.map(\.split) == [.train, .train, .test, .test])
      #expect(data.origin == origin)
      let expected = [0, 1, 3, 4].flatMap { [Float($0), Float($0) / 3] }
      let stored =
        isHalf
        ? Tensor(expected, shape: [8]).to(.float16).to(.float32).scalars(as: Float.self) : expected
      #expect((0..<4).flatMap { rows.values($0) } == stored)
    }
  }

  @Test func partsAreGoneOnWith() throws {
    try withTemporaryFolder { folder in
      #expect(try parts(folder).firstMissing == 0)
      try parts(folder).write(0, [1, 2, 3, 4], unreadable: [])
      #expect(try parts(folder).firstMissing == 1)
      #expect(throws: EmbeddingError.otherPlan(folder: folder + "/f.npz.parts")) {
        try parts(folder, digest: "e")
      }
      #expect(try parts(folder, isNew: true, digest: "e").firstMissing == 0)
      _ = try parts(folder, isNew: true)
      let whole = try filled(folder)
      #expect(whole.firstMissing == 3)
      #expect(try whole.unreadable() == [.init(row: 2, reason: "cut short")])
      // A part whose images are all read takes the list of an earlier try away.
      try whole.write(1, [4, 5, 6, 7], unreadable: [])
      #expect(try whole.unreadable() == [])
      try whole.remove()
      #expect(!FilePath.isFolder(whole.folder))
      #expect(throws: EmbeddingError.unknownEnding("a.txt")) { try EmbeddedSet.check("a.txt") }
    }
  }

  /// The digest is of the tensors before the head, in whatever order and file they came.
  @Test func digests() throws {
    let architecture = try Architectures.named("resnet20")
    let same = architecture.build(classes: 9, using: Generator(seed: 8))
    #expect(same.featureDigest != model.network.featureDigest)
    _ = try same.loadPretrained(model.network.stateDict)
    #expect(same.featureDigest == model.network.featureDigest)
    #expect(model.network.featureTensors.allSatisfy { !$0.name.hasPrefix("linear") })
  }
}
