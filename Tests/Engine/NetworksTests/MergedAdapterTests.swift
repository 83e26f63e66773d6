import Networks
import OrderedCollections
import TestSupport
import Testing
import Torch

/// LoRA merged by hand: W + (α / r) B A in the place of W answers as the adapter does.
@Suite("Merged adapters")
struct MergedAdapterTests {
  @Test("the merged network answers as the adapted one") func merged() throws {
    let (rank, alpha) = (3, 7.5)
    let architecture = try Architectures.named("vit_small_patch16_224")
    let adapted = architecture.build(
      classes: 4, form: NetworkForm(adapter: Adapter(.lora, rank: rank, alpha: alpha)),
      using: Initializer(dtype: .float64, generator: Generator(seed: 3)))
    let plain = architecture.build(
      classes: 4, form: NetworkForm(), using: Initializer(dtype: .float64, generator: nil))
    let images = inLayout(GoldenRule.tensor(1, [2, 3, 32, 48], scale: 3.4, .float64))
    try withoutGradients {
      for (number, name) in adapted.adapterNames.enumerated() where name.hasSuffix("lora_B.weight")
      {
        let up = try #require(adapted.stateDict[name])
        up.copy(from: GoldenRule.tensor(number, up.shape, scale: 0.2, .float64))
      }
      let (before, after) = (adapted.stateDict, plain.stateDict)
      for (name, tensor) in after { tensor.copy(from: try #require(before[name])) }
      let unmerged = plain(images, Context()).scalars(as: Double.self)
      var merged = 0
      for name in adapted.adapterNames where name.hasSuffix("lora_A.weight") {
        let layer = name.dropLast("lora_A.weight".count)
        let down = try #require(before[name])
        let up = try #require(before["\(layer)lora_B.weight"])
        let weight = try #require(after["\(layer)weight"])
        #expect(down.shape == [rank, weight.shape[1]] && up.shape == [weight.shape[0], rank])
        weight.add(up.matmul(down) * (alpha / Double(rank)))
        merged += 1
      }
      // Queries, keys and values; projection; two layers of the perceptron, of twelve blocks.
      #expect(merged == 48)
      let expected = adapted(images, Context()).scalars(as: Double.self)
      let found = plain(images, Context()).scalars(as: Double.self)
      #expect(difference(found, expected, relative: 1e-9, absolute: 1e-9) == nil)
      #expect(difference(unmerged, expected, absolute: 1e-5) != nil)
    }
  }

  /// α / r: of twice the rank and twice α, the factor is the same; without α it is 1, at rank 0 nothing.
  @Test func factors() {
    #expect(Adapter(.lora, rank: 4, alpha: 6).factor == 1.5)
    #expect(Adapter(.lora, rank: 8, alpha: 12).factor == 1.5)
    #expect(Adapter(.lora, rank: 4).factor == 1)
    #expect(Adapter(.lora, rank: 0, alpha: 3).factor == 0)
    #expect(Adapter(.lora, rank: 4, alpha: 0).factor == 0)
  }
}
