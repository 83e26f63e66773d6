import Files
import Foundation
import Testing

/// What commands write as JSON.
enum JSONText {
  /// The object that a text is.
  static func object(_ text: String) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
  }

  /// The object that a file holds.
  static func object(at path: String) throws -> [String: Any] {
    try object(String(decoding: try FileBytes.read(path), as: UTF8.self))
  }

  /// The list of objects that a text is.
  static func list(_ text: String) throws -> [[String: Any]] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]], "\(text)")
  }
}
