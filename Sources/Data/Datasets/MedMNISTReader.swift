import Files
import Imaging

/// Reads MedMNIST's `.npz`: `{train,val,test}_images` `[N, H, W]` or `[N, H, W, 3]` and
/// `{train,val,test}_labels` `[N, 1]`, of several labels `[N, L]` of 0 and 1. MedMNIST's images are `uint8`; other numbers are
/// read as well. What does not fit into memory beside the arrays before it (224 pixels: up to 16 GB) is read image by image.
///
/// Source of the format: Yang et al. 2023, "MedMNIST v2", doi:10.1038/s41597-022-01721-8.
enum MedMNISTReader {
  /// - Parameter labels: with ``LabelPolicy/several`` `[N, L]` is read, else `[N, 1]`; where labels are not needed, other
  ///   shapes are passed over.
  static func dataset(
    _ path: String, labels: LabelPolicy = .required
  ) throws(DatasetError) -> Dataset {
    var pixels = PixelStore()
    var examples: [Example] = []
    var held = 0
    var labelNames: [String]?
    do throws(FileError) {
      let archive = try NpzArchive(path: path)
      let names = Set(archive.names)
      for split in Split.allCases where names.contains("\(split.rawValue)_images") {
        let found = try Labels(split, archive, path, labels)
        if let labelNames, let names = found.names, names != labelNames {
          throw .malformed(
            path: "\(path):\(split.rawValue)_labels",
            reason:
              "expected \(labelNames.count) labels as in the arrays before, found \(names.count)")
        }
        labelNames = labelNames ?? found.names
        try read(split, archive, path, found, &held, &pixels, &examples)
      }
    } catch {
      throw .file(error)
    }
    if examples.isEmpty {
      throw .empty(path: path, expected: "MedMNIST arrays such as train_images and train_labels")
    }
    var data = Dataset(
      name: FilePath.stem(of: path), layout: .medMNIST, examples: examples, pixels: pixels)
    data.labelNames = labelNames
    return data
  }

  /// What the array of labels of a split says.
  private struct Labels {
    /// Images that it has.
    var count: Int
    /// Type and shape, for messages.
    var found: String
    /// The class of each image; nil where they have several labels, or none is needed.
    var classes: [Int]?
    /// The labels of each image, and their names.
    var entries: [[Bool?]]?
    var names: [String]?

    init(
      _ split: Split, _ archive: NpzArchive, _ path: String, _ policy: LabelPolicy
    ) throws(FileError) {
      let name = "\(split.rawValue)_labels"
      let array = try archive.array(name)
      count = array.shape.first ?? 0
      found = "\(array.dtype.rawValue) \(array.shape)"
      guard policy != .several else {
        let labels = try LabelArray(array, count: count, name: "\(path):\(name)")
        (entries, names) = (labels.rows, labels.names)
        return
      }
      if policy == .optional && LabelArray.isOne(array.shape) { return }
      guard let numbers = array.integers, array.count == count else {
        throw .malformed(
          path: "\(path):\(name)",
          reason: "expected \(count) whole numbers, one class per image,"
            + " found \(found)")
      }
      classes = numbers
    }
  }

  private static func read(
    _ split: Split, _ archive: NpzArchive, _ path: String, _ labels: Labels, _ held: inout Int,
    _ pixels: inout PixelStore, _ examples: inout [Example]
  ) throws(FileError) {
    let images = try archive.rows(
      "\(split.rawValue)_images", room: max(0, UnpackLimit.bytes - held))
    held += images.held
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
    guard labels.count == images.shape[0] else {
      throw .malformed(
        path: "\(path):\(split.rawValue)_labels",
        reason: "expected \(images.shape[0]) "
          + (labels.entries == nil
            ? "whole numbers, one class per image," : "rows of labels, one an image,")
          + " found \(labels.found)")
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
          label: labels.classes.map { String($0[position]) }, labels: labels.entries?[position],
          split: split,
          file: "\(path):\(split.rawValue)_images[\(position)]"))
    }
  }
}
