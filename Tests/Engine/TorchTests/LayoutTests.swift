import Testing
import Torch

@Suite struct LayoutTests {
  let x = spread([2, 4, 6, 6]).to(.float32).channelsLast()
  let weight = spread([4], turn: 1).to(.float32)
  let bias = spread([4], turn: 2).to(.float32)

  @Test(arguments: [DType.float32, .bfloat16]) func channelsLastIsKept(type: DType) {
    let image = x.to(type)
    let kernel = spread([4, 4, 3, 3]).to(type).channelsLast()
    let results = [
      image, image.conv2d(kernel, padding: 1),
      image.conv2d(kernel.narrowed(dim: 1, start: 0, length: 1), padding: 1, groups: 4),
      image.batchNorm(
        weight: weight, bias: bias, mean: Tensor.zeros([4]), variance: Tensor.ones([4]),
        training: true),
      image.relu(), image.relu6(), (image + image).reluInPlace(), image * 2,
      image.maxPool2d(kernel: 3, stride: 2, padding: 1), image.avgPool2d(kernel: 2, stride: 2),
      image.to(.float64), image.dropout(0, using: Generator(seed: 0)),
    ]
    #expect(results.map(\.isChannelsLast) == results.map { _ in true })
  }

  @Test func gradientsLieAsTheirParametersDo() throws {
    let kernel = spread([4, 4, 3, 3]).to(.float32).channelsLast().requiringGrad()
    x.conv2d(kernel).sum().backward()
    #expect(try #require(kernel.grad).isChannelsLast)
  }

  @Test func aLayoutIsNoDifferentTensor() {
    let plain = x.contiguous()
    #expect(plain.isContiguous && !plain.isChannelsLast)
    #expect(plain.equal(to: x).to(.float32).mean().item() == 1)
  }
}
