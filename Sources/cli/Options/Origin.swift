/// Where the value of an option came from.
package enum Origin: Equatable, Sendable, CustomStringConvertible {
  case flag
  case file(String, line: Int)
  case builtIn

  package var description: String {
    switch self {
    case .flag: "flag"
    case .file(let path, let line): "\(path):\(line)"
    case .builtIn: "default"
    }
  }
}
