import Files

/// The options of a run as its `config.yaml` has them: name, value and origin, a line for each.
///
/// ```yaml
/// # steelyard 0.2.0: every option of this run and where it came from
/// # format: 1
/// lr: 0.05                                # flag
/// set:
///   alpha: 0.2                            # default
/// ```
///
/// This is what a report needs to know of the options, and how a run writes them; what an option means, and any
/// other YAML that a person gives to training, is for whoever defines the options.
public struct ConfigRecord: Sendable, Equatable {
  /// The form that this version writes, and the newest it reads.
  public static let currentFormat = 1

  /// One option.
  public struct Entry: Sendable, Equatable {
    /// Its name; `set.alpha` for `alpha` below `set`.
    public var name: String
    /// Its value as YAML, on one line.
    public var yaml: String
    /// Where the value came from; `nil` where it is not said.
    public var origin: String?

    /// An option.
    public init(_ name: String, yaml: String, origin: String? = nil) {
      (self.name, self.yaml, self.origin) = (name, yaml, origin)
    }

    /// The value as a person reads it: a text without its quotes, anything else as it stands.
    public var text: String { YAMLText.text(of: yaml) ?? yaml }
  }

  /// The options, in the order of the file.
  public var entries: [Entry]

  /// A record of its options.
  public init(_ entries: [Entry]) { self.entries = entries }

  /// The value of an option as a person reads it; `nil` where it is not there, or has no value.
  public subscript(name: String) -> String? {
    guard let entry = entries.first(where: { $0.name == name }),
      !["", "~", "null"].contains(entry.yaml.lowercased())
    else { return nil }
    return entry.text
  }

  /// What to do where the file cannot be read.
  static let remedy = "write one 'option: value' a line, as training did, or restore it from a copy"

  /// Reads a file.
  ///
  /// - Throws: ``RunFileError``: a line is no option, an option stands twice, or the form is newer.
  public static func read(_ path: String) throws(RunFileError) -> ConfigRecord {
    try ConfigRecord(parsing: text(of: path), name: path)
  }

  /// Refuses a file of a newer form, whatever else it holds; for those who read it by other means.
  ///
  /// - Throws: ``RunFileError`` when it cannot be read, or the form is newer.
  public static func checkFormat(of path: String) throws(RunFileError) {
    try checkFormat(of: text(of: path).split(separator: "\n"), name: path)
  }

  private static func text(of path: String) throws(RunFileError) -> String {
    do throws(FileError) {
      let bytes = try FileBytes.read(path)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw .malformed(path: path, reason: "is not UTF-8 text")
      }
      return text
    } catch {
      throw RunFileError(error, remedy: remedy)
    }
  }

  /// The form stands in the comments before the first option.
  static func checkFormat(of lines: [Substring], name: String) throws(RunFileError) {
    let key = "# format:"
    for line in lines.prefix(while: { $0.hasPrefix("#") }) where line.hasPrefix(key) {
      let text = line.dropFirst(key.count).filter { !$0.isWhitespace }
      guard let format = Int(text), format >= 1 else {
        throw .damaged(
          .malformed(path: name, reason: "'\(line)' is no format, expected a whole number"),
          remedy: remedy)
      }
      guard format <= currentFormat else {
        throw .newer(path: name, format: format, known: currentFormat)
      }
    }
  }
}
