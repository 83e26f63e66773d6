import Torch

/// Three kernels of unlike length and a maximum of neighbours, side by side; batch normalisation, ReLU.
///
/// Fawaz et al. 2020, figure 2. Names: `bottleneck` (absent where the series has one channel), `convs.0` to `convs.2`,
/// `maxconvpool.1`, `bn`.
struct InceptionModule: Layer {
  private let bottleneck: Convolution1D?
  private let kernels: [Convolution1D]
  private let pooling: Convolution1D
  private let norm: BatchNorm

  /// - Parameters:
  ///   - inputs: channels in.
  ///   - filters: channels of the bottleneck, and of each of the parts side by side.
  ///   - kernels: lengths of the kernels, odd.
  init(_ inputs: Int, filters: Int, kernels lengths: [Int], using initializer: Initializer) {
    bottleneck =
      inputs > 1 ? Convolution1D(inputs, filters, kernel: 1, using: initializer) : nil
    let squeezed = inputs > 1 ? filters : inputs
    kernels = lengths.map { Convolution1D(squeezed, filters, kernel: $0, using: initializer) }
    pooling = Convolution1D(inputs, filters, kernel: 1, using: initializer)
    norm = BatchNorm((lengths.count + 1) * filters, using: initializer)
  }

  /// - Parameter x: `[N, in, T]`, 0 at padded steps.
  /// - Returns: `[N, 4 · filters, T]`, 0 at padded steps.
  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let squeezed = bottleneck?(x, context) ?? x
    let parts =
      kernels.map { $0(squeezed, context) } + [pooling(NeighbourMaximum()(x, context), context)]
    return norm(Tensor.concatenated(parts, dim: 1), then: .relu, context)
  }

  func visit(_ visitor: inout TensorVisitor) {
    if let bottleneck { visitor.layer("bottleneck", bottleneck) }
    for (number, kernel) in kernels.enumerated() { visitor.layer("convs.\(number)", kernel) }
    visitor.layer("maxconvpool.1", pooling)
    visitor.layer("bn", norm)
  }
}

/// Three modules and the path around them: y = relu(F(x) + shortcut(x)).
///
/// The shortcut is a batch normalisation, behind a convolution of one step where the channels differ.
struct InceptionResidual: Layer {
  private let number: Int
  private let modules: [InceptionModule]
  private let fit: Convolution1D?
  private let norm: BatchNorm

  /// - Parameters:
  ///   - number: which of the network's residual blocks it is, from 0.
  ///   - inputs: channels in.
  ///   - size: filters and kernels.
  init(_ number: Int, _ inputs: Int, _ size: InceptionTimeSize, using initializer: Initializer) {
    self.number = number
    let outputs = size.features
    modules = (0..<InceptionTimeSize.modulesPerBlock).map { index in
      InceptionModule(
        index == 0 ? inputs : outputs, filters: size.filters, kernels: size.kernels,
        using: initializer)
    }
    fit =
      inputs == outputs ? nil : Convolution1D(inputs, outputs, kernel: 1, using: initializer)
    norm = BatchNorm(outputs, using: initializer)
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let shortcut = norm(fit?(x, context) ?? x, context)
    return (modules.reduce(x) { $1($0, context) } + shortcut).reluInPlace()
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitModules(&visitor)
    visitShortcut(&visitor)
  }

  /// Names count through the network.
  func visitModules(_ visitor: inout TensorVisitor) {
    for (index, module) in modules.enumerated() {
      visitor.layer(
        "inceptionblock.inception.\(number * InceptionTimeSize.modulesPerBlock + index)", module)
    }
  }

  func visitShortcut(_ visitor: inout TensorVisitor) {
    visitor.nested("inceptionblock.shortcut.\(number)") { visitor in
      guard let fit else { return norm.visit(&visitor) }
      visitor.layer("0", fit)
      visitor.layer("1", norm)
    }
  }
}
