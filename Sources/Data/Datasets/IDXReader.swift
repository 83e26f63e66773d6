import Files
import Imaging

/// Reads MNIST-style folders: `train-images…`, `train-labels…`, `t10k-…` or `test-…`, `.gz` too.
///
/// Source of the format: LeCun, Cortes, Burges, the MNIST database page.
enum IDXReader {
  /// The files of one split.
  struct Pair {
    let split: Split
    let images: String
    let labels: String
  }

  /// The pairs that a folder holds; nil when it holds none.
  static func files(in items: [FolderListing.Item]) -> [Pair]? {
    func name(_ prefix: String, _ kind: String) -> String? {
      items.map(\.name).first {
        $0.hasPrefix("\(prefix)-\(kind)") && $0.contains("ubyte")
          && ($0.hasSuffix("ubyte") || $0.hasSuffix("ubyte.gz"))
      }
    }
    let known: [(String, Split)] = [
      ("train", .train), ("val", .val), ("valid", .val), ("t10k", .test), ("test", .test),
    ]
    let pairs = known.compactMap { prefix, split -> Pair? in
      guard let images = name(prefix, "images"), let labels = name(prefix, "labels") else {
        return nil
      }
      return Pair(split: split, images: images, labels: labels)
    }
    return pairs.isEmpty ? nil : pairs
  }

  static func dataset(_ folder: String, _ pairs: [Pair]) throws(DatasetError) -> Dataset {
    var pixels = PixelStore()
    var examples: [Example] = []
    for (place, pair) in pairs.enumerated() {
      if let other = pairs[..<place].first(where: { $0.split == pair.split }) {
        // Their images would have the same names.
        throw .file(
          .malformed(
            path: folder,
            reason:
              "has two sets of images for \(pair.split.rawValue), \(other.images) and \(pair.images);"
              + " move one elsewhere"))
      }
    }
    for pair in pairs {
      do throws(FileError) {
        try read(pair, folder, &pixels, &examples)
      } catch {
        throw .file(error)
      }
    }
    if examples.isEmpty { throw .empty(path: folder, expected: "at least one image") }
    let name = FilePath.name(of: FilePath.absolute(folder))
    return Dataset(name: name, layout: .idx, examples: examples, pixels: pixels)
  }

  private static func read(
    _ pair: Pair, _ folder: String, _ pixels: inout PixelStore, _ examples: inout [Example]
  ) throws(FileError) {
    let imageFile = FilePath.join(folder, pair.images)
    let labelFile = FilePath.join(folder, pair.labels)
    let images = try IDXArray(path: imageFile)
    let labels = try IDXArray(path: labelFile)
    let isRGB = images.shape.count == 4 && images.shape[3] == 3
    guard images.shape.count == 3 || isRGB, images.shape[1...].allSatisfy({ $0 > 0 }) else {
      throw .malformed(
        path: imageFile, reason: "expected images [N, H, W] or [N, H, W, 3], found \(images.shape)")
    }
    guard labels.type == .uint8, labels.shape.count == 1, labels.shape[0] == images.shape[0] else {
      let kind = labels.type == .uint8 ? "" : " of \(labels.type) numbers"
      throw .malformed(
        path: labelFile,
        reason: "expected \(images.shape[0]) labels, one per image, found \(labels.shape)\(kind)")
    }
    // Larger numbers have their highest byte first and are turned round once, here.
    let isSmall = images.type.size == 1 || 1.bigEndian == 1
    let numbers = pixels.append(
      isSmall
        ? images.bytes : Array(images.bytes[images.start...]).swapped(every: images.type.size),
      from: isSmall ? images.start : 0, count: images.shape[0],
      size: ImageSize(width: images.shape[2], height: images.shape[1]), channels: isRGB ? 3 : 1,
      type: images.type)
    let width = String(max(0, images.shape[0] - 1)).count
    for (position, number) in numbers.enumerated() {
      let digits = String(position)
      let padded = String(repeating: "0", count: width - digits.count) + digits
      examples.append(
        Example(
          path: "\(pair.split.rawValue)/\(padded)", source: .pixels(number),
          label: String(labels.bytes[labels.start + position]), split: pair.split,
          file: "\(imageFile)[\(position)]"))
    }
  }
}

/// A file of numbers in IDX format.
struct IDXArray {
  /// By IDX's code.
  private static let types: [UInt8: SampleType] = [
    0x08: .uint8, 0x09: .int8, 0x0B: .int16, 0x0C: .int32, 0x0D: .float32, 0x0E: .float64,
  ]

  /// Magic number and four axes.
  private static let longestHeader = 20

  let type: SampleType
  let shape: [Int]
  let bytes: [UInt8]
  /// Offset of the first element in `bytes`.
  let start: Int

  init(path: String) throws(FileError) {
    try self.init(FileBytes.read(path), name: path)
  }

  init(_ file: [UInt8], name: String) throws(FileError) {
    let isPacked = Gzip.isCompressed(file)
    let head = isPacked ? try Gzip.head(file, name: name, count: Self.longestHeader) : file
    guard head.count >= 4, head[0] == 0, head[1] == 0 else {
      throw .malformed(path: name, reason: "is not an IDX file")
    }
    guard let type = Self.types[head[2]] else {
      let known = Self.types.keys.sorted().map(String.init).joined(separator: ", ")
      throw .malformed(
        path: name, reason: "holds elements of IDX type \(head[2]); types read: \(known)")
    }
    self.type = type
    start = 4 + 4 * Int(head[3])
    guard (1...4).contains(head[3]), head.count >= start else {
      throw .malformed(path: name, reason: "has a damaged IDX header")
    }
    var shape: [Int] = []
    var size = type.size
    for axis in 0..<Int(head[3]) {
      let length = head[(4 + 4 * axis)..<(8 + 4 * axis)].reduce(0) { $0 << 8 | Int($1) }
      let (product, overflow) = size.multipliedReportingOverflow(by: length)
      guard !overflow else { throw .malformed(path: name, reason: "has an impossible shape") }
      shape.append(length)
      size = product
    }
    if isPacked { try UnpackLimit.check(size, of: name) }
    bytes = isPacked ? try Gzip.decompress(file, name: name, limit: start + size) : file
    guard bytes.count - start == size else {
      throw .malformed(
        path: name,
        reason:
          "expected \(size) bytes of elements for shape \(shape), found \(bytes.count - start)")
    }
    self.shape = shape
  }
}
