import Torch

/// How large a network is.
public struct NetworkSize: Sendable, Equatable, Codable {
  /// Learned numbers.
  public let parameters: Int
  /// Multiply-adds of one image, convolutions and linear layers.
  public let multiplyAdds: Int
}

extension Architecture {
  /// Counts by building the network with zero weights and running one zero image through it.
  ///
  /// - Parameters:
  ///   - classes: Logits.
  ///   - imageSize: Side of the image in pixels; `nil` for ``defaultImageSize``.
  public func size(classes: Int, imageSize: Int? = nil) -> NetworkSize {
    let network = build(
      classes: classes, using: Initializer(dtype: .float32, generator: nil))
    let side = imageSize ?? defaultImageSize
    let count = OperationCount()
    withoutGradients {
      let image = Tensor.zeros([1, 3, side, side]).channelsLast()
      _ = network(image, Context(tracing: count))
    }
    return NetworkSize(
      parameters: network.parameters.reduce(0) { $0 + $1.tensor.count },
      multiplyAdds: count.multiplyAdds)
  }
}
