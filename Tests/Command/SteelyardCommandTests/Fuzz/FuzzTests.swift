import Foundation
import TestSupport
import Testing

/// Damaged files of every kind that is read: a value or an error, never a trap.
@Suite("Fuzzing", .serialized) struct FuzzTests {
  @Test("a few mutants of each decoder's files", arguments: FuzzTarget.all)
  func quick(_ target: FuzzTarget) throws {
    let mutants = try target.mutants()
    // What is refused whole too, for want of a scale or a name, tells less; not all may be.
    let whole = try mutants.undamaged.count { bytes in
      try withTemporaryFolder { folder in (try? target.decode(bytes, folder)) != nil }
    }
    #expect(whole > 0)
    try withTemporaryFolder { folder in
      let taken = (0..<target.quick).count { mutants.decode($0, in: folder) }
      // Some are refused, or nothing was damaged.
      #expect(taken < target.quick)
    }
  }

  /// The work of `Scripts/fuzz`, which watches from outside: what is read, and what came of it, stand in a file.
  @Test("mutants that Scripts/fuzz asks for", .enabled(if: FuzzOrder.given != nil))
  func ordered() throws {
    let order = try #require(FuzzOrder.given)
    let target = try #require(FuzzTarget.all.first { $0.name == order.target })
    let mutants = try target.mutants()
    let progress = try FileHandle(forUpdating: URL(fileURLWithPath: order.progress))
    var (taken, refused) = (0, 0)
    func note(_ index: Int) throws {
      try progress.seek(toOffset: 0)
      try progress.write(contentsOf: Data("\(index) \(taken) \(refused)          \n".utf8))
    }
    try withTemporaryFolder { folder in
      for index in order.range {
        try note(index)
        if mutants.decode(index, in: folder) { taken += 1 } else { refused += 1 }
      }
    }
    try note(order.range.upperBound)
  }
}

/// `STEELYARD_FUZZ="DECODER FROM TO FILE"`.
struct FuzzOrder {
  var target: String
  var range: Range<Int>
  var progress: String

  static let given = FuzzOrder(ProcessInfo.processInfo.environment["STEELYARD_FUZZ"] ?? "")

  init?(_ text: String) {
    let parts = text.split(separator: " ", maxSplits: 3).map(String.init)
    guard parts.count == 4, let first = Int(parts[1]), let last = Int(parts[2]), first <= last
    else {
      return nil
    }
    (target, range, progress) = (parts[0], first..<last, parts[3])
  }
}
