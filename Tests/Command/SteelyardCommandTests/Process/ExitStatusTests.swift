import Files
import Foundation
import TestSupport
import Testing

/// What a user does wrong, and what the programme says and returns.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct ExitStatusTests {
  private func run(_ arguments: [String]) throws -> Programme.Result {
    try withTemporaryFolder { try Programme.run(arguments, in: $0) }
  }

  @Test func wrongUsageIs64() throws {
    for arguments in [
      ["train", "--no-such-flag"], ["train", "x", "--sched", "zigzag"], ["train"],
      ["train", "x", "--epochs", "0"],
    ] {
      let result = try run(arguments)
      #expect(result.status == 64, "\(arguments): \(result.status) \(result.errors)")
      #expect(result.output.isEmpty)
    }
  }

  @Test func anUnknownMethodListsTheKnownOnes() throws {
    let result = try run(["train", "x", "--method", "balanced-mixpu"])
    #expect(result.status == 64)
    #expect(result.errors.contains("balanced-mixup"))
  }

  @Test func faultyDataIs2AndNamesTheLine() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("path,label\na.png,x\na.png,y\n", to: FilePath.join(folder, "t.csv"))
      let result = try Programme.run(["train", "t.csv"], in: folder)
      #expect(result.status == 2, "\(result.errors)")
      #expect(result.errors.contains("t.csv:3"))
      #expect(!FileManager.default.fileExists(atPath: FilePath.join(folder, "runs")))
    }
  }

  @Test func aTableWithoutLabelsSaysWhatItNeeds() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("path,colour\na.png,x\n", to: FilePath.join(folder, "t.csv"))
      let result = try Programme.run(["inspect", "t.csv"], in: folder)
      #expect(result.status == 2, "\(result.errors)")
      #expect(result.errors.contains("colour") && result.errors.contains("label"))
    }
  }

  @Test func listsAreOnStandardOutputAndDecode() throws {
    for name in ["methods", "models", "doctor"] {
      let result = try run([name, "--json"])
      #expect(result.status == 0 || name == "doctor", "\(result.errors)")
      #expect(throws: Never.self) {
        try JSONSerialization.jsonObject(with: Data(result.output.utf8))
      }
    }
  }
}
