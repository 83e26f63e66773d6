import Datasets
import Files
import Runs
import TestSupport
import Testing

@Suite struct TrainingImagesTests {
  @Test func theTableOfVersion01AndItsSplitAgree() throws {
    try withTemporaryFolder { folder in
      try OldRun.copy(into: folder)
      let run = try RunDirectory(existing: folder + "/run")
      let images = try TrainingImages(of: run)
      #expect(images.hasPixels && images.paths.count == 40 && images.pathOfPixels.count == 40)
      #expect(images.groups == ["train-p0", "train-p1", "train-p2"])
      let digest = "84fea927461818e7b1128c31030d78229283fcd4af3e139ada9cda4cbda56a56"
      #expect(images.pathOfPixels[digest] == "images/train/blood-0.png")
      #expect(try RunImages.digests(of: run)["images/train/blood-0.png"] == digest)
      try OldRun.remove(run.trainingImages)
      let split = try TrainingImages(of: run)
      #expect(!split.hasPixels && split.pathOfPixels.isEmpty)
      #expect(split.paths == images.paths && split.groups == images.groups)
    }
  }

  @Test func whatIsWrittenIsReadBack() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("lr: 1\n", to: folder + "/config.yaml")
      let run = try RunDirectory(existing: folder)
      var data = Samples.dataset([[2, 1], [1, 0]])
      data.examples[2].split = .test
      data.examples[3].group = nil
      try RunImages.write(data, digests: ["d0", nil, "d2", "d3"], to: run.images)
      let images = try TrainingImages(of: run)
      #expect(images.paths == ["0/0/0", "0/0/1", "1/0/0"] && images.groups == ["g0"])
      #expect(images.pathOfPixels == ["d0": "0/0/0", "d3": "1/0/0"])
      #expect(
        try RunImages.digests(of: run)
          == ["0/0/0": "d0", data.examples[2].path: "d2", "1/0/0": "d3"])
    }
  }

  @Test func aTableWithoutAColumnSaysWhatToDo() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("lr: 1\n", to: folder + "/config.yaml")
      let run = try RunDirectory(existing: folder)
      try AtomicFile.write("path,group\n", to: run.images)
      let error = #expect(throws: FileError.self) { try TrainingImages(of: run) }
      #expect(
        error?.description
          == "\(run.images):1: expected the columns path, group, split, pixels, found"
          + " path, group; restore the file from a copy, or delete it: split.csv then says what was"
          + " learned from")
    }
  }
}
