package import Imaging
package import Torch

/// Makes what workers left of the augmentation of a batch, on the device that it is for.
///
/// Operation after operation, those of one type for all images that have one there; a chunk of images at a time, so that
/// memory is bounded.
package struct DeviceAugmentation {
  /// Of the result.
  package let size: ImageSize

  package init(size: ImageSize) { self.size = size }

  /// Pixels of a chunk's result, at most, but for one image: warps take 64 bytes a pixel in between, colours 48.
  private static let chunk = 1 << 21

  /// The finished images, uint8 `[N, H, W, 3]`.
  ///
  /// - Parameters:
  ///   - images: as workers left them.
  ///   - device: where the result shall be.
  /// - Throws: `TorchError` where they cannot be moved there.
  package func finished(
    _ images: [PreparedImage], on device: Device
  ) throws(TorchError) -> Tensor {
    let pixels = try Self.packed(images.map(\.image)).to(device)
    let areas = images.map { $0.image.width * $0.image.height }
    let starts = areas.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
    let whole = [images.count, size.height, size.width, 3]
    guard images.contains(where: { $0.scaling != nil || !$0.operations.isEmpty }) else {
      return pixels.reshaped(whole)
    }
    let step = max(1, Self.chunk / (size.width * size.height))
    let parts = stride(from: 0, to: images.count, by: step).map { start in
      let range = start..<min(start + step, images.count)
      let first = starts[range.lowerBound]
      let own = pixels.narrowed(dim: 0, start: first, length: starts[range.upperBound] - first)
      return finished(Array(images[range]), own, from: starts[range].map { $0 - first })
    }
    return parts.count == 1 ? parts[0] : Tensor.concatenated(parts, dim: 0)
  }

  private func finished(_ images: [PreparedImage], _ pixels: Tensor, from starts: [Int]) -> Tensor {
    var result =
      images.contains { $0.scaling != nil }
      ? pixels.scaled(images.map { $0.scaling ?? ImageScaling(of: size) }, from: starts)
      : pixels.reshaped([images.count, size.height, size.width, 3])
    for place in 0..<(images.map(\.operations.count).max() ?? 0) {
      let operations = images.map { place < $0.operations.count ? $0.operations[place] : nil }
      let kinds = operations.map { $0.map { ObjectIdentifier(type(of: $0)) } }
      result = result.byKind(kinds) { _, rows, images in
        let own = rows.compactMap { operations[$0] }
        return own.first.map { type(of: $0).apply(any: own, to: images) } ?? images
      }
    }
    return result.contiguous()
  }

  /// The pixels of all images one behind the other, `[P, 3]`, on the processor.
  private static func packed(_ images: [Image]) -> Tensor {
    let count = images.reduce(0) { $0 + $1.pixels.count }
    return Tensor([count / 3, 3], dtype: .uint8) { bytes in
      var start = 0
      for image in images {
        image.pixels.withUnsafeBytes {
          UnsafeMutableRawBufferPointer(rebasing: bytes[start..<start + $0.count])
            .copyMemory(from: $0)
        }
        start += image.pixels.count
      }
    }
  }
}
