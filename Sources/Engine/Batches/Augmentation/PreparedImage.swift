package import Imaging
import Requirements

/// An image as a worker leaves it, and what is still to be made of it: at most one scaling to the size of the batch, then
/// operations that keep it.
package struct PreparedImage: Sendable {
  /// Red, green and blue.
  package let image: Image
  /// First; `nil` of an image that has the size of the batch.
  let scaling: ImageScaling?
  /// Then, in order.
  let operations: [any DeviceOperation]

  /// The same with nothing left: all of it is made here.
  var finished: PreparedImage {
    var image = image
    scaling?.resize.apply(to: &image)
    operations.forEach { $0.apply(to: &image) }
    return PreparedImage(image: image, scaling: nil, operations: [])
  }

  /// Whether something is left.
  var isUnfinished: Bool { scaling != nil || !operations.isEmpty }

  /// Pixels there are.
  var area: Int { image.width * image.height }

  /// What is left: whether the scaling, and how many operations after it.
  package var left: (scaling: Bool, operations: Int) { (scaling != nil, operations.count) }

  /// The longest side of an image whose scaling is left, in sides of the result: what is carried to a device is bounded by it.
  private static let longest = 4

  private init(image: Image, scaling: ImageScaling?, operations: [any DeviceOperation]) {
    (self.image, self.scaling, self.operations) = (image, scaling, operations)
  }

  /// Makes what was drawn for an image, or as little of it as may be.
  ///
  /// - Parameters:
  ///   - image: three channels
  ///   - operations: what was drawn for it
  ///   - size: of the result
  ///   - leaving: whether the last of them are left that can be made of many images at once
  /// - Precondition: three channels, and operations that lead to `size`.
  package init(_ image: Image, _ operations: [any ImageOperation], size: ImageSize, leaving: Bool) {
    let end = operations.size(after: image.size)
    require(
      end == size && image.channels == 3,
      "Prefetcher: expected \(size)×3 after augmentation, got \(end)×\(image.channels); a transform has to lead there"
    )
    self.operations = leaving ? Self.tail(of: operations) : []
    var first = operations.dropLast(self.operations.count)
    let resize = leaving ? first.last as? Resize : nil
    if resize != nil { first.removeLast() }
    var image = image
    let told = first.size(after: image.size)
    first.apply(to: &image)
    require(
      image.size == told && image.channels == 3,
      "Prefetcher: expected \(told)×3, as the operations' size(after:) says, got \(image.size)×\(image.channels)"
    )
    if let resize, image.size != size, image.width <= Self.longest * size.width,
      image.height <= Self.longest * size.height
    {
      scaling = ImageScaling(resize, of: image.size)
    } else {
      resize?.apply(to: &image)
      scaling = nil
    }
    self.image = image
  }

  /// The last operations that can be made of many images at once.
  private static func tail(of operations: [any ImageOperation]) -> [any DeviceOperation] {
    var tail: [any DeviceOperation] = []
    for operation in operations.reversed() {
      guard let operation = operation as? any DeviceOperation, operation.hasBatch else { break }
      tail.append(operation)
    }
    return tail.reversed()
  }
}
