import Files

/// What single examples did in training, step by step: `examples.csv`.
///
/// Columns: `path`; `epoch` and `step`, both from 1; `loss`, `margin`, `correct` (1 or 0), `el2n`, `grad_norm` and
/// `weight` as ``Row`` says. A number that is not defined is an empty cell. The file grows while the run goes; a
/// checkpoint knows how much of it belongs to it, so that a run taken up again has each row once.
public struct ExampleRecords: Sendable, Equatable {
  /// What one example did in one step.
  public struct Row: Sendable, Equatable {
    /// The image, as the run's data name it.
    public var path: String
    /// Number of the epoch, from 1.
    public var epoch: Int
    /// Number of the step in the epoch, from 1.
    public var step: Int
    /// The row's own loss, before the mean over the batch; summed over the terms of an objective of several.
    public var loss: Float
    /// z_y − max_{c ≠ y} z_c; `nil` where there is one class.
    public var margin: Float?
    /// Whether the answer was the example's class.
    public var isCorrect: Bool
    /// EL2N, ‖softmax(z) − y‖₂, with the target y as it was mixed.
    public var errorNorm: Float
    /// Norm of the gradient of the row's loss at the last layer's tensors; `nil` where that layer is not one of
    /// the library's own, or drops features.
    public var gradientNorm: Float?
    /// What part of the row's target the example's own label is, in `0...1`; 1 where nothing is mixed.
    public var weight: Float

    /// A row of its parts.
    public init(
      path: String, epoch: Int, step: Int, loss: Float, margin: Float?, isCorrect: Bool,
      errorNorm: Float, gradientNorm: Float?, weight: Float
    ) {
      (self.path, self.epoch, self.step) = (path, epoch, step)
      (self.loss, self.margin, self.isCorrect) = (loss, margin, isCorrect)
      (self.errorNorm, self.gradientNorm, self.weight) = (errorNorm, gradientNorm, weight)
    }

    /// The row as a line of the table.
    public var line: String {
      DelimitedWriter.line([
        path, "\(epoch)", "\(step)", "\(loss)", margin.map { "\($0)" } ?? "",
        isCorrect ? "1" : "0", "\(errorNorm)", gradientNorm.map { "\($0)" } ?? "", "\(weight)",
      ])
    }
  }

  /// The rows, in the order of the steps.
  public var rows: [Row]

  /// Names of the columns.
  public static let columns = [
    "path", "epoch", "step", "loss", "margin", "correct", "el2n", "grad_norm", "weight",
  ]

  /// The first line of the table.
  public static var header: String { DelimitedWriter.line(columns) }

  /// Reads a table; columns that it does not know are left alone.
  ///
  /// - Throws: ``RunFileError`` naming the line that is wrong.
  public static func read(_ path: String) throws(RunFileError) -> ExampleRecords {
    ExampleRecords(
      rows: try RunTable.rows(
        of: path, columns: columns, shown: 9,
        remedy: "restore it from a copy, or record the run again", Row.init))
  }
}

extension ExampleRecords.Row {
  /// A row by column; nil where a field is no number.
  fileprivate init?(_ values: [String: String]) {
    func number(_ name: String) -> Float? { values[name].flatMap { Float($0) } }
    guard let path = values["path"], let epoch = values["epoch"].flatMap({ Int($0) }),
      let step = values["step"].flatMap({ Int($0) }), let loss = number("loss"),
      let correct = values["correct"], ["0", "1"].contains(correct),
      let errorNorm = number("el2n"), let weight = number("weight")
    else { return nil }
    for name in ["margin", "grad_norm"] where number(name) == nil && values[name] != "" {
      return nil
    }
    self.init(
      path: path, epoch: epoch, step: step, loss: loss, margin: number("margin"),
      isCorrect: correct == "1", errorNorm: errorNorm, gradientNorm: number("grad_norm"),
      weight: weight)
  }
}
