extension Orientation {
  /// The upright picture.
  ///
  /// - Parameter image: the picture as stored
  func uprighted(_ image: StoredImage) -> StoredImage {
    guard self != .upright else { return image }
    let size = swapsAxes ? image.size.turned : image.size
    return StoredImage(
      width: size.width, height: size.height, bands: image.bands, alphaBand: image.alphaBand,
      type: image.type,
      bytes: uprighted(image.bytes, of: image.size, bytesPerPixel: image.bands * image.type.size))
  }
}
