public import Files
import Foundation

/// A run directory of version 0.1 with its data, as users have them; see `Tests/Fixtures/Run-0.1/README.md`.
public enum OldRun {
  /// Where a file of the fixture lies.
  ///
  /// - Parameter name: path below the fixture, such as `"run/data.json"`.
  public static func path(_ name: String) -> String {
    Golden.root.appendingPathComponent("Tests/Fixtures/Run-0.1").appendingPathComponent(name).path
  }

  /// The bytes of a file of the fixture, unpacked.
  ///
  /// - Throws: `FileError` when it is missing or damaged.
  public static func bytes(_ name: String) throws(FileError) -> [UInt8] {
    let packed = path(name + ".gz")
    guard FilePath.isFile(packed) else { return try FileBytes.read(path(name)) }
    return try Gzip.decompress(FileBytes.read(packed), name: packed)
  }

  /// Copies the run as `run`, the data as `images.csv` and `images` into a folder.
  ///
  /// - Throws: what Foundation says, or `FileError` for a file that does not unpack.
  public static func copy(into folder: String) throws {
    for name in ["run", "images", "images.csv"] {
      try FileManager.default.copyItem(
        atPath: path(name), toPath: FilePath.join(folder, name))
    }
    let run = FilePath.join(folder, "run")
    for item in try FolderListing.items(run) where item.name.hasSuffix(".gz") {
      let packed = FilePath.join(run, item.name)
      let bytes = try Gzip.decompress(FileBytes.read(packed), name: packed)
      try AtomicFile.write(bytes, to: String(packed.dropLast(".gz".count)))
      try FileManager.default.removeItem(atPath: packed)
    }
  }

  /// Removes a file of a copy.
  ///
  /// - Throws: what Foundation says when it is not there.
  public static func remove(_ file: String) throws {
    try FileManager.default.removeItem(atPath: file)
  }
}
