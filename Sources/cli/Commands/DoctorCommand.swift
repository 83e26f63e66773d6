import ArgumentParser
import Foundation

/// `steelyard doctor`
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check each part of the set-up and say how to mend what does not work.",
    discussion: "Exit status 2 if something does not work.")

  @Flag(help: "Print the findings as JSON.")
  var json = false

  mutating func run() throws {
    let here = FileManager.default.currentDirectoryPath
    let checkup = Checkup(EngineChecks.all() + ImageChecks.all() + [DiskCheck.check(here)])
    if json {
      try StandardStreams.json(checkup)
    } else {
      for check in checkup.checks { StandardStreams.result(line(check)) }
    }
    if !checkup.healthy { throw ExitCode(ExitStatus.checkFailed.rawValue) }
  }

  private func line(_ check: Check) -> String {
    let status = pad(check.status.rawValue, to: 8)
    let fix = check.fix.map { "\n" + String(repeating: " ", count: 22) + "→ \($0)" } ?? ""
    return "\(status)\(pad(check.name, to: 14))\(check.found)\(fix)"
  }

  private func pad(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
