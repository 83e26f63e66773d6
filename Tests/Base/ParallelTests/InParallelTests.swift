import Parallel
import Synchronization
import Testing

@Suite("Work on several threads")
struct ParallelTests {
  @Test("results come in order, each computed once", arguments: [1, 2, 7])
  func order(threads: Int) {
    let calls = Atomic<Int>(0)
    let squares = inParallel(100, threads: threads) { index in
      calls.wrappingAdd(1, ordering: .relaxed)
      return index * index
    }
    #expect(squares == (0..<100).map { $0 * $0 })
    #expect(calls.load(ordering: .relaxed) == 100)
  }

  @Test("nothing to do; no thread to do it on")
  func limits() async {
    #expect(inParallel(0, threads: 3) { $0 }.isEmpty)
    await #expect(processExitsWith: .failure) { _ = inParallel(1, threads: 0) { $0 } }
  }
}
