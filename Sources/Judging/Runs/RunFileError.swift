public import Files

/// What can be wrong with a file of a run directory.
public enum RunFileError: Error, Equatable, Sendable {
  /// The system does not give it: it is missing, or may not be read.
  case file(FileError)
  /// It is not as a run writes it; `remedy` is the end of a sentence.
  case damaged(FileError, remedy: String)
  /// A newer program wrote it in a form that this one does not know.
  case newer(path: String, format: Int, known: Int)

  init(_ error: FileError, remedy: String) {
    switch error {
    case .malformed, .malformedLine: self = .damaged(error, remedy: remedy)
    default: self = .file(error)
    }
  }
}

extension RunFileError: CustomStringConvertible {
  /// One sentence: which file, what is wrong, what to do.
  public var description: String {
    switch self {
    case .file(let error): "\(error)"
    case .damaged(let error, let remedy): "\(error); \(remedy)"
    case .newer(let path, let format, let known):
      "\(path): has format \(format), and this program knows formats up to \(known);"
        + " use a newer steelyard"
    }
  }
}
