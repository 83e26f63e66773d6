import Files
import Foundation
import TestSupport
import Testing

/// What killed writers have left beside a file, and what other writers are at.
@Suite struct LeftoverTests {
  /// No process has a number that large; process 1 always runs.
  private static let gone = "2147483646"

  private func put(_ names: [String], in folder: String) throws {
    for name in names { try Data("half".utf8).write(to: URL(fileURLWithPath: folder + "/" + name)) }
  }

  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test func theNextWriteOfAFileRemovesThoseOfThatFile() throws {
    try withTemporaryFolder { folder in
      let (first, second) = ("a.csv.\(Self.gone).7.tmp", "a.csv.\(Self.gone).4294967295.tmp")
      let other = "b.csv.\(Self.gone).7.tmp"
      let kept = [
        "a.csv.1.7.tmp", "a.csv.\(Self.gone).tmp", "a.csv.\(Self.gone).x.tmp",
        "a.csv.\(Self.gone).7.txt", "a.csv.b.\(Self.gone).7.tmp", "x.a.csv.\(Self.gone).7.tmp",
      ]
      try put(kept + [first, second, other], in: folder)
      try AtomicFile.write("whole", to: folder + "/a.csv")
      #expect(try names(folder) == (kept + ["a.csv", other]).sorted())
      try AtomicFile.write("whole", to: folder + "/b.csv")
      #expect(try names(folder) == (kept + ["a.csv", "b.csv"]).sorted())
      #expect(try FileBytes.read(folder + "/a.csv") == Array("whole".utf8))
    }
  }

  /// A process that had the number of this one before, as the first of a container always has.
  @Test func oneOfThisProcessIsLeftToo() throws {
    try withTemporaryFolder { folder in
      try put(["a.csv.\(getpid()).7.tmp"], in: folder)
      try AtomicFile.write("whole", to: folder + "/a.csv")
      #expect(try names(folder) == ["a.csv"])
    }
  }

  /// A writer of another container has a number that means nothing here; its lock does.
  @Test(arguments: [true, false]) func whatIsLockedStays(_ isOfOneFile: Bool) throws {
    try withTemporaryFolder { folder in
      let name = "a.csv.\(Self.gone).7.tmp"
      try put([name], in: folder)
      let descriptor = open(folder + "/" + name, O_RDWR)
      try #require(descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0)
      if isOfOneFile {
        try AtomicFile.write("whole", to: folder + "/a.csv")
        #expect(try names(folder) == ["a.csv", name])
      } else {
        AtomicFile.removeLeftovers(in: folder)
        #expect(try names(folder) == [name])
      }
      close(descriptor)
      AtomicFile.removeLeftovers(in: folder)
      #expect(try names(folder) == (isOfOneFile ? ["a.csv"] : []))
    }
  }

  /// While a file is written its temporary one is locked, so that nobody takes it for a leftover.
  @Test func whatIsWrittenIsLocked() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write(to: folder + "/a.csv") { (sink) throws(FileError) in
        try sink.write("one")
        // It has the number of this process, as one that was left could.
        AtomicFile.removeLeftovers(in: folder)
      }
      #expect(try FileBytes.read(folder + "/a.csv") == Array("one".utf8))
      #expect(try names(folder) == ["a.csv"])
    }
  }

  @Test func manyWritersOfOneFileLeaveOneWholeFile() throws {
    try withTemporaryFolder { folder in
      try put((0..<20).map { "a.txt.\(Self.gone).\($0).tmp" }, in: folder)
      let path = folder + "/a.txt"
      let failures = Failures()
      DispatchQueue.concurrentPerform(iterations: 8) { writer in
        for round in 0..<20 {
          let text = String(repeating: "\(writer % 8)", count: 1000 + round)
          do { try AtomicFile.write(text, to: path) } catch { failures.add("\(error)") }
        }
      }
      #expect(failures.all == [])
      let bytes = try FileBytes.read(path)
      #expect(Set(bytes).count == 1 && (1000..<1020).contains(bytes.count))
      #expect(try names(folder) == ["a.txt"])
    }
  }
}

/// Words of what went wrong on several threads.
private final class Failures: @unchecked Sendable {
  // Unchecked because of the array, which the lock guards.
  private let lock = NSLock()
  private var words: [String] = []
  func add(_ text: String) { lock.withLock { words.append(text) } }
  var all: [String] { lock.withLock { words } }
}
