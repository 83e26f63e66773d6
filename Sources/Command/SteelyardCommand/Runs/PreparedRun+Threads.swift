import Torch
package import Training

extension PreparedRun {
  /// Measures how many threads train fastest now, takes them for the run, and says so.
  static func settleThreads(for plan: TrainingPlan, _ note: (String) -> Void) throws {
    guard let trial = try ThreadTrial(plan) else {
      note(
        "threads: \(Engine.threads); auto measures where images are trained on the processor, which is not so here"
      )
      return
    }
    Engine.threads = trial.fastest
    let rates = trial.rates.map { "\(Int($0.rowsPerSecond.rounded())) with \($0.threads)" }
    note(
      "threads: \(trial.fastest) for the whole run; images a second in a trial at its start: \(rates.joined(separator: ", "))"
    )
  }
}

extension TrainOptions {
  /// - Throws: `OptionError` where the number of threads is to be measured by a command that trains several times: each training
  ///   could get another.
  func checkThreadsAreFixed(for command: String) throws {
    guard self.threads != .measured else {
      throw OptionError.conflict(
        "threads: \(command) trains several times, and auto could give each training another number; give one, as in --threads 1"
      )
    }
  }
}
