public import Files
import Foundation
import Requirements

/// Features while they are made: parts of equal size in a folder beside the file that they become, so that a pass that was
/// stopped at any moment goes on at the first part that is not there.
public struct EmbeddingParts: Sendable {
  /// What decides the bytes of the parts; those of another plan are not gone on with.
  public struct Plan: Codable, Sendable, Equatable {
    /// Form of the folder.
    public var format = 1
    /// Digest of network, preprocessing, data and settings.
    public var digest: String
    /// Images, N.
    public var rows: Int
    /// Numbers of a row, D.
    public var width: Int
    /// Images of a part.
    public var partRows: Int

    /// A plan of its parts.
    public init(digest: String, rows: Int, width: Int, partRows: Int) {
      (self.digest, self.rows, self.width, self.partRows) = (digest, rows, width, partRows)
    }
  }

  /// An image that could not be read.
  public struct Unreadable: Codable, Sendable, Equatable {
    /// Its number.
    public var row: Int
    /// Why.
    public var reason: String

    /// An image of its number and reason.
    public init(row: Int, reason: String) { (self.row, self.reason) = (row, reason) }
  }

  /// The folder.
  public let folder: String
  /// What decides the bytes of the parts.
  public let plan: Plan

  /// The folder of the parts of a file.
  public static func folder(of output: String) -> String { output + ".parts" }

  /// Makes the folder of a file where it is not there, so that it can be claimed before anything in it is looked at.
  ///
  /// - Parameter output: the file that the parts become.
  /// - Throws: `EmbeddingError.noFolder`.
  public static func makeFolder(of output: String) throws {
    let folder = folder(of: output)
    guard mkdir(folder, 0o777) != 0, errno != EEXIST || !FilePath.isFolder(folder) else { return }
    throw EmbeddingError.noFolder(folder: folder, reason: String(cString: strerror(errno)))
  }

  /// Takes the folder of a file up, or makes it. Who shares it with others claims it first.
  ///
  /// - Parameters:
  ///   - output: the file that the parts become.
  ///   - plan: what decides their bytes.
  ///   - isNew: whether parts of another plan are removed, and not an error.
  /// - Throws: `EmbeddingError`, `FileError` when the folder cannot be read or made.
  public init(of output: String, _ plan: Plan, isNew: Bool) throws {
    (folder, self.plan) = (Self.folder(of: output), plan)
    try Self.makeFolder(of: output)
    if FilePath.isFile(note) {
      if try JSONFile.read(Plan.self, from: note) == plan { return }
      guard isNew else { throw EmbeddingError.otherPlan(folder: folder) }
      // The note last: without it nobody would know that the rest are parts.
      let items = try FolderListing.items(folder).map { FilePath.join(folder, $0.name) }
      for item in items where item != note { try Self.remove(item, of: folder) }
      try Self.remove(note, of: folder)
    }
    // What a note that was not written to its end left is ours; anything else is somebody's.
    let others = try FolderListing.items(folder).map(\.name).filter {
      !$0.hasPrefix(FilePath.name(of: note))
    }
    guard others.isEmpty else {
      throw EmbeddingError.occupied(folder: folder, first: others[0])
    }
    try JSONFile.write(plan, to: note)
  }

  private var note: String { FilePath.join(folder, "embedding.json") }

  /// How many parts the images make.
  public var count: Int { (plan.rows + plan.partRows - 1) / plan.partRows }

  /// The images of a part.
  public func rows(of part: Int) -> Range<Int> {
    part * plan.partRows..<min((part + 1) * plan.partRows, plan.rows)
  }

  private func path(_ part: Int) -> String {
    let digits = "\(part)"
    return FilePath.join(
      folder, String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".f32")
  }

  private func list(_ part: Int) -> String { path(part) + ".unreadable.json" }

  /// The first part that is not there.
  public var firstMissing: Int {
    (0..<count).first { !FilePath.isFile(path($0)) } ?? count
  }

  /// Writes a part; it is there whole or not at all.
  ///
  /// - Parameters:
  ///   - part: its number.
  ///   - features: `[N, D]` flat, with N the rows of the part.
  ///   - unreadable: images of the part that could not be read.
  /// - Throws: `FileError` when it cannot be written.
  /// - Precondition: as many numbers as the part has.
  public func write(_ part: Int, _ features: [Float], unreadable: [Unreadable]) throws {
    require(
      features.count == rows(of: part).count * plan.width,
      "EmbeddingParts.write: expected \(rows(of: part).count * plan.width) numbers, got \(features.count)"
    )
    if !unreadable.isEmpty {
      try JSONFile.write(unreadable, to: list(part))
    } else if FilePath.isFile(list(part)) {
      // Of a pass that was stopped between the list and the part.
      try Self.remove(list(part), of: folder)
    }
    try AtomicFile.write(features.withUnsafeBytes { Array($0) }, to: path(part))
  }

  /// Every image that could not be read, in order.
  ///
  /// - Throws: `FileError` for a list that cannot be read.
  public func unreadable() throws(FileError) -> [Unreadable] {
    var all: [Unreadable] = []
    for part in 0..<count where FilePath.isFile(list(part)) {
      all += try JSONFile.read([Unreadable].self, from: list(part))
    }
    return all
  }

  /// The features of a part, row after row.
  func features(of part: Int) throws(FileError) -> [Float] {
    let bytes = try FileBytes.read(path(part))
    guard bytes.count == rows(of: part).count * plan.width * 4 else {
      throw .malformed(
        path: path(part),
        reason: "expected \(rows(of: part).count * plan.width * 4) bytes, found \(bytes.count)")
    }
    return bytes.withUnsafeBytes { raw in
      (0..<bytes.count / 4).map { raw.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
    }
  }

  /// Removes the folder.
  /// - Throws: `EmbeddingError.noFolder` where that fails.
  public func remove() throws { try Self.remove(folder, of: folder) }

  private static func remove(_ path: String, of folder: String) throws {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw EmbeddingError.noFolder(folder: folder, reason: error.localizedDescription)
    }
  }
}

/// What can be wrong with features that are made or used.
public enum EmbeddingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The parts beside a file are of other settings or data.
  case otherPlan(folder: String)
  /// The folder of the parts cannot be made or removed.
  case noFolder(folder: String, reason: String)
  /// The folder of the parts holds something else.
  case occupied(folder: String, first: String)
  /// The ending says no form that is written.
  case unknownEnding(String)
  /// The features do not say of which network they are.
  case noOrigin(features: String)
  /// The weights are not those that the features were made with.
  case otherWeights(features: String, expected: String, path: String, got: String)
  /// A model that stands on a backbone has no features that a file could say the origin of.
  case standsOnBackbone(String)

  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .otherPlan(let folder):
      "\(folder): holds parts of other weights, data or settings; go on with those it was begun with, or begin"
        + " anew"
    case .noFolder(let folder, let reason): "\(folder): \(reason)"
    case .occupied(let folder, let first):
      "\(folder): holds \(first) and no parts of features; move it away, or choose another output"
    case .unknownEnding(let path):
      "\(path): expected a file of features that ends in .npz, .npy, .csv or .safetensors; give it one of these"
        + " endings"
    case .noOrigin(let features):
      "\(features): does not say of which network its features are, so no backbone can be put under a head;"
        + " make the features with steelyard embed"
    case .otherWeights(let features, let expected, let path, let got):
      "\(path): is not what the features of \(features) were made with: its tensors have the digest"
        + " \(got.prefix(16))…, those of the features \(expected.prefix(16))…"
    case .standsOnBackbone(let path):
      "\(path): stands on a backbone; take the features of the backbone's own weights"
    }
  }
}
