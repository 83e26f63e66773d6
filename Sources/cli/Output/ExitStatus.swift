import ArgumentParser

/// How a command ends. A script may rely on these numbers.
package enum ExitStatus: Int32, Sendable {
  case success = 0
  /// Something failed while running.
  case failure = 1
  /// A check found a fault in the data.
  case checkFailed = 2
  /// The command was typed wrongly; `EX_USAGE` of sysexits.
  case usage = 64
}

/// An error that knows how the command ends because of it.
package protocol ExitStatusBearing: Error {
  var exitStatus: ExitStatus { get }
}

extension OptionError: ExitStatusBearing {
  package var exitStatus: ExitStatus { .usage }
}
