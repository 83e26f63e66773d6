public import Runs

/// What training tells the outside, as it happens. Every requirement has an empty default.
public protocol TrainingObserver: AnyObject {
  /// An epoch begins, at this step of so many.
  func epochBegan(_ epoch: Int, of epochs: Int, step: Int, steps: Int)
  /// A step is done; `loss` is the mean so far in the epoch, `seconds` the time in this epoch.
  func stepEnded(_ step: Int, of steps: Int, loss: Double, seconds: Double)
  /// Images of the validation set are done.
  func validating(_ done: Int, of count: Int)
  /// An epoch is done, validated and saved.
  func epochEnded(_ record: EpochRecord, seconds: Double)
  /// A stage, from 1, chose something on validation when it ended or began.
  func chose(_ choice: ChoicesRecord.Choice)
  /// An edit has something to say of itself.
  func said(_ words: String)
  /// A split is being evaluated with the best weights.
  func evaluating(_ split: String, done: Int, of count: Int)
  /// A checkpoint was written, between epochs or within one.
  func saved(epoch: Int, step: Int)
}

extension TrainingObserver {
  /// Says nothing.
  public func epochBegan(_ epoch: Int, of epochs: Int, step: Int, steps: Int) {}
  /// Says nothing.
  public func stepEnded(_ step: Int, of steps: Int, loss: Double, seconds: Double) {}
  /// Says nothing.
  public func validating(_ done: Int, of count: Int) {}
  /// Says nothing.
  public func epochEnded(_ record: EpochRecord, seconds: Double) {}
  /// Says nothing.
  public func chose(_ choice: ChoicesRecord.Choice) {}
  /// Says nothing.
  public func said(_ words: String) {}
  /// Says nothing.
  public func evaluating(_ split: String, done: Int, of count: Int) {}
  /// Says nothing.
  public func saved(epoch: Int, step: Int) {}
}

/// Ignores everything it is told.
public final class SilentObserver: TrainingObserver {
  /// An observer that says nothing.
  public init() {}
}
