import Requirements
import Torch

/// How large a network is.
public struct NetworkSize: Sendable, Equatable, Codable {
  /// Learned numbers.
  public let parameters: Int
  /// Multiply-adds of one input, convolutions and linear layers.
  public let multiplyAdds: Int
}

extension Architecture {
  /// Counts by building the network and following the shapes of one input through it.
  ///
  /// - Parameters:
  ///   - classes: Logits.
  ///   - shape: Of one input: `[C, H, W]` of an image, `[D]` of a feature vector, `[C, T]` of a series; `nil` for
  ///     ``typicalShape``.
  /// - Precondition: As many dimensions as ``typicalShape``.
  public func size(classes: Int, shape: [Int]? = nil) -> NetworkSize {
    let shape = shape ?? typicalShape
    require(
      shape.count == typicalShape.count,
      "Architecture.size: expected a shape like \(typicalShape), got \(shape)")
    let network = build(
      classes: classes, inputs: shape[0], using: Initializer(dtype: .float32, generator: nil))
    let count = OperationCount(shapesOnly: true)
    withoutGradients {
      let input = Tensor.zeros([1] + shape)
      _ = network(input.rank == 4 ? input.channelsLast() : input, Context(tracing: count))
    }
    return NetworkSize(
      parameters: network.parameters.reduce(0) { $0 + $1.tensor.count },
      multiplyAdds: count.multiplyAdds)
  }

  /// The same for square images of a side.
  ///
  /// - Parameters:
  ///   - classes: Logits.
  ///   - imageSize: Side of the image in pixels.
  /// - Precondition: It is a network of images.
  public func size(classes: Int, imageSize: Int) -> NetworkSize {
    size(classes: classes, shape: [typicalShape[0], imageSize, imageSize])
  }
}
