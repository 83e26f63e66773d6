import ArgumentParser
import Foundation

/// Where the programme begins.
public enum Entrance {
  /// Parses the arguments of this process, runs the command they name, and ends the process.
  public static func main() -> Never {
    do {
      var command = try Steelyard.parseAsRoot()
      try command.run()
      Foundation.exit(ExitStatus.success.rawValue)
    } catch {
      leave(because: error)
    }
  }

  private static func leave(because error: any Error) -> Never {
    guard let status = status(of: error) else { Steelyard.exit(withError: error) }
    StandardStreams.note("Error: \(error)")
    Foundation.exit(status.rawValue)
  }

  /// `nil` for what ArgumentParser itself says and rates: help, usage, `ExitCode`.
  private static func status(of error: any Error) -> ExitStatus? {
    if let bearing = error as? any ExitStatusBearing { return bearing.exitStatus }
    let rated = Steelyard.exitCode(for: error)
    return rated == .failure && !(error is ExitCode) ? .failure : nil
  }
}
