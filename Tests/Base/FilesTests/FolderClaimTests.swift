import Files
import Foundation
import TestSupport
import Testing

@Suite struct FolderClaimTests {
  @Test(arguments: [nil, ".lock"])
  func aFolderIsOneProgramsAtATime(_ file: String?) throws {
    try withTemporaryFolder { folder in
      do {
        let claim = try FolderClaim(folder, file: file)
        #expect(throws: FolderClaimError.busy(folder)) { try FolderClaim(folder, file: file) }
        withExtendedLifetime(claim) {}
      }
      _ = try FolderClaim(folder, file: file)
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left == (file.map { [$0] } ?? []))
      #expect(throws: FolderClaimError.self) { try FolderClaim(folder + "/none", file: file) }
    }
  }

  @Test func whatKilledWritersLeftIsRemovedAndNothingElse() throws {
    try withTemporaryFolder { folder in
      // No process has a number that large; process 1 always runs.
      let left = "a.csv.2147483646.77.tmp"
      let kept = ["a.csv", "b.1.77.tmp", "b.tmp", "c.x.3.tmp", "d.2147483646.tmp", "e.0.3.tmp"]
      for name in kept + [left] { try AtomicFile.write("x", to: folder + "/" + name) }
      AtomicFile.removeLeftovers(in: folder)
      let found = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(found.sorted() == kept.sorted())
      AtomicFile.removeLeftovers(in: folder + "/none")
    }
  }
}
