import Files
import SteelyardCommand
import TestSupport
import Testing

/// Where output goes that cannot be written: a full disk is said, a reader that goes away stops no training.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct OutputTests {
  private func withImages(_ body: (_ folder: String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let set = DemoSet(seed: 1, side: 16, most: 8, ratio: 2, testPerClass: 2)
      _ = try DemoFolder(folder).draw(set, threads: 2)
      try body(folder)
    }
  }

  @Test(
    .enabled(if: FilePath.isFile("/dev/full"), "this system has no /dev/full"),
    arguments: ["methods --json", "inspect images", "inspect images --json"])
  func aFullDiskIsSaid(command: String) throws {
    try withImages { folder in
      let ended = try Programme.shell("exec $STEELYARD \(command) > /dev/full", in: folder)
      #expect(ended.status == 1)
      #expect(
        ended.errors.contains(
          "Error: standard output: what was printed is not whole: No space left on device"),
        "\(ended.errors)")
    }
  }

  @Test func aReaderThatGoesAwayStopsNoTraining() throws {
    try withImages { folder in
      let train =
        "$STEELYARD train images --model resnet20 --img-size 16 --batch-size 16 --epochs 2 --threads 1 --amp off"
      let ended = try Programme.shell(
        "{ \(train) --experiment run; echo $? > status; } 2>&1 | head -1; cat status", in: folder)
      #expect(ended.output.hasSuffix("\n0\n"), "\(ended.output)")
      #expect(FilePath.isFile("\(folder)/runs/run/model.safetensors"))
    }
  }

  /// So it is for whatever trains.
  @Test func aReaderThatGoesAwayStopsNoStudy() throws {
    try withImages { folder in
      let study =
        "$STEELYARD study imbalance images --types step --ratios 2 --methods erm --seeds 1"
        + " --model resnet20 --img-size 16 --batch-size 16 --epochs 2 --threads 1 --amp off --output study"
      let ended = try Programme.shell(
        "{ \(study); echo $? > status; } 2>&1 | head -1; cat status", in: folder)
      #expect(ended.output.hasSuffix("\n0\n"), "\(ended.output)")
    }
  }

  @Test func aClosedTerminalSavesFirst() throws {
    try withImages { folder in
      let train =
        "$STEELYARD train images --model resnet20 --img-size 16 --batch-size 4 --epochs 2000 --threads 1 --amp off"
      let ended = try Programme.shell(
        """
        \(train) --experiment run & until [ -e runs/run/checkpoints/last.safetensors ]; do sleep .1; done
        kill -HUP $!; wait $!
        """, in: folder)
      #expect(ended.status == 129)
      #expect(ended.errors.contains("and saved in runs/run"), "\(ended.errors)")
    }
  }
}
