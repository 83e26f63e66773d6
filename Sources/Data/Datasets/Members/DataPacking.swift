public import Files
import Imaging
import Parallel
import Randomness
import Requirements

/// Writes a data set of images into one ``Files/PackedFile``: the image files as they are, or scaled pixels, with a table of what
/// the data say of each.
///
/// The file is data for every command. Files that are packed as they are give the very pixels, and so the very training, that the
/// data give.
public struct DataPacking: Sendable {
  private let data: Dataset
  private let scaling: ResizeShorter?
  private let names: [String]

  /// A packing of data.
  ///
  /// - Parameters:
  ///   - data: images that have been read once (``Dataset/note(_:)``).
  ///   - shorterSide: pixels that the shorter side of a larger image is scaled to; nil packs files as they are.
  /// - Throws: ``DatasetError`` where the data are rows of numbers, arrays that stand in a file already, or lack a digest.
  public init(_ data: Dataset, shorterSide: Int? = nil) throws(DatasetError) {
    let expected = "image files, one for each example"
    guard data.rows == nil, data.examples.allSatisfy({ $0.digest != nil }) else {
      throw .badParameter(name: "data", value: data.name, expected: expected)
    }
    guard shorterSide != nil || data.pixels == nil else {
      throw .badParameter(
        name: "data", value: "\(data.name), whose pixels stand in one file already",
        expected: expected + "; --shorter-side packs scaled pixels")
    }
    self.data = data
    scaling = shorterSide.map { ResizeShorter($0) }
    names = data.examples.map { Self.name(of: $0.path, isScaled: shorterSide != nil) }
  }

  /// What the records are, as the file says it.
  public var content: String {
    guard let scaling else { return "files" }
    return
      "pixels, the shorter side at most \(scaling.length); \(data.pixelReading); TurboJPEG \(ImageLibraries.turboJPEGVersion), libvips \(ImageLibraries.vipsVersion)"
  }

  /// Tells whether files hold the same: SHA-256 over the table and the digests of all images.
  public var source: String {
    var bytes = table
    for example in data.examples { bytes += example.digest?.bytes ?? [] }
    return SHA256.hexadecimal(bytes)
  }

  /// Whether a file is what ``write(to:threads:told:)`` would write.
  public func isPacked(in path: String) -> Bool {
    guard let found = try? PackedFile(path: path) else { return false }
    return found.content == content && found.source == source
  }

  /// Writes the file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - threads: that read, at least 1.
  ///   - told: told how many images of how many are written.
  /// - Throws: ``DatasetError`` where an image cannot be read any more, or the disk does not take the file.
  public func write(
    to path: String, threads: Int, told: (Int, Int) -> Void = { _, _ in }
  ) throws(DatasetError) {
    var failure: DatasetError?
    do throws(FileError) {
      try PackedFile.write(
        to: path, content: content, source: source, table: table, count: names.count
      ) { (range) throws(FileError) in
        told(range.lowerBound, names.count)
        let made = inParallel(range.count, threads: threads) { place in
          record(range.lowerBound + place)
        }
        do throws(DatasetError) {
          return try made.map { (result) throws(DatasetError) in try result.get() }
        } catch {
          failure = error
          throw .missing(path: path)
        }
      }
    } catch {
      throw failure ?? .file(error)
    }
  }

  private func record(_ place: Int) -> Result<PackedContent, DatasetError> {
    do throws(DatasetError) {
      guard let digest = data.examples[place].digest else {
        requirementFailed("DataPacking: expected a digest of every image, got none")
      }
      return .success(
        PackedContent(name: names[place], bytes: try bytes(place), digest: digest))
    } catch {
      return .failure(error)
    }
  }

  private func bytes(_ place: Int) throws(DatasetError) -> [UInt8] {
    guard let scaling else {
      let bytes = try data.bytes(at: place)
      guard ContentDigest(of: bytes) == data.examples[place].digest else {
        throw .file(
          .malformed(
            path: data.examples[place].origin,
            reason: "has been changed while it was packed; pack the data again"))
      }
      return bytes
    }
    let image = try data.image(
      at: place, atLeast: ImageSize(width: scaling.length, height: scaling.length))
    guard min(image.width, image.height) > scaling.length else {
      return Netpbm.bytes(of: image)
    }
    var unused = RandomSource(seed: 0)
    return Netpbm.bytes(of: scaling(image, using: &unused))
  }

  private var table: [UInt8] {
    let table = PackedTable(data)
    var text = DelimitedWriter.line(table.columns)
    for (example, name) in zip(data.examples, names) {
      text += DelimitedWriter.line(table.row(of: example, named: name))
    }
    return Array(text.utf8)
  }

  /// The name of a record: the path of the image; of scaled pixels with the ending of what they are.
  private static func name(of path: String, isScaled: Bool) -> String {
    isScaled ? path + ".ppm" : path
  }
}
