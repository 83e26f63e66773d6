/// Why a comparison does not go on.
package enum CompareError: Error, Equatable, CustomStringConvertible {
  /// Someone asked to stop.
  case stopped(folder: String, cell: String, left: Int)
  /// The folder was begun with other options.
  case otherOptions(folder: String, [String])
  /// A cell has no test part to be judged on.
  case noTest(cell: String)
  /// No cell came to an end.
  case nothingDone(folder: String, firstProblem: String)

  /// What is wrong, and what to do.
  package var description: String {
    switch self {
    case .stopped(let folder, let cell, let left):
      "stopped in \(cell), with \(left) cell(s) left, and saved in \(folder)"
    case .otherOptions(let folder, let names):
      "\(folder) was begun with other values of \(names.joined(separator: ", ")); all cells of a comparison share"
        + " them: leave them as they were, or take another folder"
    case .noTest(let cell):
      "\(cell) has no test part to be judged on; give it a share with --split, or take --folds"
    case .nothingDone(let folder, let problem):
      "no cell in \(folder) came to an end; the first says: \(problem)"
    }
  }
}
