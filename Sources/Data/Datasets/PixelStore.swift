public import Files
public import Imaging
import Requirements

/// Images of equal size as one block of bytes per file, as IDX and `.npz` have them: in memory, or where they would not
/// fit read one by one from the file.
///
/// A store is a value; copies share their bytes.
public struct PixelStore: Sendable {
  private struct Block: Sendable {
    let source: Source
    let start: Int
    let first: Int
    let count: Int
    let width: Int
    let height: Int
    let channels: Int
    let type: SampleType

    var size: Int { width * height * channels * type.size }
  }

  private enum Source: Sendable {
    case memory([UInt8])
    case member(ZipMember)
  }

  private var blocks: [Block] = []

  /// An empty store.
  public init() {}

  /// Number of images.
  public var count: Int { blocks.last.map { $0.first + $0.count } ?? 0 }

  /// Adds `count` images that stand one after the other in `bytes`, `[count, H, W, channels]`.
  ///
  /// - Parameters:
  ///   - bytes: the file's content; kept without a copy.
  ///   - start: offset of the first image in `bytes`.
  ///   - count: number of images.
  ///   - size: width and height of each, in pixels.
  ///   - channels: 1 or 3.
  ///   - type: what a sample is; in this machine's byte order.
  /// - Returns: the numbers of the new images.
  /// - Precondition: `bytes` is long enough; `channels` is 1 or 3.
  public mutating func append(
    _ bytes: [UInt8], from start: Int = 0, count: Int, size: ImageSize, channels: Int,
    type: SampleType = .uint8
  ) -> Range<Int> {
    append(.memory(bytes), of: bytes.count, from: start, count, size, channels, type)
  }

  /// Adds `count` images that stand one after the other in an entry of an archive, little-endian, and are read when they
  /// are asked for.
  ///
  /// - Parameters:
  ///   - member: the entry.
  ///   - start: offset of the first image in it.
  ///   - count: number of images.
  ///   - size: width and height of each, in pixels.
  ///   - channels: 1 or 3.
  ///   - type: what a sample is.
  /// - Returns: the numbers of the new images.
  /// - Precondition: `member` is long enough; `channels` is 1 or 3.
  public mutating func append(
    _ member: ZipMember, from start: Int, count: Int, size: ImageSize, channels: Int,
    type: SampleType
  ) -> Range<Int> {
    append(.member(member), of: member.size, from: start, count, size, channels, type)
  }

  private mutating func append(
    _ source: Source, of length: Int, from start: Int, _ count: Int, _ size: ImageSize,
    _ channels: Int, _ type: SampleType
  ) -> Range<Int> {
    let end = start + count * size.width * size.height * channels * type.size
    require(
      length >= end && (channels == 1 || channels == 3),
      "PixelStore.append: expected \(end) bytes of 1 or 3 channels, got \(length) of \(channels)")
    let first = self.count
    blocks.append(
      Block(
        source: source, start: start, first: first, count: count, width: size.width,
        height: size.height, channels: channels, type: type))
    return first..<first + count
  }

  /// The image as RGB where it is stored in 8 bits, a grey one with its value in all three channels; nil
  /// where samples are larger, see ``stored(_:)``.
  ///
  /// - Throws: `FileError` when the file it is read from has been changed meanwhile.
  /// - Precondition: `index` is in `0..<count`.
  public func image(_ index: Int) throws(FileError) -> Image? {
    let block = block(of: index)
    guard block.type == .uint8 else { return nil }
    let pixels = try raw(index)
    let count = block.width * block.height
    return Image(width: block.width, height: block.height, channels: 3) { output in
      if block.channels == 3 {
        _ = output.update(fromContentsOf: pixels)
        return
      }
      var source = pixels.startIndex
      for pixel in 0..<count {
        output[3 * pixel] = pixels[source]
        output[3 * pixel + 1] = pixels[source]
        output[3 * pixel + 2] = pixels[source]
        source += 1
      }
    }
  }

  /// The image with its samples as they are stored.
  ///
  /// - Throws: `FileError` when the file it is read from has been changed meanwhile.
  /// - Precondition: `index` is in `0..<count`.
  public func stored(_ index: Int) throws(FileError) -> StoredImage {
    let block = block(of: index)
    return StoredImage(
      width: block.width, height: block.height, bands: block.channels, type: block.type,
      bytes: Array(try raw(index)))
  }

  /// The stored bytes of an image, `[H, W, channels]`.
  ///
  /// - Throws: `FileError` when the file it is read from has been changed meanwhile.
  /// - Precondition: `index` is in `0..<count`.
  public func raw(_ index: Int) throws(FileError) -> ArraySlice<UInt8> {
    let block = block(of: index)
    let start = block.start + (index - block.first) * block.size
    switch block.source {
    case .memory(let bytes): return bytes[start..<start + block.size]
    case .member(let member):
      let bytes = try member.read(start..<start + block.size)
      return (1.littleEndian == 1 ? bytes : bytes.swapped(every: block.type.size))[...]
    }
  }

  /// Width and height of an image.
  ///
  /// - Precondition: `index` is in `0..<count`.
  public func size(_ index: Int) -> ImageSize {
    let block = block(of: index)
    return ImageSize(width: block.width, height: block.height)
  }

  /// Stored channels of an image, 1 or 3.
  ///
  /// - Precondition: `index` is in `0..<count`.
  public func channels(_ index: Int) -> Int { block(of: index).channels }

  /// What a sample of an image is.
  ///
  /// - Precondition: `index` is in `0..<count`.
  public func type(_ index: Int) -> SampleType { block(of: index).type }

  private func block(of index: Int) -> Block {
    require(
      (0..<count).contains(index), "PixelStore: expected an image in 0..<\(count), got \(index)")
    var low = 0
    var high = blocks.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if blocks[middle].first <= index { low = middle } else { high = middle - 1 }
    }
    return blocks[low]
  }
}
