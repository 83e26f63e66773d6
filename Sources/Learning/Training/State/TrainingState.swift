import Runs
import Schedules
import Sessions

/// Where a run stands: with the tensors, all that is needed to go on as if it had never stopped.
///
/// Order, augmentation and mixing need no state of their own: each is drawn from a key made of the
/// seed and the numbers here.
struct TrainingState: Codable {
  /// What a checkpoint of this version says of its form; 1, of version 0.1, said nothing.
  static let currentFormat = 2
  /// The form of the state, read before the state.
  struct Format: Decodable { var format: Int? }

  var format = TrainingState.currentFormat
  /// Digest of the settings and data that the state belongs to.
  var fingerprint: String
  /// Epochs done; the current one, from 0.
  var epoch = 0
  /// Steps done of the current epoch.
  var step = 0
  /// Updates of the weights done in all.
  var updates = 0
  /// Sum of the losses of the epoch's examples, and how many they were.
  var lossSum = 0.0
  var lossCount = 0
  /// Sum of the mixing weights of the epoch's steps, and how many steps were mixed.
  var mixingSum = 0.0
  var mixed = 0
  /// What the epoch has drawn so far.
  var drawn: DrawCounts
  /// The stage whose edits have been made, from 0; −1 before the first.
  var stage = -1
  /// What of the session is not a tensor.
  var session = Session.State()
  /// The plateau schedule, where the plan has one.
  var plateau: Plateau?
  /// Value of the selection metric at the best epoch of the stage so far.
  var best: Double?
  /// The best epoch of the stage so far, from 1; 0 before the stage's first has ended.
  var bestEpoch = 0
  /// Bytes of `examples.csv` that belong to the steps done, where single examples are recorded.
  var recorded: Int?
  /// How far features and last layer had collapsed after each epoch, where it is measured.
  var collapse: [CollapseLog.Row]?
  /// What stages chose on validation, where one did.
  var choices: ChoicesRecord?
  /// What every finished epoch did.
  var history: [EpochRecord] = []

  init(fingerprint: String, classes: Int, plateau: Plateau?) {
    (self.fingerprint, self.plateau) = (fingerprint, plateau)
    drawn = DrawCounts(classes: classes)
  }

  /// Mean loss of the epoch so far.
  var meanLoss: Double { lossCount > 0 ? lossSum / Double(lossCount) : 0 }

  /// Mean mixing weight of the epoch so far.
  var meanMixing: Double? { mixed > 0 ? mixingSum / Double(mixed) : nil }

  /// Begins a stage, whose best epoch is yet to come.
  mutating func enter(stage: Int, plateau: Plateau?) {
    (self.stage, best, bestEpoch) = (stage, nil, 0)
    self.plateau = plateau
  }

  /// Begins the next epoch.
  mutating func turnEpoch(classes: Int) {
    (epoch, step, lossSum, lossCount, mixingSum, mixed) = (epoch + 1, 0, 0, 0, 0, 0)
    drawn = DrawCounts(classes: classes)
  }
}
