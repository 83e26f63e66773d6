import SteelyardCommand
import Testing

/// `--threads`: a number, or what a trial finds.
@Suite struct KernelThreadsTests {
  @Test func aNumberOrAuto() throws {
    #expect(KernelThreads(text: "3") == 3)
    #expect(KernelThreads(text: "auto") == .measured)
    for text in ["", "x", "1.5", "AUTO", "1_000", " 3"] {
      #expect(KernelThreads(text: text) == nil, "\(text)")
    }
    let range = ValueRange<KernelThreads>.possible
    for (threads, isPossible) in [(KernelThreads.measured, true), (1, true), (1024, true)]
      + [(0, false), (1025, false), (-1, false)]
    {
      #expect(range.isMet(threads) == isPossible, "\(threads)")
    }
    for threads in [KernelThreads.measured, 3] {
      let file = try ConfigFile.parse("threads: \(threads.yaml)", path: "c.yaml")
      #expect(try ResolvedOptions(file: file).values.threads == threads)
    }
  }

  @Test(arguments: ["0", "1025", "-1", "many", "1e3", "0x10", "nan"])
  func whatIsNoneNamesTheOption(_ text: String) throws {
    let found = try #require(Entrance.objection(to: ["train", "d", "--threads=\(text)"]))
    #expect(found.status == 64)
    #expect(
      found.words.contains("threads")
        && found.words.contains("a whole number from 1 to 1024, or auto"),
      "\(found.words)")
  }
}
