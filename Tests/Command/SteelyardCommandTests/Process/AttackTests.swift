import Evaluation
import Foundation
import Runs
import TestSupport
import Testing

/// `steelyard evaluate --attack`
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct AttackTests {
  @Test func anAttackedRunKeepsItsOtherNumbers() throws {
    try withTemporaryFolder { folder in
      try OldRun.copy(into: folder)
      let run = try RunDirectory(existing: folder + "/run")
      _ = try Programme.run(["evaluate", "run"], in: folder)
      let plain = try Predictions.read(run.predictions("test"))
      let ended = try Programme.run(
        ["evaluate", "run", "--attack", "8/255", "--attack-steps", "5"], in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(
        ended.errors.contains(
          "attacked: each pixel moves by up to 0.0314 of black to white, 5 steps; a stronger attack may find"
            + " more mistakes, so what is right here is an upper bound"), "\(ended.errors)")
      #expect(try Predictions.read(run.predictions("test")) == plain)
      let attacked = try Predictions.read(run.predictions("test-attacked"))
      #expect(attacked.paths == plain.paths && attacked.truths == plain.truths)
      // The best place is kept: no image is more certain of its class than before.
      for row in plain.paths.indices {
        let truth = try #require(plain.truths[row])
        let place = row * plain.classes.count + truth
        #expect(attacked.probabilities[place] <= plain.probabilities[place] + 1e-4)
      }
      #expect(attacked.probabilities != plain.probabilities)
      // Nothing moves: nothing changes.
      let still = try Programme.run(["evaluate", "run", "--attack", "0"], in: folder)
      #expect(still.status == 0, "\(still.errors)")
      let same = try Predictions.read(run.predictions("test-attacked"))
      #expect(
        difference(same.probabilities, plain.probabilities, relative: 0, absolute: 1e-5) == nil)
    }
  }

  @Test(arguments: [
    (["--attack", "2"], "The value '2' is invalid for '--attack"),
    (["--attack-steps", "3"], "--attack-steps: takes part with --attack only; leave it out."),
    (["--attack", "0.1", "--attack-steps", "0"], "--attack-steps: expected at least 1, got 0."),
  ])
  func whatDoesNotFitIsRefused(arguments: [String], words: String) throws {
    try withTemporaryFolder { folder in
      let ended = try Programme.run(["evaluate", "run"] + arguments, in: folder)
      #expect(ended.status != 0)
      #expect(ended.errors.contains(words), "\(ended.errors)")
    }
  }
}
