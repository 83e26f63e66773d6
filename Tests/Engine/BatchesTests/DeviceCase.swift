import Batches
import Imaging
import Randomness
import Testing
import Torch

/// What a device makes of many images beside what is made of each alone.
enum DeviceCase {
  /// Any levels, some pictures with few, grey or flat ones.
  static func picture(_ size: ImageSize, seed: Int) -> Image {
    var source = RandomSource(seed: UInt64(seed))
    let (low, span) = [(0, 256), (90, 40), (0, 3), (255, 1), (0, 1)][seed % 5]
    let isGrey = seed % 7 == 3
    return Image(
      width: size.width, height: size.height, channels: 3,
      pixels: (0..<size.width * size.height).flatMap { _ -> [UInt8] in
        let levels = (0..<3).map { _ in UInt8(low + source.below(span)) }
        return isGrey ? [levels[0], levels[0], levels[0]] : levels
      })
  }

  /// Each list of operations made of each picture, here and in batches.
  ///
  /// - Parameter left: operations that are left of each list, so that the comparison is one; `nil` is all of them
  static func compare(
    _ lists: [[any ImageOperation]], of pictures: [Image], size: ImageSize, left: Int? = nil,
    scaled: Bool = false, _ what: String = ""
  ) throws {
    var (prepared, expected) = ([PreparedImage](), [UInt8]())
    for (number, list) in lists.enumerated() {
      for picture in pictures {
        let image = PreparedImage(picture, list, size: size, leaving: true)
        #expect(image.left.operations == left ?? list.count, "\(what) \(number)")
        #expect(image.left.scaling == scaled, "\(what) \(number)")
        prepared.append(image)
        expected += PreparedImage(picture, list, size: size, leaving: false).image.pixels
      }
    }
    let made = try DeviceAugmentation(size: size).finished(prepared, on: .cpu)
    #expect(made.shape == [prepared.count, size.height, size.width, 3] && made.isContiguous)
    let found: [UInt8] = made.scalars()
    let off = zip(found, expected).enumerated().filter { $0.element.0 != $0.element.1 }
    #expect(
      found.count == expected.count && off.isEmpty,
      "\(what): \(off.count) of \(expected.count) values, the first at \(off.first?.offset ?? -1)")
  }
}
