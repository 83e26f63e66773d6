import Datasets
import Files
import Foundation
import Reports
import Runs

/// Which pictures the report of a run may show. The tables of a run name files, and a run may come from anybody: nothing is
/// opened outside its folder but images of data that were read anyway, and of folders that the person named.
struct RunPictures {
  private var files: [String: String] = [:]
  /// Images in archives, by their paths, and the data that have them.
  private var members: [String: Int] = [:]
  private var data: Dataset?
  private var roots: [String] = []

  /// Pictures in the run's folder alone.
  init() {}

  /// Those of data that a command has read.
  init(of data: Dataset) {
    for (index, example) in data.examples.enumerated() {
      switch example.source {
      case .file(let file): files[example.path] = file
      case .member: members[example.path] = index
      case .pixels, .row: break
      }
    }
    if !members.isEmpty { self.data = data }
  }

  /// Those below a folder, or below that of a table; none where nothing is named.
  init(below data: String?) {
    guard let data else { return }
    roots = [FilePath.absolute(FilePath.isFolder(data) ? data : FilePath.folder(of: data))]
  }

  /// The bytes of the picture of a path, as the files have them.
  ///
  /// - Parameter run: the run whose table names the path.
  func bytes(_ path: String, of run: RunDirectory) -> [UInt8]? {
    if let file = files[path] { return try? FileBytes.read(file) }
    if let index = members[path] { return try? data?.bytes(at: index) }
    // Where each split folder has a table, paths in the run begin with the folder.
    let inner = path.split(separator: "/", maxSplits: 1).last.map(String.init) ?? path
    for root in roots {
      for name in [path, inner] {
        let file = FilePath.join(root, name)
        if Self.lies(file, below: root), let bytes = try? FileBytes.read(file) { return bytes }
      }
    }
    // Links in a run may lead anywhere.
    let folder = Self.real(FilePath.absolute(run.path))
    let file = Self.real(FilePath.join(folder, path))
    return Self.lies(file, below: folder) ? try? FileBytes.read(file) : nil
  }

  /// Whether a path stays below a folder, by its words.
  static func lies(_ path: String, below folder: String) -> Bool {
    let parts = path.split(separator: "/")
    return !parts.contains("..") && parts.starts(with: folder.split(separator: "/"))
  }

  private static func real(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }
}

extension ReportDocument {
  /// The small pictures that the report shows, by the path of the image, as PNG.
  func thumbnails() -> [String: [UInt8]] {
    var pictures: [String: [UInt8]] = [:]
    func take(_ path: String, _ uri: String?) {
      guard let uri, let comma = uri.firstIndex(of: ","),
        let data = Data(base64Encoded: String(uri[uri.index(after: comma)...]))
      else { return }
      pictures[path] = [UInt8](data)
    }
    for run in runs {
      for mistake in run.evaluations.flatMap({ $0.failures?.mistakes ?? [] }) {
        take(mistake.path, mistake.thumbnail)
      }
      for pair in run.splits?.nearCopies?.pairs ?? [] {
        for (copy, picture) in zip([pair.left, pair.right], pair.thumbnails) {
          take(copy.path, picture)
        }
      }
    }
    return pictures
  }
}
