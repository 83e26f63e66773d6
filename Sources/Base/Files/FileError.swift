/// What can go wrong with a file. Each case carries facts; ``description`` makes the English.
public enum FileError: Error, Equatable, Sendable {
  /// What was being done when the system said no.
  public enum Operation: String, Sendable {
    /// Opening or reading.
    case read
    /// Creating, writing, renaming or flushing.
    case write
  }

  /// Nothing has this name.
  case missing(path: String)
  /// The file cannot be created because its folder does not exist.
  case missingFolder(path: String, folder: String)
  /// The owner or the mode of the file or of its folder forbids it.
  case permissionDenied(path: String, operation: Operation)
  /// The file system is mounted read-only.
  case readOnly(path: String)
  /// The disk is full, or the quota is used up.
  case diskFull(path: String)
  /// A folder stands where a file was expected.
  case isFolder(path: String)
  /// A pipe or a device stands where a file was expected.
  case notAFile(path: String)
  /// Any other answer of the operating system, with its number and its words.
  case system(path: String, operation: Operation, code: Int32, reason: String)
  /// The bytes are not of the format that was expected.
  case malformed(path: String, reason: String)
  /// A text file breaks its format at a line, counted from 1.
  case malformedLine(path: String, line: Int, reason: String)

  /// The file that the error is about.
  public var path: String {
    switch self {
    case .missing(let path), .missingFolder(let path, _), .permissionDenied(let path, _),
      .readOnly(let path), .diskFull(let path), .isFolder(let path), .notAFile(let path),
      .system(let path, _, _, _),
      .malformed(let path, _), .malformedLine(let path, _, _):
      path
    }
  }
}

extension FileError: CustomStringConvertible {
  /// One sentence: which file, what is wrong, what to do.
  public var description: String {
    switch self {
    case .missing(""):
      "'': is empty, expected the name of a file or folder"
    case .missing(let path) where path.contains("\u{FFFD}"):
      "\(path): its name holds bytes that are not UTF-8 (shown as \u{FFFD}), so it cannot be opened; rename it"
    case .missing(let path):
      "\(path): no such file or folder; check the path"
    case .missingFolder(let path, let folder):
      "\(path): cannot be written, the folder \(folder) does not exist; create it first: mkdir -p \(ShellWord.quoted(folder))"
    case .permissionDenied(let path, let operation):
      "\(path): no permission to \(operation.rawValue) it; check owner and mode with: ls -ld \(ShellWord.quoted(path))"
    case .readOnly(let path):
      "\(path): cannot be written, its file system is read-only; choose another output folder"
    case .diskFull(let path):
      "\(path): cannot be written, the disk is full; free some space and run the command again"
        + " (what the file held before is untouched)"
    case .isFolder(let path):
      "\(path): is a folder, expected a file"
    case .notAFile(let path):
      "\(path): is a pipe or a device, expected a file; write what comes out of it into a file first"
    case .system(let path, let operation, let code, let reason):
      "\(path): cannot \(operation.rawValue) it: \(reason) (error \(code))"
    case .malformed(let path, let reason):
      "\(path): \(reason)"
    case .malformedLine(let path, let line, let reason):
      "\(path):\(line): \(reason)"
    }
  }
}
