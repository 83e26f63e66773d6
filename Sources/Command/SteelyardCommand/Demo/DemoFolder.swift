import Files
import Foundation
import Imaging
import Runs
import Synchronization

/// The folder that the demonstration works in: `images/` with the pictures, and `demo.json`, written
/// last, which says what was drawn.
package struct DemoFolder: Sendable {
  package var path: String

  package init(_ path: String) { self.path = path }

  /// Where the pictures are.
  package var images: String { path + "/images" }
  private var record: String { path + "/demo.json" }

  /// Draws the set by `threads` threads, unless the very same set is there already.
  /// - Returns: whether anything was drawn.
  /// - Throws: `DemoError` if the folder holds something else, or a picture cannot be written; `RunError` where no folder
  ///   can be made.
  package func draw(_ set: DemoSet, threads: Int) throws -> Bool {
    if let data = FileManager.default.contents(atPath: record),
      let old = try? JSONDecoder().decode(DemoSet.self, from: data)
    {
      guard old == set else { throw DemoError.otherSet(path) }
      return false
    }
    guard !FileManager.default.fileExists(atPath: images) else {
      throw DemoError.occupied(images)
    }
    try write(set, threads: threads)
    try JSONFile.write(set, to: record)
    return true
  }

  private func write(_ set: DemoSet, threads: Int) throws {
    let pictures = set.pictures
    let folders = Set(pictures.map { folder(of: $0) })
    for folder in folders.sorted() { try RunDirectory.makeFolder(folder) }
    let next = Atomic(0)
    let failure = Mutex<DemoError?>(nil)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while failure.withLock({ $0 == nil }) {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < pictures.count else { return }
        let picture = pictures[index]
        do {
          let bytes = try PNG.encode(set.draw(picture))
          try Data(bytes).write(to: URL(fileURLWithPath: images + "/" + picture.path))
        } catch {
          failure.withLock { $0 = .unwritable(picture.path, reason: "\(error)") }
        }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }

  private func folder(of picture: DemoSet.Picture) -> String {
    images + "/" + picture.part + "/" + picture.kind.rawValue
  }
}

/// Why the demonstration set could not be drawn.
package enum DemoError: Error, Equatable, CustomStringConvertible {
  case otherSet(String)
  case occupied(String)
  case unwritable(String, reason: String)

  package var description: String {
    switch self {
    case .otherSet(let path):
      "\(path) holds a demonstration with another seed or size; choose another folder with --output"
    case .occupied(let path):
      "\(path) exists already and is not a finished demonstration set; "
        + "delete it or choose another folder with --output"
    case .unwritable(let path, let reason):
      "cannot write \(path): \(reason)"
    }
  }
}
