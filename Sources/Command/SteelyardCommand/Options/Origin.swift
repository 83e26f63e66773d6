/// Where the value of an option came from.
package indirect enum Origin: Equatable, Sendable, CustomStringConvertible {
  case flag
  case file(String, line: Int)
  case builtIn
  /// What was asked for left the value open, and the machine, network or method settled it.
  case settled(asked: String, Origin)

  package var description: String {
    switch self {
    case .flag: "flag"
    case .file(let path, let line): "\(path):\(line)"
    case .builtIn: "default"
    case .settled(let asked, let origin): "\(origin): \(asked)"
    }
  }
}
