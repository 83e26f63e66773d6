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
  /// What each record is called in the table, and in errors: the path of the image, of scaled pixels with the ending of what
  /// they are.
  private let names: [String]
  private let table: [UInt8]
  /// Tells whether files hold the same: SHA-256 over the table and the digests of all images.
  public let source: String
  /// Images that are read before they are written: files may be large.
  private static let step = 16

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
    names = data.examples.map { shorterSide == nil ? $0.path : $0.path + ".ppm" }
    let columns = PackedTable(data)
    var text = DelimitedWriter.line(columns.columns)
    for (example, name) in zip(data.examples, names) {
      text += DelimitedWriter.line(columns.row(of: example, named: name))
    }
    table = Array(text.utf8)
    source = SHA256.hexadecimal(table, data.examples.flatMap { $0.digest?.bytes ?? [] })
  }

  /// Whether images have samples that scaled pixels, which are of 8 bits, can hold only by a scale that nobody has named.
  ///
  /// - Parameter survey: of the data.
  public func lacksScale(_ survey: Survey) -> Bool {
    scaling != nil && data.pixelReading.scale == nil
      && survey.facts.contains { $0.type != nil && $0.type != .uint8 }
  }

  /// What the records are, as the file says it.
  public var content: String {
    guard let scaling else { return "files" }
    return
      "pixels, the shorter side at most \(scaling.length); \(data.pixelReading); TurboJPEG \(ImageLibraries.turboJPEGVersion), libvips \(ImageLibraries.vipsVersion)"
  }

  /// Whether a file is what ``write(to:threads:told:)`` would write, all of it undamaged.
  public func isPacked(in path: String) -> Bool {
    guard let found = try? PackedFile(path: path) else { return false }
    return found.content == content && found.source == source && found.isWhole
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
        to: path, content: content, source: source, table: table, count: names.count,
        step: Self.step
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
        PackedContent(
          name: Self.memberName(names[place]), bytes: try bytes(place), digest: digest))
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

  /// The name of a record in the archive, below the folder that it is unpacked into: programs refuse other names.
  private static func memberName(_ path: String) -> String {
    path.split(separator: "/").filter { $0 != "." }.map { $0 == ".." ? "_" : String($0) }
      .joined(separator: "/")
  }
}
