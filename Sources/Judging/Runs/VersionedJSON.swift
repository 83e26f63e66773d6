import Files

/// A JSON file of a run directory: one type reads and writes it, and a key says which form it has.
///
/// ```swift
/// let record = try DataRecord.read(run.data)
/// try record.write(to: run.data)
/// ```
///
/// A file without the key has form 1, the first one. A form that is newer than the type knows is
/// refused: its keys may mean something else.
public protocol VersionedJSON: Codable, Sendable {
  /// The form that this version writes, and the newest it reads; at least 1.
  static var currentFormat: Int { get }
  /// The form that this value needs: the first that can hold it, so that older programs read what they can.
  var format: Int { get }
  /// The key that holds the form.
  static var formatKey: String { get }
  /// What to do where the file cannot be read, as the end of a sentence.
  static var remedy: String { get }
  /// What does not agree among the parts of a value that was read, as the end of a sentence; nil where all does.
  var disagreement: String? { get }
}

extension VersionedJSON {
  /// 1.
  public static var currentFormat: Int { 1 }
  /// The newest.
  public var format: Int { Self.currentFormat }
  /// None.
  public var disagreement: String? { nil }
  /// `format`.
  public static var formatKey: String { "format" }
  /// For a file that the rest of the run does not need.
  public static var remedy: String {
    "restore it from a copy, or delete it: the rest of the run can be used without it"
  }

  /// Reads a file.
  ///
  /// - Throws: ``RunFileError`` when the file cannot be read, lacks a key, is of a newer form, or its parts do not agree.
  public static func read(_ path: String) throws(RunFileError) -> Self {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileBytes.read(path)
    } catch {
      throw RunFileError(error, remedy: remedy)
    }
    return try decode(bytes, name: path)
  }

  /// Reads a file; nil where there is none.
  ///
  /// - Throws: ``RunFileError`` as ``read(_:)``.
  public static func readIfPresent(_ path: String) throws(RunFileError) -> Self? {
    FilePath.isFile(path) ? try read(path) : nil
  }

  /// Reads the bytes of a file; `name` is what errors call it.
  ///
  /// - Throws: ``RunFileError`` as ``read(_:)``.
  public static func decode(_ bytes: [UInt8], name: String) throws(RunFileError) -> Self {
    let format: Int
    do throws(FileError) {
      format = try JSONFile.decode(Form<Self>.self, from: bytes, name: name).number
    } catch {
      throw RunFileError(error, remedy: remedy)
    }
    // Before the content, whose keys a newer form may lack.
    guard format <= currentFormat else {
      throw .newer(path: name, format: format, known: currentFormat)
    }
    do throws(FileError) {
      let value = try JSONFile.decode(Self.self, from: bytes, name: name)
      if let reason = value.disagreement { throw .malformed(path: name, reason: reason) }
      return value
    } catch {
      throw RunFileError(error, remedy: remedy)
    }
  }

  /// Writes the file atomically, with its form.
  ///
  /// - Throws: `FileError` as `AtomicFile`; `EncodingError` when a value has no JSON form.
  public func write(to path: String) throws { try JSONFile.write(Formed(content: self), to: path) }

  /// The value with its form on one line, for a `.jsonl` file.
  ///
  /// - Throws: `EncodingError` when a value has no JSON form.
  func encodedLine() throws -> [UInt8] { try JSONFile.encodeLine(Formed(content: self)) }
}

/// A key by its name.
private struct NamedKey: CodingKey {
  let stringValue: String
  init(_ name: String) { stringValue = name }
  init?(stringValue: String) { self.init(stringValue) }
  var intValue: Int? { nil }
  init?(intValue: Int) { nil }
}

/// The form of a file, and nothing else of it.
private struct Form<Content: VersionedJSON>: Decodable {
  let number: Int

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: NamedKey.self)
    let key = NamedKey(Content.formatKey)
    number = try container.decodeIfPresent(Int.self, forKey: key) ?? 1
    guard number >= 1 else {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: container, debugDescription: "expected at least 1, got \(number)")
    }
  }
}

/// A value with its form, in one object.
private struct Formed<Content: VersionedJSON>: Encodable {
  let content: Content

  func encode(to encoder: any Encoder) throws {
    try content.encode(to: encoder)
    var container = encoder.container(keyedBy: NamedKey.self)
    try container.encode(content.format, forKey: NamedKey(Content.formatKey))
  }
}
