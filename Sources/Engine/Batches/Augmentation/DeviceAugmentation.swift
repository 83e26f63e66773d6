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

  /// Pixels of a chunk, at most, but for one image: of the result, or a quarter of those it is scaled from. Between operations
  /// 90 bytes for each are taken, and 160 where images are scaled to a quarter of their sides.
  private static let chunk = 1 << 21

  /// The finished images, uint8 `[N, H, W, 3]`, contiguous.
  ///
  /// - Parameters:
  ///   - images: as workers left them.
  ///   - device: where the result shall be.
  /// - Throws: `TorchError` where they cannot be moved there, or there is no room.
  package func finished(_ images: [PreparedImage], on device: Device) throws -> Tensor {
    guard images.contains(where: \.isUnfinished) else {
      return try Self.packed(images).to(device)
        .reshaped([images.count, size.height, size.width, 3])
    }
    let parts = try chunks(of: images).map { try made($0, try Self.packed($0).to(device)) }
    return parts.count == 1 ? parts[0] : Tensor.concatenated(parts, dim: 0)
  }

  private func chunks(of images: [PreparedImage]) -> [[PreparedImage]] {
    var (chunks, pixels) = ([[PreparedImage]](), 0)
    for image in images {
      let own = max(size.width * size.height, image.area / 4)
      pixels += own
      if chunks.isEmpty || pixels > Self.chunk {
        chunks.append([])
        pixels = own
      }
      chunks[chunks.count - 1].append(image)
    }
    return chunks
  }

  private func made(_ images: [PreparedImage], _ pixels: Tensor) throws -> Tensor {
    let starts = images.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.area) }
    var result =
      images.contains { $0.scaling != nil }
      ? try pixels.scaled(images.map { $0.scaling ?? ImageScaling(of: size) }, from: starts)
      : pixels.reshaped([images.count, size.height, size.width, 3])
    for place in 0..<(images.map(\.operations.count).max() ?? 0) {
      let operations = images.map { place < $0.operations.count ? $0.operations[place] : nil }
      let kinds = operations.map { $0.map { ObjectIdentifier(type(of: $0)) } }
      result = try result.byKind(kinds) { _, rows, images in
        let own = rows.compactMap { operations[$0] }
        guard let first = own.first else { return images }
        return try type(of: first).apply(any: own, to: images)
      }
    }
    return result.contiguous()
  }

  /// The pixels of all images one behind the other, `[P, 3]`, on the processor.
  private static func packed(_ images: [PreparedImage]) -> Tensor {
    let count = images.reduce(0) { $0 + $1.image.pixels.count }
    return Tensor([count / 3, 3], dtype: .uint8) { bytes in
      var start = 0
      for image in images {
        image.image.pixels.withUnsafeBytes {
          UnsafeMutableRawBufferPointer(rebasing: bytes[start..<start + $0.count])
            .copyMemory(from: $0)
        }
        start += image.image.pixels.count
      }
    }
  }
}
