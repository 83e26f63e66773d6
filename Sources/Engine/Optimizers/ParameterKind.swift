/// What a parameter is to an optimiser that tells them apart.
public enum ParameterKind: Sendable, Equatable {
  /// A matrix between hidden layers, or the kernel of a convolution: `[out, in, …]`.
  case matrix
  /// Everything else: the first layer, the head, normalisations, biases, depthwise kernels.
  case other
}
