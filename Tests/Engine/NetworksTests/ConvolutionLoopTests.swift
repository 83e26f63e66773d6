import Networks
import TestSupport
import Testing
import Torch
import TorchTestSupport

/// Convolutions against loops over every pixel.
@Suite("Convolutions as loops")
struct ConvolutionLoopTests {
  struct Form: CustomTestStringConvertible, Sendable {
    var inputs = 4, outputs = 6, kernel = 3, stride = 1
    var padding: Int?
    var groups = 1, height = 5, width = 7
    var testDescription: String { "\(self)" }
  }

  static let forms: [Form] = [
    Form(), Form(stride: 2), Form(stride: 3), Form(kernel: 1, stride: 2),
    Form(kernel: 5, stride: 2),
    Form(padding: 0), Form(padding: 2), Form(stride: 2, padding: 0), Form(kernel: 2, padding: 0),
    Form(kernel: 4, stride: 4, padding: 0, height: 9, width: 11),
    Form(kernel: 4, stride: 2, padding: 1),
    Form(groups: 2), Form(outputs: 4, groups: 4), Form(outputs: 8, stride: 2, groups: 4),
    Form(kernel: 5, groups: 2, height: 2, width: 3),
    Form(kernel: 7, stride: 2, height: 1, width: 1),
    Form(kernel: 3, padding: 0, height: 3, width: 3),
    Form(inputs: 1, outputs: 1, height: 1, width: 8),
  ]

  private let initializer = Initializer(dtype: .float64, generator: Generator(seed: 3))

  /// Σ over the channels of the group and the kernel's places; outside of the image there are zeros.
  private func loop(_ x: Grid, _ w: Grid, _ b: [Double], _ form: Form) -> Grid {
    let padding = form.padding ?? (form.kernel - 1) / 2
    let height = (form.height + 2 * padding - form.kernel) / form.stride + 1
    let width = (form.width + 2 * padding - form.kernel) / form.stride + 1
    let (perGroup, outPerGroup) = (form.inputs / form.groups, form.outputs / form.groups)
    var values: [Double] = []
    for n in 0..<x.shape[0] {
      for o in 0..<form.outputs {
        let first = o / outPerGroup * perGroup
        for row in 0..<height {
          for column in 0..<width {
            var sum = b[o]
            for c in 0..<perGroup {
              for i in 0..<form.kernel {
                for j in 0..<form.kernel {
                  sum +=
                    w[o, c, i, j]
                    * x[
                      n, first + c, row * form.stride + i - padding,
                      column * form.stride + j - padding]
                }
              }
            }
            values.append(sum)
          }
        }
      }
    }
    return Grid([x.shape[0], form.outputs, height, width], values)
  }

  private func geometry(_ form: Form) -> Convolution.Geometry {
    .init(form.kernel, stride: form.stride, padding: form.padding, groups: form.groups)
  }

  @Test("strides, padding, groups and sides of any kind", arguments: forms)
  func plain(form: Form) {
    let w = Grid.drawn(
      [form.outputs, form.inputs / form.groups, form.kernel, form.kernel], seed: 1)
    let b = Grid.drawn([form.outputs], seed: 2)
    let x = Grid.drawn([2, form.inputs, form.height, form.width], seed: 3)
    let layer = Convolution(
      form.inputs, form.outputs, geometry(form), bias: true, .heFanOut, using: initializer)
    #expect(layer.described == ["weight \(w.shape)", "bias \(b.shape)"])
    _ = layer.holding(w, b)
    let expected = loop(x, w, b.values, form)
    for input in [x.tensor, x.tensor.channelsLast()] {
      let count = OperationCount()
      let y = Grid(layer(input, Context(tracing: count)))
      #expect(y.shape == expected.shape)
      #expect(difference(y.values, expected.values, relative: 1e-12, absolute: 1e-12) == nil)
      #expect(
        count.multiplyAdds
          == expected.values.count * form.inputs / form.groups * form.kernel * form.kernel)
    }
    let shapes = OperationCount(shapesOnly: true)
    #expect(layer(x.tensor, Context(tracing: shapes)).shape == expected.shape)
    #expect(shapes.multiplyAdds == expected.values.count * w.values.count / form.outputs)
  }

  @Test("with a kernel of mean 0 and variance 1 in each output", arguments: [0, 1, 2, 5, 10])
  func standardized(place: Int) {
    let form = Self.forms[place]
    let shape = [form.outputs, form.inputs, form.kernel, form.kernel]
    let w = Grid.drawn(shape, seed: 4, scale: 6)
    let count = w.values.count / form.outputs
    var standardized = w
    for o in 0..<form.outputs {
      let own = w.values[o * count..<(o + 1) * count]
      let mean = own.reduce(0, +) / Double(count)
      let variance = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
      for i in 0..<count {
        standardized.values[o * count + i] =
          (w.values[o * count + i] - mean) / (variance + 1e-10).squareRoot()
      }
    }
    let x = Grid.drawn([2, form.inputs, form.height, form.width], seed: 5)
    let layer = StandardizedConvolution(
      form.inputs, form.outputs, geometry(form), using: initializer
    ).holding(w)
    #expect(layer.described == ["weight \(shape)"])
    let expected = loop(x, standardized, Array(repeating: 0, count: form.outputs), form)
    let y = Grid(layer(x.tensor, Context()))
    #expect(y.shape == expected.shape)
    #expect(difference(y.values, expected.values, relative: 1e-9, absolute: 1e-9) == nil)
  }

  /// A kernel of one value has no spread: it counts as 0, and nothing is infinite.
  @Test func aConstantKernelIsNothing() throws {
    let layer = StandardizedConvolution(2, 3, .init(3), using: initializer)
      .holding(Grid([3, 2, 3, 3], Array(repeating: 0.75, count: 54)))
    let x = Grid.drawn([1, 2, 4, 4], seed: 6).tensor.requiringGrad()
    let y = layer(x, Context())
    #expect(y.scalars(as: Double.self).allSatisfy { abs($0) < 1e-9 })
    y.sum().backward()
    let slope = try #require(x.grad).scalars(as: Double.self)
    #expect(slope.allSatisfy { $0.isFinite })
  }

  @Test("along series, of any odd kernel, also longer than the series", arguments: [1, 3, 5, 9])
  func series(kernel: Int) {
    let (inputs, outputs, steps) = (3, 4, 6)
    let w = Grid.drawn([outputs, inputs, kernel], seed: 7)
    let x = Grid.drawn([2, inputs, steps], seed: 8)
    let layer = Convolution1D(inputs, outputs, kernel: kernel, using: initializer).holding(w)
    var expected: [Double] = []
    for n in 0..<2 {
      for o in 0..<outputs {
        for t in 0..<steps {
          var sum = 0.0
          for c in 0..<inputs {
            for k in 0..<kernel {
              let place = t + k - kernel / 2
              guard (0..<steps).contains(place) else { continue }
              sum +=
                w.values[(o * inputs + c) * kernel + k]
                * x.values[(n * inputs + c) * steps + place]
            }
          }
          expected.append(sum)
        }
      }
    }
    let count = OperationCount()
    let y = Grid(layer(x.tensor, Context(tracing: count)))
    #expect(y.shape == [2, outputs, steps])
    #expect(difference(y.values, expected, relative: 1e-12, absolute: 1e-12) == nil)
    #expect(count.multiplyAdds == 2 * outputs * steps * inputs * kernel)
    let shapes = OperationCount(shapesOnly: true)
    #expect(layer(x.tensor, Context(tracing: shapes)).shape == y.shape)
    #expect(shapes.multiplyAdds == count.multiplyAdds)
  }

  /// The slopes by differences, of kernel, bias and image, of a convolution with groups and stride.
  @Test func slopes() {
    let (x, w, b) = (
      Grid.drawn([1, 4, 4, 3], seed: 9), Grid.drawn([4, 2, 3, 3], seed: 10),
      Grid.drawn([4], seed: 11)
    )
    let form = Form(outputs: 4, stride: 2, groups: 2, height: 4, width: 3)
    func made() -> Convolution {
      Convolution(4, 4, geometry(form), bias: true, .heFanIn, using: initializer).holding(w, b)
    }
    let (other, layer) = (made(), made())
    #expect(gradientDifference(at: [x.tensor]) { other($0[0], Context()) } == nil)
    var visitor = TensorVisitor()
    layer.visit(&visitor)
    layer(x.tensor, Context()).sum().backward()
    // The sum's slope at a kernel's place is the sum of what it touches; at a bias the number of places.
    let places = loop(x, w, b.values, form).shape[2...].reduce(1, *)
    #expect(
      visitor.parameters[1].tensor.grad?.scalars(as: Double.self)
        == Array(repeating: Double(places), count: 4))
    var touched: [Double] = []
    for o in 0..<4 {
      for c in 0..<2 {
        for i in 0..<3 {
          for j in 0..<3 {
            var sum = 0.0
            for row in 0..<2 {
              for column in 0..<2 {
                sum += x[0, o / 2 * 2 + c, 2 * row + i - 1, 2 * column + j - 1]
              }
            }
            touched.append(sum)
          }
        }
      }
    }
    let found = visitor.parameters[0].tensor.grad?.contiguous().scalars(as: Double.self) ?? []
    #expect(difference(found, touched, relative: 1e-12, absolute: 1e-12) == nil)
  }

  /// First values lie where their distributions say: U(±1/√fan) within its bound, N(0, 2 / fan) with that variance; fans are
  /// those of torch, groups counted in.
  @Test func firstValues() {
    let layer = Convolution(
      32, 64, .init(3, groups: 2), bias: true, .uniformFanIn,
      using: Initializer(dtype: .float64, generator: Generator(seed: 9)))
    var visitor = TensorVisitor()
    layer.visit(&visitor)
    let bound = 1 / (16 * 9.0).squareRoot()
    for (_, tensor) in visitor.parameters {
      let values = tensor.contiguous().scalars(as: Double.self)
      #expect(values.allSatisfy { abs($0) <= bound })
      #expect((values.map(abs).max() ?? 0) > 0.9 * bound)
    }
    for (distribution, fan) in [(.heFanOut, 64 * 9), (.heFanIn, 16 * 9)]
      as [(Initializer.Distribution, Double)]
    {
      let layer = Convolution(
        32, 64, .init(3, groups: 2), bias: .zero, distribution,
        using: Initializer(dtype: .float64, generator: Generator(seed: 9)))
      var visitor = TensorVisitor()
      layer.visit(&visitor)
      let variance = Grid(visitor.parameters[0].tensor.square()).values.reduce(0, +) / 9216
      #expect(abs(variance * fan / 2 - 1) < 0.06, "\(distribution)")
      #expect(visitor.parameters[1].tensor.scalars(as: Double.self).allSatisfy { $0 == 0 })
    }
  }
}
