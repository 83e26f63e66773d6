import ArgumentParser
import Foundation

/// `steelyard doctor`
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check each part of the set-up and say how to repair what does not work.",
    discussion: "Exit status 2 if something does not work.")

  @Flag(help: "Print what was found as JSON.")
  var json = false

  mutating func run() throws {
    let here = FileManager.default.currentDirectoryPath
    let checkup = Checkup(EngineChecks.all() + ImageChecks.all() + [DiskCheck.check(here)])
    if json {
      try StandardStreams.json(checkup)
    } else {
      StandardStreams.write(checkup.text(style: StandardStreams.style))
    }
    if !checkup.healthy { throw ExitCode(ExitStatus.checkFailed) }
  }
}
