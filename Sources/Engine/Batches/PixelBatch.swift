public import Torch

/// The pixels of one step, stream by stream, as workers filled them.
public struct PixelBatch: Sendable {
  /// What was asked for.
  public let request: StepRequest
  /// Height and width of every image, in pixels.
  public let height: Int, width: Int
  let pixels: PixelMemory

  /// The images of one stream, `[N, H, W, 3]`, uint8.
  public func tensor(stream: Int) -> Tensor {
    let start = request.streams[..<stream].reduce(0) { $0 + $1.count }
    let count = request.streams[stream].count
    let size = height * width * 3
    return Tensor(
      copying: UnsafeRawBufferPointer(
        rebasing: pixels.bytes[start * size..<(start + count) * size]),
      shape: [count, height, width, 3], dtype: .uint8)
  }
}

/// A block of bytes that several workers fill, each its own part.
///
/// `@unchecked Sendable`: the prefetcher gives every item of a step to one worker only, and the
/// reader gets the block after the last of them has reported under the prefetcher's lock.
final class PixelMemory: @unchecked Sendable {
  private let memory: UnsafeMutableRawBufferPointer

  init(count: Int) {
    memory = .allocate(byteCount: count, alignment: 64)
  }

  deinit { memory.deallocate() }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(memory) }

  func write(_ pixels: [UInt8], at offset: Int) {
    pixels.withUnsafeBytes {
      UnsafeMutableRawBufferPointer(rebasing: memory[offset..<offset + $0.count])
        .copyMemory(from: $0)
    }
  }
}
