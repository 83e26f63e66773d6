import Files
import Imaging

/// Reads MedMNIST's `.npz`: `{train,val,test}_images` `[N, H, W]` or `[N, H, W, 3]` and
/// `{train,val,test}_labels` `[N, 1]`. MedMNIST's images are `uint8`; other numbers are read as well. What does not
/// fit into memory beside the arrays before it (224 pixels: up to 16 GB) is read image by image.
///
/// Source of the format: Yang et al. 2023, "MedMNIST v2", doi:10.1038/s41597-022-01721-8.
enum MedMNISTReader {
  static func dataset(_ path: String) throws(DatasetError) -> Dataset {
    var pixels = PixelStore()
    var examples: [Example] = []
    var held = 0
    do throws(FileError) {
      let archive = try NpzArchive(path: path)
      let names = Set(archive.names)
      for split in Split.allCases where names.contains("\(split.rawValue)_images") {
        try read(split, archive, path, &held, &pixels, &examples)
      }
    } catch {
      throw .file(error)
    }
    if examples.isEmpty {
      throw .empty(path: path, expected: "MedMNIST arrays such as train_images and train_labels")
    }
    return Dataset(
      name: FilePath.stem(of: path), layout: .medMNIST, examples: examples, pixels: pixels)
  }

  private static func read(
    _ split: Split, _ archive: NpzArchive, _ path: String, _ held: inout Int,
    _ pixels: inout PixelStore, _ examples: inout [Example]
  ) throws(FileError) {
    let images = try archive.rows(
      "\(split.rawValue)_images", room: max(0, UnpackLimit.bytes - held))
    held += images.held
    let labels = try archive.array("\(split.rawValue)_labels")
    let isRGB = images.shape.count == 4 && images.shape[3] == 3
    let isGrey = images.shape.count == 3 || images.shape.count == 4 && images.shape[3] == 1
    guard let type = SampleType(images.dtype), isGrey || isRGB,
      images.shape[1...].allSatisfy({ $0 > 0 })
    else {
      throw .malformed(
        path: "\(path):\(split.rawValue)_images",
        reason: "expected images of numbers [N, H, W] or [N, H, W, 3],"
          + " found \(images.dtype.rawValue) \(images.shape)")
    }
    guard let numbers = labels.integers, labels.count == images.shape[0] else {
      throw .malformed(
        path: "\(path):\(split.rawValue)_labels",
        reason: "expected \(images.shape[0]) whole numbers, one class per image,"
          + " found \(labels.dtype.rawValue) \(labels.shape)")
    }
    let size = ImageSize(width: images.shape[2], height: images.shape[1])
    let (count, channels) = (images.shape[0], isRGB ? 3 : 1)
    let stored =
      switch images.content {
      case .array(let array):
        pixels.append(
          SampleType.samples(of: array), count: count, size: size, channels: channels, type: type)
      case .member(let member, let start):
        pixels.append(
          member, from: start, count: count, size: size, channels: channels, type: type)
      }
    let width = String(max(0, images.shape[0] - 1)).count
    for (position, number) in stored.enumerated() {
      let digits = String(position)
      let padded = String(repeating: "0", count: width - digits.count) + digits
      examples.append(
        Example(
          path: "\(split.rawValue)/\(padded)", source: .pixels(number),
          label: String(numbers[position]), split: split,
          file: "\(path):\(split.rawValue)_images[\(position)]"))
    }
  }
}
