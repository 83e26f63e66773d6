import Batches
import Imaging
import Testing
import Torch

/// Images of any size that a batch's device scales, in chunks.
@Suite("Scaling of batches")
struct DeviceScalingTests {
  @Test(arguments: Interpolation.allCases)
  func windowsAreScaled(interpolation: Interpolation) throws {
    let size = ImageSize(width: 24, height: 18)
    let resize = Resize(size, sampling: interpolation)
    let windows = [
      (60, 40), (24, 40), (60, 18), (7, 50), (70, 5), (1, 1), (96, 72), (23, 19), (30, 1), (12, 9),
    ].map { Window(left: 3, top: 2, size: ImageSize(width: $0.0, height: $0.1)) }
    let lists: [[any ImageOperation]] = windows.map { [$0, resize, Orientation.mirrored] }
    let pictures = (0..<3).map {
      DeviceCase.picture(ImageSize(width: 100, height: 75), seed: 5 * $0)
    }
    try DeviceCase.compare(lists, of: pictures, size: size, left: 1, scaled: true)
  }

  /// Some of a batch have the size already; a longer side than four times the result's is scaled by the worker.
  @Test func someAreScaled() throws {
    let size = ImageSize(8)
    let images = [8, 9, 32, 33, 7].map {
      DeviceCase.picture(ImageSize(width: $0, height: 8), seed: $0)
    }
    let prepared = images.map {
      PreparedImage($0, [Resize(size), Orientation.flipped], size: size, leaving: true)
    }
    #expect(prepared.map(\.left.scaling) == [false, true, true, false, true])
    let made = try DeviceAugmentation(size: size).finished(prepared, on: .cpu)
    #expect(made.scalars() == images.flatMap { Orientation.flipped(Resize(size)($0)).pixels })
  }

  /// More pixels than are made at once, so that there are several chunks.
  @Test func chunksAreOneBatch() throws {
    let size = ImageSize(width: 1000, height: 700)
    let lists: [[any ImageOperation]] = (0..<5).map { number in
      [Window(left: number, top: 0, size: ImageSize(width: 990, height: 700)), Resize(size)]
        + (number % 2 == 0 ? [Orientation.mirrored] : [])
    }
    let picture = DeviceCase.picture(size, seed: 0)
    let prepared = lists.map { PreparedImage(picture, $0, size: size, leaving: true) }
    let expected = lists.map { PreparedImage(picture, $0, size: size, leaving: false) }
    let augmentation = DeviceAugmentation(size: size)
    let made: [UInt8] = try augmentation.finished(prepared, on: .cpu).scalars()
    #expect(made == expected.flatMap(\.image.pixels))
  }
}
