import Files
import Foundation
import Runs
import TestSupport
import Testing
import Training

/// The commit that is checked out, wherever git keeps it.
@Suite struct GitRevisionTests {
  private func put(_ text: String, _ path: String) throws {
    try FileManager.default.createDirectory(
      atPath: FilePath.folder(of: path), withIntermediateDirectories: true)
    try AtomicFile.write(text, to: path)
  }

  @Test func isFoundInAFileOfItsOwnAmongPackedOnesAndInAFurtherTree() throws {
    try withTemporaryFolder { folder in
      #expect(EnvironmentRecord.gitRevision(in: folder) == nil)
      try put("ref: refs/heads/main\n", folder + "/.git/HEAD")
      #expect(EnvironmentRecord.gitRevision(in: folder) == nil)
      try put(
        "# pack-refs with: peeled\nbbbb refs/heads/other\naaaa refs/heads/main\n^cccc\n",
        folder + "/.git/packed-refs")
      #expect(EnvironmentRecord.gitRevision(in: folder) == "aaaa")
      try put("dddd\n", folder + "/.git/refs/heads/main")
      #expect(EnvironmentRecord.gitRevision(in: folder) == "dddd")
      try put("gitdir: ../.git/worktrees/w\n", folder + "/w/.git")
      try put("ref: refs/heads/other\n", folder + "/.git/worktrees/w/HEAD")
      try put("../..\n", folder + "/.git/worktrees/w/commondir")
      #expect(EnvironmentRecord.gitRevision(in: folder + "/w") == "bbbb")
      try put("eeee\n", folder + "/.git/HEAD")
      #expect(EnvironmentRecord.gitRevision(in: folder) == "eeee")
    }
  }
}
