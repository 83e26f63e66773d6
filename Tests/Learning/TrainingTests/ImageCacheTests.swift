import Batches
import Files
import Foundation
import Imaging
import Inference
import TestSupport
import Testing
import Training

/// Prepared images in a file: a run with it is a run without it, and what is not what it was is prepared anew.
@Suite struct ImageCacheTests {
  private func tiny(_ folder: String, _ preset: PresetName = .paper) throws -> TinyRun {
    var tiny = try TinyRun(folder: folder)
    tiny.plan.preprocessing = Preprocessing(
      size: ImageSize(8), preset: preset,
      normalization: Normalization(mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25]))
    tiny.data = try TrainingData(
      classes: tiny.data.classes, train: tiny.data.train.digested(),
      val: tiny.data.val?.digested(), test: tiny.data.test)
    return tiny
  }

  private func cache(_ tiny: TinyRun) throws -> ImageCache {
    try #require(ImageCache(tiny.data, tiny.plan))
  }

  private func kept(
    _ tiny: TinyRun, _ told: (Int, Int) throws -> Void = { _, _ in }
  ) throws -> KeptImages {
    try cache(tiny).made(in: tiny.folder, of: "/data", threads: 2, told: told)
  }

  /// Trained from the file and from the images, weights and metrics have the same bytes; with crops there are two files.
  @Test(arguments: [(PresetName.paper, 1), (.resizedCrop, 2), (.none, 1)])
  func theSameRun(preset: PresetName, files: Int) throws {
    try withTemporaryFolder { folder in
      var tiny = try tiny(folder, preset)
      let plain = try tiny.directory("plain")
      _ = try tiny.trainer(in: plain).run()
      let kept = try kept(tiny)
      // Whoever reads an image now has not read it from the file.
      tiny.data = try TrainingData(
        classes: tiny.data.classes, train: tiny.data.train.unreadable(),
        val: tiny.data.val?.unreadable(), test: tiny.data.test)
      tiny.data.kept = kept
      #expect(try FolderListing.items(folder).count { $0.name.hasSuffix(".tar") } == files)
      let directory = try tiny.directory("kept")
      _ = try tiny.trainer(in: directory).run()
      for (name, golden) in try TinyRun.bytes(plain) {
        let same = try TinyRun.bytes(directory)[name] == golden
        #expect(same, "\(name) differs")
      }
    }
  }

  /// A second run takes the file as it is; one with another image writes it anew; one with fewer images does not.
  @Test func writtenOnce() throws {
    try withTemporaryFolder { folder in
      var tiny = try tiny(folder)
      var writings = 0
      let first = try kept(tiny) { done, all in
        writings += 1
        #expect(done == 0 && all == 31 + 12)
      }
      let before = try FileBytes.read(first.train.path)
      _ = try kept(tiny) { _, _ in writings += 1 }
      #expect(writings == 1)
      tiny.data = try TrainingData(
        classes: tiny.data.classes, train: tiny.data.train, val: nil, test: nil)
      #expect(try kept(tiny) { _, _ in writings += 1 }.val == nil && writings == 1)
      #expect(try FileBytes.read(first.train.path) == before)
      var train = tiny.data.train
      train.digests[3] = ContentDigest(of: [1, 2, 3])
      tiny.data = try TrainingData(
        classes: tiny.data.classes, train: train, val: nil, test: nil)
      let second = try kept(tiny) { _, _ in writings += 1 }
      #expect(writings == 2 && second.train.path == first.train.path)
      #expect(try FileBytes.read(first.train.path) != before)
    }
  }

  /// Other sizes and other data have other files.
  @Test func namedByDataAndPreparation() throws {
    try withTemporaryFolder { folder in
      var tiny = try tiny(folder)
      let first = try kept(tiny).train.path
      let other = try cache(tiny).made(in: folder, of: "/other", threads: 1) { _, _ in }
      #expect(other.train.path != first)
      if var images = tiny.plan.preprocessing.images {
        images.interpolation = .bicubic
        tiny.plan.preprocessing = .images(images)
      }
      #expect(try kept(tiny).train.path != first)
    }
  }

  /// A record that is not what was written is refused by number and file when it is read, before it is learned from.
  @Test func aDamagedRecordIsNamed() throws {
    try withTemporaryFolder { folder in
      var tiny = try tiny(folder, .none)
      let path = try kept(tiny).train.path
      var bytes = try FileBytes.read(path)
      bytes[try PackedFile(path: path).record(5).range.lowerBound + 40] ^= 1
      try AtomicFile.write(bytes, to: path)
      tiny.data.kept = try kept(tiny)
      let error = #expect(throws: FileError.self) { try tiny.trainer(in: nil).run() }
      let words = error?.description ?? ""
      #expect(words.hasPrefix(path + ": ") && words.contains("record 5"), "\(words)")
    }
  }

  /// An image that cannot be read any more ends it with its own error, and leaves no file.
  @Test func anUnreadableImage() throws {
    struct Gone: Error {}
    try withTemporaryFolder { folder in
      var tiny = try tiny(folder)
      let train = tiny.data.train
      let read = try #require(train.read)
      var failing = ExampleSet(paths: train.paths, labels: train.labels) { row, size in
        if row == 7 { throw Gone() }
        return try read(row, size)
      }
      failing.digests = train.digests
      tiny.data = try TrainingData(
        classes: tiny.data.classes, train: failing, val: nil, test: nil)
      #expect(throws: Gone.self) { try kept(tiny) }
      #expect(try FolderListing.items(folder).allSatisfy { !$0.name.hasSuffix(".tar") })
    }
  }

  /// A file that changes between the look at it and the writing must not be found by the digest of what it was.
  @Test func aFileThatChanges() throws {
    try withTemporaryFolder { folder in
      var tiny = try tiny(folder)
      var train = tiny.data.train
      let digests = train.digests
      train.digestNow = { row in row == 9 ? ContentDigest(of: [0]) : digests[row] }
      tiny.data = try TrainingData(classes: tiny.data.classes, train: train, val: nil, test: nil)
      let error = #expect(throws: FileError.self) { try kept(tiny) }
      #expect(
        error?.description
          == "\(train.paths[9]): has been changed since the run looked at it; start the run again")
      #expect(try FolderListing.items(folder).allSatisfy { !$0.name.hasSuffix(".tar") })
    }
  }

  /// Images of the test part are written as well, so that they are there when another seed trains on them.
  @Test func otherSplitsOfTheSameImages() throws {
    try withTemporaryFolder { folder in
      var tiny = try tiny(folder)
      tiny.data = try TrainingData(
        classes: tiny.data.classes, train: tiny.data.train, val: tiny.data.val,
        test: tiny.data.test?.digested())
      #expect(try cache(tiny).found(in: folder, of: "/data") == nil)
      _ = try kept(tiny)
      tiny.data = try TrainingData(
        classes: tiny.data.classes, train: tiny.data.train, val: tiny.data.test, test: tiny.data.val
      )
      #expect(try cache(tiny).found(in: folder, of: "/data") != nil)
    }
  }

  /// What was prepared otherwise is not taken for what is wanted.
  @Test func anotherPreparation() throws {
    try withTemporaryFolder { folder in
      var tiny = try tiny(folder, .none)
      let other = try kept(tiny)
      if var images = tiny.plan.preprocessing.images {
        images.interpolation = .bicubic
        tiny.plan.preprocessing = .images(images)
      }
      let plain = try tiny.directory("plain")
      _ = try tiny.trainer(in: plain).run()
      tiny.data.kept = other
      let directory = try tiny.directory("kept")
      _ = try tiny.trainer(in: directory).run()
      let same = try TinyRun.bytes(plain) == TinyRun.bytes(directory)
      #expect(same)
    }
  }

  @Test func withoutDigestsThereIsNone() throws {
    try withTemporaryFolder { folder in
      let plain = try TinyRun(folder: folder)
      #expect(ImageCache(plain.data, plain.plan) == nil)
      let tiny = try tiny(folder)
      let cache = try cache(tiny)
      #expect(cache.count == 43 && cache.bytes == 43 * 8 * 8 * 3)
    }
  }

  /// What nobody has used for a month is removed when another file is written.
  @Test func filesOfOldData() throws {
    try withTemporaryFolder { folder in
      let (old, recent, other) = (folder + "/old.tar", folder + "/recent.tar", folder + "/old.csv")
      for path in [old, recent, other] { try AtomicFile.write("x", to: path) }
      for path in [old, other] {
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSinceNow: -31 * 86_400)], ofItemAtPath: path)
      }
      _ = try kept(try tiny(folder))
      #expect(!FilePath.isFile(old) && FilePath.isFile(recent) && FilePath.isFile(other))
    }
  }

  @Test(arguments: [
    (ImageCacheChoice.auto, 100, 100, 1000, 9, ImageCacheChoice.Place.memory),
    (.auto, 101, 100, 1000, 9, .disk), (.auto, 101, 100, 1000, 1, .memory),
    (.auto, 251, 100, 1000, 9, .memory), (.auto, 250, 100, 1000, 9, .disk),
    (.auto, 10, 0, 1000, 9, .nowhere), (.ram, 999, 1, 9999, 9, .memory),
    (.disk, 1, 100, 0, 1, .disk), (.off, 1, 100, 1000, 9, .nowhere),
  ])
  func places(
    choice: ImageCacheChoice, bytes: Int, memory: Int, free: Int, epochs: Int,
    place: ImageCacheChoice.Place
  ) {
    #expect(choice.place(of: bytes, memory: memory, free: free, epochs: epochs) == place)
  }
}

extension ExampleSet {
  /// The set with a digest of each image, made of its pixels.
  fileprivate func digested() throws -> ExampleSet {
    var result = self
    let read = try #require(read)
    result.digests = try (0..<count).map { ContentDigest(of: try read($0, nil).pixels) }
    return result
  }

  /// The set with images that nobody can read any more.
  fileprivate func unreadable() -> ExampleSet {
    struct Gone: Error {}
    var result = ExampleSet(paths: paths, labels: labels, groups: groups) { _, _ in throw Gone() }
    result.digests = digests
    return result
  }
}
