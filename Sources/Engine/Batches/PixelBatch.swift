public import Imaging
public import Torch

/// The images of one step, stream by stream, as workers left them.
public struct PixelBatch: Sendable {
  /// What was asked for.
  public let request: StepRequest
  /// Of every finished image.
  public let size: ImageSize
  /// One after another, those of the first stream first.
  let images: [PreparedImage]

  /// The images of one stream, `[N, H, W, 3]`, uint8, contiguous. What workers left is made on the device.
  ///
  /// - Parameters:
  ///   - stream: its number.
  ///   - device: where the tensor shall live.
  /// - Throws: `TorchError` where the images cannot be moved there.
  public func tensor(stream: Int, on device: Device = .cpu) throws -> Tensor {
    try DeviceAugmentation(size: size).finished(images(of: stream), on: device)
  }

  /// The images of one stream, as workers left them.
  package func images(of stream: Int) -> [PreparedImage] {
    let start = request.streams[..<stream].reduce(0) { $0 + $1.count }
    return Array(images[start..<start + request.streams[stream].count])
  }
}
