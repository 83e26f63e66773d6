import Foundation

/// Calls `body` with the path of a new empty folder and removes it afterwards.
///
/// - Throws: what `body` throws, or what Foundation says when the folder cannot be made.
@discardableResult
public func withTemporaryFolder<R>(_ body: (String) throws -> R) throws -> R {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("steelyard-\(UUID().uuidString)").path
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}
