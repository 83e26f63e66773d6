import Dispatch
import Imaging
import Synchronization
import Testing

/// What threads decode at the same time stays below one limit.
@Suite struct DecodeRoomTests {
  @Test func togetherTheyTakeNoMoreThanThereIs() {
    let room = DecodeRoom(limit: 100)
    let used = Atomic<Int>(0)
    let most = Atomic<Int>(0)
    let runs = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      for turn in 0..<50 {
        let bytes = 1 + (37 * thread + 11 * turn) % 60
        room.with(bytes) {
          let now = used.add(bytes, ordering: .relaxed).newValue
          most.max(now, ordering: .relaxed)
          used.subtract(bytes, ordering: .relaxed)
          runs.add(1, ordering: .relaxed)
        }
      }
    }
    #expect(runs.load(ordering: .relaxed) == 400)
    #expect(most.load(ordering: .relaxed) <= 100)
    #expect(room.used == 0)
  }

  @Test func oneThatIsTooLargeGoesAlone() {
    let room = DecodeRoom(limit: 100)
    let beside = Atomic<Int>(0)
    let large = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: 4) { thread in
      for _ in 0..<20 {
        room.with(thread == 0 ? 1000 : 60) {
          if thread == 0 {
            large.add(1, ordering: .relaxed)
            beside.max(room.used, ordering: .relaxed)
          }
        }
      }
    }
    #expect(large.load(ordering: .relaxed) == 20)
    #expect(beside.load(ordering: .relaxed) == 1000)
  }
}
