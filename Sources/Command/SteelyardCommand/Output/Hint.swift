import Datasets
import Training

/// What an option of the command does about an error: libraries know no options, so their errors name none.
enum Hint {
  /// A line to print after the error; `nil` where the error says all.
  static func after(_ error: any Error) -> String? {
    switch error {
    case TrainingError.notFinite, TrainingError.diverged:
      "Options for it: --lr with a smaller number, --clip-grad 1"
    case TrainingError.interrupted(let run, _, _):
      run.isEmpty ? nil : "Go on with: steelyard train --resume \(run)"
    case TrainingError.singleValue:
      "Options for it: --batch-size 2, or a larger --img-size"
    case DatasetError.leakage:
      "Option for it: --allow-leakage"
    case DatasetError.problems(let problems) where problems.first.contains(where: isUnreadable):
      "Option for images that do not decode: --on-bad-image skip"
    case DatasetError.problems(let problems) where problems.first.contains(where: isUnlisted):
      "Option to leave a class out: --drop-class"
    default: nil
    }
  }

  private static func isUnlisted(_ problem: DataProblem) -> Bool {
    if case .notInClassNames = problem.kind { true } else { false }
  }

  private static func isUnreadable(_ problem: DataProblem) -> Bool {
    if case .unreadable = problem.kind { true } else { false }
  }
}
