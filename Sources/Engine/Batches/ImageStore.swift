public import Imaging
import Randomness
import Synchronization

/// Images by row, decoded and brought to their first, deterministic size; kept while there is room.
///
/// Decoding takes most of an epoch and the first resize always gives the same pixels, so
/// what fits into `budget` bytes is decoded once. Safe to use from several threads.
public final class ImageStore: Sendable {
  /// Reads the image of a row; throws an error that names the file.
  public typealias Read = @Sendable (_ row: Int, _ atLeast: ImageSize?) throws -> Image

  /// Rows there are.
  public let count: Int
  private let read: Read
  private let prepare: any Transform
  private let atLeast: ImageSize?
  private let kept: Mutex<Kept>

  private struct Kept {
    var images: [Image?]
    var room: Int
  }

  /// - Parameters:
  ///   - count: rows there are.
  ///   - atLeast: size that decoding may shrink to but not below; `nil` decodes in full.
  ///   - prepare: the deterministic first transform; it must not draw random numbers.
  ///   - budget: bytes of pixels to keep; 0 keeps nothing.
  ///   - read: reads one image.
  public init(
    count: Int, atLeast: ImageSize?, prepare: any Transform, budget: Int, read: @escaping Read
  ) {
    (self.count, self.atLeast, self.prepare, self.read) = (count, atLeast, prepare, read)
    kept = Mutex(Kept(images: Array(repeating: nil, count: count), room: budget))
  }

  /// The prepared image of a row.
  /// - Throws: what reading threw.
  public func image(at row: Int) throws -> Image {
    if let image = kept.withLock({ $0.images[row] }) { return image }
    var unused = RandomSource(seed: 0)
    let image = prepare(try read(row, atLeast), using: &unused)
    kept.withLock {
      guard $0.images[row] == nil, $0.room >= image.pixels.count else { return }
      $0.images[row] = image
      $0.room -= image.pixels.count
    }
    return image
  }
}
