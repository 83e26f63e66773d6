/// Where the value of an option came from.
package indirect enum Origin: Equatable, Sendable, CustomStringConvertible {
  case flag
  case file(String, line: Int)
  case builtIn
  /// The published protocol of this name.
  case preset(String)
  /// It stands over what that protocol has.
  case over(preset: String, String, Origin)
  /// What was asked for left the value open, and the machine, network or method settled it.
  case settled(asked: String, Origin)

  package var description: String {
    switch self {
    case .flag: "flag"
    case .file(let path, let line): "\(path):\(line)"
    case .builtIn: "default"
    case .preset(let name): "protocol \(name)"
    case .over(let name, let value, let origin): "\(origin), over \(value) of protocol \(name)"
    case .settled(let asked, let origin): "\(origin): \(asked)"
    }
  }
}
