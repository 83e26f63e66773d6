public import Foundation

/// Values written by an independent implementation, kept under `Goldens/` beside the programme
/// that made them.
public enum Golden {
  /// The package's root folder.
  public static var root: URL {
    URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  }

  /// Absolute path of a golden file.
  ///
  /// - Parameter name: path below `Goldens/`, such as `"Sampling/power.json"`.
  public static func path(_ name: String) -> String {
    root.appendingPathComponent("Goldens").appendingPathComponent(name).path
  }

  /// Decodes a golden JSON file.
  ///
  /// - Parameter name: path below `Goldens/`.
  /// - Throws: whatever Foundation says of a missing or malformed file.
  public static func load<T: Decodable>(_ name: String, as type: T.Type = T.self) throws -> T {
    try JSONDecoder().decode(T.self, from: Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  /// The JSON files of a folder of goldens, in order of their names.
  ///
  /// - Parameter folder: path below `Goldens/`.
  /// - Throws: whatever Foundation says of a missing folder.
  public static func files(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(folder))
      .filter { $0.hasSuffix(".json") }.sorted().map { "\(folder)/\($0)" }
  }
}
