public import Datasets
public import Files
public import Imaging

/// Images brought to their first, deterministic size, in a ``Files/PackedFile`` that programs share: what `--cache disk` keeps.
///
/// A record is known by the digest of the bytes of its image file, so that a file whose content has changed has none.
public struct PreparedImages: Sendable {
  private let store: MemberStore
  private let places: [ContentDigest: Int]
  /// The file.
  public let path: String
  /// How its images were prepared.
  public let preparation: String

  /// Opens the file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - preparation: how its images must have been prepared.
  /// - Returns: nil where they were prepared otherwise.
  /// - Throws: `FileError` where it cannot be read or is damaged.
  public init?(path: String, preparation: String) throws(FileError) {
    let packed = try PackedFile(path: path)
    guard packed.content == preparation else { return nil }
    var (store, places) = (MemberStore(), [ContentDigest: Int](minimumCapacity: packed.count))
    for number in 0..<packed.count {
      let record = packed.record(number)
      store.append(packed.file, record.range, name: "\(number).ppm", checksum: record.checksum)
      places[record.digest] = number
    }
    (self.store, self.places) = (store, places)
    (self.path, self.preparation) = (path, preparation)
  }

  /// The record of each image; nil where one has none.
  ///
  /// - Parameter digests: of the images' files, `[N]`.
  public func records(of digests: [ContentDigest?]) -> [Int]? {
    var records: [Int] = []
    records.reserveCapacity(digests.count)
    for digest in digests {
      guard let digest, let place = places[digest] else { return nil }
      records.append(place)
    }
    return records
  }

  /// The image of a record.
  ///
  /// - Throws: `FileError` where the record is damaged.
  /// - Precondition: the record is one of the file's.
  public func image(_ record: Int) throws(FileError) -> Image {
    let image: Image?
    // Of a record that does not match its checksum the store says what to do with data of the user.
    do throws(FileError) {
      image = try store.withBytes(record) { Netpbm.image($0) }
    } catch {
      image = nil
    }
    if let image { return image }
    throw .malformed(
      path: path,
      reason: "its record \(record) is damaged; remove the file, and the next run makes it again")
  }
}
