package import Files

/// What is wrong with the options of a command: a mistake of the person who typed them.
package enum OptionError: Error, Equatable {
  case unreadable(FileError)
  case notYAML(file: String, line: Int, problem: String)
  case notAMapping(file: String, line: Int)
  case repeatedKey(String, file: String, line: Int)
  case unknownKey(String, file: String, line: Int, nearest: String?)
  case commandLineOnly(String, file: String, line: Int)
  case wrongType(String, got: String, expected: String, file: String, line: Int)
  case outOfRange(String, got: String, expected: String, origin: Origin)
  case missing(String, hint: String)
  case conflict(String)
}

extension OptionError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let error):
      "--config: \(error)"
    case .notYAML(let file, let line, let problem):
      "\(file):\(line): not valid YAML: \(problem)"
    case .notAMapping(let file, let line):
      "\(file):\(line): expected one 'option: value' per line at the top level"
    case .repeatedKey(let key, let file, let line):
      "\(file):\(line): '\(key)' is given more than once; keep one of them"
    case .unknownKey(let key, let file, let line, let nearest):
      "\(file):\(line): unknown option '\(key)'"
        + (nearest.map { "; did you mean '\($0)'?" } ?? "; see 'steelyard train --help'")
    case .commandLineOnly(let key, let file, let line):
      "\(file):\(line): '\(key)' can only be given on the command line, as --\(key)"
    case .wrongType(let key, let got, let expected, let file, let line):
      "\(file):\(line): '\(key)' expected \(expected), got \(got)"
    case .outOfRange(let key, let got, let expected, let origin):
      "\(key): expected \(expected), got \(got) (from \(origin))"
    case .missing(let what, let hint):
      "\(what) is missing; \(hint)"
    case .conflict(let text):
      text
    }
  }
}
