import Testing
import Torch

@Suite struct ThreadTests {
  /// Forward and backward of shared parameters' copies from many tasks give what one gives.
  @Test func tasksComputeWhatOneDoes() async {
    let x = spread([8, 16]).to(.float32)
    let weight = spread([16, 4]).to(.float32)
    @Sendable func gradient() -> [Float] {
      let own = weight.cloned().requiringGrad()
      withAutocast(.bfloat16, on: .cpu) { x.matmul(own) }.logSoftmax(dim: 1).mean().backward()
      return own.grad?.scalars() ?? []
    }
    let alone = gradient()
    let all = await withTaskGroup(of: [Float].self) { group in
      for _ in 0..<64 { group.addTask { gradient() } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(all.count == 64)
    #expect(all.allSatisfy { $0 == alone })
  }

  /// Errors belong to the thread that met them.
  @Test func errorsDoNotCross() async {
    let wrong = await withTaskGroup(of: Bool.self) { group in
      for i in 0..<200 {
        group.addTask {
          do throws(TorchError) {
            _ = try Generator(seed: 1).restore([UInt8](repeating: 0, count: i + 1))
            return true
          } catch {
            return !error.reason.contains("\(i + 1)")
          }
        }
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(wrong == 0)
  }
}
