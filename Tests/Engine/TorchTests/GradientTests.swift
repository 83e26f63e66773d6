import Foundation
import TestSupport
import Testing
import Torch
import TorchTestSupport

@Suite struct GradientTests {
  @Test(arguments: GradientCase.all) func agreesWithCentralDifferences(_ one: GradientCase) {
    let found = gradientDifference(at: one.inputs, absolute: 1e-7, of: one.function)
    #expect(found == nil, "\(one)")
  }

  /// Public operations that return a tensor no gradient should pass through, or make one.
  static let exempt: Set = [
    "arange", "bernoulli", "empty", "full", "normal", "ones", "uniform", "zeros",
    "argmax", "equal", "greater", "isFinite", "less", "logicalNot", "oneHot",
    "detached", "requiringGrad", "globalNorm", "gradient", "packedConvolutionWeight",
    "normalizedPixels", "warpedImages", "blendedImages", "saturatedImages", "hueTurnedImages",
    "mappedImages", "stretchedImages", "equalizedImages", "sharpenedImages", "coveredImages",
    "scaledImages",
    // In float32 and bfloat16 alone, where differences are too coarse: InvertedBottleneckTests.
    "depthwise", "invertedBottleneck",
  ]

  @Test func everyOperationHasACheck() throws {
    let folder = Golden.root.appendingPathComponent("Sources/Engine/Torch")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    var operations: Set<String> = []
    for file in files where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      let pattern = /public (?:static |prefix )*func `?([^\s`(<]+)`?[^{]*->\s*Tensor\??\s*\{/
      operations.formUnion(text.matches(of: pattern).map { String($0.1) })
    }
    #expect(operations.count > 60)
    let checked = Set(GradientCase.all.map(\.operation)).union(Self.exempt)
    #expect(operations.subtracting(checked).sorted() == [])
    #expect(checked.subtracting(operations).sorted() == [])
  }

  /// 2x, and no `grad` of `x` nor of what else took part.
  @Test func gradientAtAnInputLeavesTheOthersAlone() {
    let x = Tensor([3.0, -1], shape: [2]).requiringGrad()
    let weight = Tensor([5.0, 1], shape: [2]).requiringGrad()
    let slope = (x.square() * weight).sum().gradient(at: x)
    #expect(slope.scalars(as: Double.self) == [30, -2])
    #expect(x.grad == nil && weight.grad == nil)
  }

  /// 2x and zeros, and the graph is still there for `backward`.
  @Test func gradientsLeaveTheGraph() throws {
    let x = Tensor([3.0, -1], shape: [2]).requiringGrad()
    let other = Tensor([1.0], shape: [1]).requiringGrad()
    let value = x.square().sum()
    let slopes = value.gradients(at: [x, other]).map { $0.scalars(as: Double.self) }
    #expect(slopes == [[6, -2], [0]])
    #expect(x.grad == nil)
    value.backward()
    #expect(try #require(x.grad).scalars(as: Double.self) == [6, -2])
  }

  @Test func accumulatesAndForgets() throws {
    let x = Tensor([3.0], shape: [1]).requiringGrad()
    #expect(x.grad == nil)
    x.square().sum().backward()
    x.square().sum().backward()
    #expect(try #require(x.grad).item() == 12)
    x.clearGrad()
    #expect(x.grad == nil)
  }

  @Test func normHasAGradientAtTheOrigin() throws {
    let x = Tensor.zeros([3]).requiringGrad()
    x.norm().backward()
    #expect(try #require(x.grad).scalars(as: Float.self) == [0, 0, 0])
  }

  @Test func tiesShareTheGradientOfAmax() throws {
    let x = Tensor([2, 5, 5] as [Float], shape: [3]).requiringGrad()
    x.amax().backward()
    #expect(try #require(x.grad).scalars(as: Float.self) == [0, 0.5, 0.5])
  }
}
