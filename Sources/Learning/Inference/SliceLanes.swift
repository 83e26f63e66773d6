import Batches
import Foundation
import Networks
import Torch

/// What is made of batches, in order; on the processor, of slices of images, several at a time, each on a thread of its own.
///
/// Kernel threads that share each operation wait at its end for the slowest of them, such as one whose processor decodes
/// images meanwhile. Here a thread has a slice to itself and waits for none, and what it computes does not depend on how many
/// there are: up to 16 threads the results are the same bytes for any number.
///
///     let lanes = SliceLanes(on: .cpu, autocast: nil) { inputs, rows in … }
///     defer { lanes.finish() }
///     try lanes.put(inputs, rows) { value, rows in … }   // gets earlier results
///     try lanes.takeRest { value, rows in … }
///
/// `@unchecked Sendable`: every access to what threads share is under `condition`; `compute` is called by several of them at
/// once and only reads the network, as evaluation does.
final class SliceLanes<Value>: @unchecked Sendable {
  private struct Slice {
    let number: Int
    let inputs: Inputs
    let rows: [Int]
  }

  private let device: Device
  private let autocast: DType?
  private let slices: Bool
  private let compute: (Inputs, [Int]) -> Value
  /// Kernel threads of all slices together.
  private let threads = Engine.threads
  /// Slices that are judged at a time, at most 16, for each takes memory; more kernel threads are shared out among them.
  private var count: Int { min(threads, 16) }
  /// Pixels of a slice, eight images of 224 × 224: more were slower on one thread, fewer were not faster.
  private let pixels = 8 * 224 * 224

  private let condition = NSCondition()
  private var waiting: [Slice] = []
  private var done: [Int: (value: Value, rows: [Int])] = [:]
  /// Slices that were handed over, and those of them that were taken.
  private var (handed, taken) = (0, 0)
  private var (started, active) = (false, 0)
  private var ended = false

  /// - Parameters:
  ///   - device: where the network lives.
  ///   - autocast: precision of matrix products; `nil` is float32.
  ///   - slices: whether batches of images may be computed in slices, on several threads.
  ///   - compute: what is made of the inputs of some rows; without gradients.
  init(
    on device: Device, autocast: DType?, slices: Bool = true,
    compute: @escaping (Inputs, [Int]) -> Value
  ) {
    (self.device, self.autocast, self.compute) = (device, autocast, compute)
    self.slices = slices && device == .cpu
  }

  /// Hands a batch over, and takes earlier results once two slices for each thread are under way.
  ///
  /// - Parameters:
  ///   - inputs: `[N, …]`.
  ///   - rows: their numbers, `[N]`.
  ///   - take: gets results and rows in the order of the slices; may throw to stop.
  /// - Throws: what `take` threw.
  func put(_ inputs: Inputs, _ rows: [Int], take: (Value, [Int]) throws -> Void) throws {
    let shape = inputs.values.shape
    guard slices, shape.count == 4 else { return try take(value(of: inputs, rows), rows) }
    start()
    let size = max(1, pixels / max(1, shape[2] * shape[3]))
    for first in stride(from: 0, to: rows.count, by: size) {
      let range = first..<min(first + size, rows.count)
      locked {
        waiting.append(Slice(number: handed, inputs: inputs.rows(range), rows: Array(rows[range])))
        handed += 1
      }
      while handed - taken > 2 * count { try takeNext(take) }
    }
  }

  /// Takes the results of all slices that were handed over and not taken.
  ///
  /// - Throws: what `take` threw.
  func takeRest(_ take: (Value, [Int]) throws -> Void) throws {
    while taken < handed { try takeNext(take) }
  }

  /// Lets the threads end, and returns when they have.
  func finish() {
    guard started else { return }
    condition.lock()
    ended = true
    condition.broadcast()
    while active > 0 { condition.wait() }
    condition.unlock()
    // Of new threads the engine takes the number that was set last, by whichever thread.
    Engine.threads = threads
  }

  private func takeNext(_ take: (Value, [Int]) throws -> Void) throws {
    condition.lock()
    while done[taken] == nil { condition.wait() }
    let result = done.removeValue(forKey: taken)
    taken += 1
    condition.unlock()
    if let result { try take(result.value, result.rows) }
  }

  private func start() {
    guard !started else { return }
    (started, active) = (true, count)
    for lane in 0..<count {
      let own = threads / count + (lane < threads % count ? 1 : 0)
      let thread = Thread { [self] in work(kernelThreads: own) }
      thread.name = "steelyard.slices"
      // A main thread's: some systems give others half a megabyte.
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  private func work(kernelThreads: Int) {
    Engine.threads = kernelThreads
    // Both around all slices, so that copies of weights in the precision are made once: they are forgotten at either's end.
    withoutGradients {
      withAutocast(autocast, on: device) {
        while let slice = next() {
          let value = compute(slice.inputs, slice.rows)
          locked { done[slice.number] = (value, slice.rows) }
        }
      }
    }
    locked { active -= 1 }
  }

  private func value(of inputs: Inputs, _ rows: [Int]) -> Value {
    withoutGradients { withAutocast(autocast, on: device) { compute(inputs, rows) } }
  }

  private func next() -> Slice? {
    condition.lock()
    defer { condition.unlock() }
    while waiting.isEmpty && !ended { condition.wait() }
    return ended ? nil : waiting.removeFirst()
  }

  private func locked(_ body: () -> Void) {
    condition.lock()
    body()
    condition.broadcast()
    condition.unlock()
  }
}
