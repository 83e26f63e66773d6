import Files
import Runs
import Sessions

/// Writes `examples.csv` while a run goes.
///
/// Rows wait until a checkpoint is saved, or until they are many; the checkpoint knows how long the file was then,
/// and a run that is taken up cuts off what came later. So no row stands there twice and none is lost.
struct ExampleLog {
  /// Rows that may wait: some megabytes.
  private static let most = 1 << 16

  private var file: GrowingFile
  private let every: Int
  private let paths: [String]
  private var waiting: [(values: ExampleValues, epoch: Int, step: Int)] = []
  private var waitingRows = 0

  /// - Parameters:
  ///   - path: the file.
  ///   - count: bytes that belong to the steps done; `nil` begins the file anew.
  ///   - every: steps of the run from one record to the next, at least 1.
  ///   - paths: the training images, `[N]`.
  /// - Throws: `FileError` when the file cannot be written, or is shorter than `count`.
  init(_ path: String, upTo count: Int?, every: Int, paths: [String]) throws(FileError) {
    file =
      if let count {
        try GrowingFile(resuming: path, at: count)
      } else {
        try GrowingFile(beginning: path, with: ExampleRecords.header)
      }
    (self.every, self.paths) = (every, paths)
  }

  /// Bytes written.
  var count: Int { file.count }

  /// A recorder for the step that comes, where it is to be recorded: every so many steps of the run, the first
  /// among them.
  func recorder(at state: TrainingState, of steps: Int) -> ExampleRecorder? {
    (state.epoch * steps + state.step) % every == 0 ? ExampleRecorder() : nil
  }

  /// Takes the values of a step; reads none of them from the device yet.
  mutating func append(_ values: ExampleValues, at state: TrainingState) throws(FileError) {
    waiting.append((values, state.epoch + 1, state.step + 1))
    waitingRows += values.examples.count
    if waitingRows >= Self.most { try flush() }
  }

  /// Writes what waits.
  mutating func flush() throws(FileError) {
    guard !waiting.isEmpty else { return }
    var text = ""
    for (values, epoch, step) in waiting {
      for (example, numbers) in zip(values.examples, values.rows) {
        text += row(values, numbers, paths[example], epoch, step).line
      }
    }
    try file.append(text)
    (waiting, waitingRows) = ([], 0)
  }

  private func row(
    _ values: ExampleValues, _ numbers: [Float], _ path: String, _ epoch: Int, _ step: Int
  ) -> ExampleRecords.Row {
    func number(_ name: ExampleValues.Number) -> Float { numbers[name.rawValue] }
    return ExampleRecords.Row(
      path: path, epoch: epoch, step: step, loss: number(.loss),
      margin: values.hasMargin ? number(.margin) : nil, isCorrect: number(.correct) == 1,
      errorNorm: number(.errorNorm),
      gradientNorm: values.hasGradientNorm ? number(.gradientNorm) : nil,
      weight: number(.weight))
  }
}
