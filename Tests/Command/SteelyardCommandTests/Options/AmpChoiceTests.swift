import SteelyardCommand
import Testing
import Torch

/// What is said of bfloat16 where a device imitates it.
@Suite struct AmpChoiceTests {
  @Test func imitatedBFloat16IsSaid() {
    #expect(
      AmpChoice.on.doubt(on: .cuda(1), isNative: false)
        == "amp on: cuda:1 has no bfloat16 of its own and imitates it, which is likely slower than float32;"
        + " leave --amp at auto, or turn it off")
    #expect(AmpChoice.on.doubt(on: .cpu, isNative: true) == nil)
    for choice in [AmpChoice.auto, .off] {
      #expect(choice.doubt(on: .mps, isNative: false) == nil)
    }
  }
}
