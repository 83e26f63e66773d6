import Batches
import Losses
import Networks
import Plans
import Torch

/// Takes down what single examples do in one step, from the step itself: no second forward pass is made, and
/// weights, memory and draws are those of a step without it.
///
///     let recorder = ExampleRecorder()
///     _ = session.step(batches, at: moment, recording: recorder)
///     let values = recorder.values
public final class ExampleRecorder {
  /// What was taken down; `nil` before the step, and where the objective had no answer for each row of its batch.
  public private(set) var values: ExampleValues?
  private let seen = SeenPasses()

  /// A recorder for one step.
  public init() {}

  func pass(_ base: any Pass) -> any Pass { RecordingPass(base: base, seen: seen) }

  /// Makes the values, after the objective and before the backward pass, which frees the graph. Where unlabelled rows
  /// went through the network together with the batch, the rows of the batch come first.
  func note(_ terms: Terms, of network: Network) {
    let count = terms.batch.count
    let answers = seen.all.filter { $0.heads[0].shape[0] >= count }
    guard let answer = answers.first else { return }
    values = ExampleValues(terms, answer, network, isOnly: answers.count == 1)
  }
}
