import ArgumentParser
import Console
import Foundation
import Runs

/// Where the programme begins.
public enum Entrance {
  /// Parses the arguments of this process, runs the command they name, and ends the process.
  public static func main() -> Never {
    do {
      var command = try Steelyard.parseAsRoot()
      try command.run()
      if let problem = Terminal.outputProblem {
        StandardStreams.note("Error: standard output: what was printed is not whole: \(problem)")
        leave(with: ExitStatus.failure)
      }
      leave(with: ExitStatus.success)
    } catch {
      guard let status = ExitStatus.of(error) else { Steelyard.exit(withError: error) }
      StandardStreams.note("Error: \(error)" + ((error as? RunError)?.advice ?? ""))
      if let hint = Hint.after(error) { StandardStreams.note(hint) }
      leave(with: status)
    }
  }

  /// Ends the process at once. `exit` would have libtorch take down its tables first, which costs .08 s and nobody
  /// sees; what was printed is written out.
  private static func leave(with status: Int32) -> Never {
    fflush(nil)
    _exit(status)
  }

  /// What parsing says of arguments, in words and with the status that the process would end with; `nil` where the
  /// command could begin. Nothing is run.
  ///
  /// - Parameter arguments: what is typed behind `steelyard`.
  package static func objection(to arguments: [String]) -> (status: Int32, words: String)? {
    do {
      _ = try Steelyard.parseAsRoot(arguments)
      return nil
    } catch {
      return (status(of: error), Steelyard.message(for: error))
    }
  }

  /// The status that the process ends with after an error.
  package static func status(of error: any Error) -> Int32 {
    ExitStatus.of(error) ?? Steelyard.exitCode(for: error).rawValue
  }
}
