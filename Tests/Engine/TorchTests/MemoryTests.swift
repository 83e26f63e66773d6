import Foundation
import Testing
import Torch

/// Resident memory of this process, in bytes; nil where there is no /proc.
private func resident() -> Int? {
  guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
    return nil
  }
  return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 4096 }
}

/// Serialised, and each in a process of its own, for other tests use memory too.
@Suite(.serialized, .enabled(if: resident() != nil)) struct MemoryTests {
  @Test func operationsKeepNothing() async {
    await #expect(processExitsWith: .success) {
      expectConstantMemory(turns: 25_000) { x, _ in
        _ = (x.relu() + 1).sum().item()  // four operations
      }
    }
  }

  @Test func stepsKeepNothing() async {
    await #expect(processExitsWith: .success) {
      expectConstantMemory(turns: 3_000) { x, weight in
        let loss = withAutocast(.bfloat16, on: .cpu) {
          x.matmul(weight).reluInPlace().logSoftmax(dim: 1)
        }
        loss.to(.float32).mean().backward()
        if let gradient = weight.grad { weight.add(gradient, scale: -0.1) }
        weight.clearGrad()
      }
    }
  }

  @Test func errorsKeepNothing() async {
    await #expect(processExitsWith: .success) {
      struct Stop: Error {}
      expectConstantMemory(turns: 5_000) { x, _ in
        try? withoutGradients { () throws(Stop) in
          let big = x * 2
          if big.count > 0 { throw Stop() }
        }
        _ = try? (x + 1).to(.cuda(99))
      }
    }
  }
}

private func expectConstantMemory(turns: Int, _ body: (Tensor, Tensor) -> Void) {
  Engine.threads = 1
  let x = Tensor.ones([64, 64])
  let weight = Tensor.ones([64, 64]).requiringGrad()
  for _ in 0..<500 { body(x, weight) }
  let before = resident() ?? 0
  for _ in 0..<turns { body(x, weight) }
  let grown = (resident() ?? 0) - before
  // A tensor has 16 KB: one lost in thirty turns of 3,000 would show.
  precondition(grown < 1_600_000)
}
