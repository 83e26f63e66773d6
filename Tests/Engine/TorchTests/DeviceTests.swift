import Testing
import Torch

@Suite struct DeviceTests {
  @Test func parsesNames() throws {
    #expect(try Device("cpu") == .cpu)
    #expect(Device.cuda(1).description == "cuda:1")
    let automatic = try Device("auto")
    #expect((automatic == .cpu) == (Engine.cudaCount == 0 && !Engine.hasMPS))
  }

  @Test(arguments: ["gpu", "", "cuda:x", "cuda:", "cuda:-1", "cuda:0:1", "CPU", ":0", "cuda:+1"])
  func namesTheKnownForms(name: String) {
    let error = #expect(throws: TorchError.self) { try Device(name) }
    #expect(
      error?.description == "device '\(name)': not a device; use auto, cpu, cuda, cuda:N or mps")
  }

  @Test(.enabled(if: Engine.cudaCount == 0)) func saysThatThereIsNoCUDA() {
    let error = #expect(throws: TorchError.self) { try Device("cuda:3") }
    #expect(
      error?.description
        == "device 'cuda:3': CUDA devices here: 0; use cpu, or a libtorch built for CUDA")
    #expect(throws: TorchError.self) { try Tensor.zeros([2]).to(.cuda(0)) }
    #expect(!Engine.supportsBFloat16(on: .cuda(0)))
  }

  @Test(.enabled(if: !Engine.hasMPS)) func saysThatThereIsNoMPS() {
    let error = #expect(throws: TorchError.self) { try Device("mps") }
    #expect(error?.description == "device 'mps': none here; use cpu")
  }

  @Test func engineAnswers() {
    #expect(Engine.version.hasPrefix("2."))
    #expect(Engine.threads >= 1)
    #expect(!Engine.instructions.isEmpty)
    #expect(Engine.supportsBFloat16(on: .cpu) == Engine.hasNativeBFloat16)
  }
}
