import Datasets
import Files
import Foundation
import Runs
import Targets
import Training

/// Makes the folder of a comparison ready, or sees that one that is there is the same comparison.
struct ComparePreparation {
  let directory: CompareDirectory
  /// Options that all cells share.
  let resolved: ResolvedOptions
  let grid: Grid
  let note: (String) -> Void

  /// Whatever is wrong with options and names is said before anything is written.
  ///
  /// - Throws: `OptionError`, also where there will be no test part to judge on, or no validation to search on; what
  ///   the catalogue and the networks say of names.
  func check() throws {
    if let path = resolved.values.data {
      try check(FoundTarget(path, resolved.values))
    }
    for row in grid.rows {
      for choice in row.candidates {
        var options = row.kind == .frozen ? resolved.values.frozenCell : resolved.values
        (options.method, options.set) = (choice.name, choice.settings)
        options.longTail = grid.imbalances.first { $0 > 1 }
        let plan = try TrainingPlan(options)
        try plan.checkLibrary()
        if !isBegun { try plan.checkWeights(options) }
      }
    }
    if !isBegun { try checkParts() }
  }

  /// Refuses what does not go with the target of the data, of every row before any is trained.
  private func check(_ target: FoundTarget) throws(OptionError) {
    _ = try resolved.settled(by: target)
    guard target.kind == .labels || target.kind == .number else { return }
    if let column = resolved.values.studyColumn {
      note(
        "studies: no study of '\(column)' is parted, and methods are compared image by image and study by study (metrics with"
          + " '\(StudyMetrics.suffix)'); conclusions are drawn from \(grid.metric)"
      )
    }
    if grid.rows.contains(where: { $0.kind == .frozen }) {
      throw .conflict(
        "frozen: the baseline is of classes, and the target is \(target.kind.words); leave it out")
    }
    for choice in grid.rows.flatMap(\.candidates) {
      var own = resolved
      (own.values.method, own.values.set) = (choice.name, choice.settings)
      own.values.longTail = grid.imbalances.first { $0 > 1 }
      _ = try own.settled(by: target)
    }
  }

  /// Whether cells will have the parts that they are judged and chosen on, as far as it can be known before any image
  /// is read.
  private func checkParts() throws(OptionError) {
    var options = resolved.values
    options.readsCells = true
    // With folds every image is tested, and the data's own split is put aside. What is wrong with the data is said
    // by whoever trains on them.
    var present: [Split] = []
    if grid.folds == nil {
      guard let path = options.data, let data = try? Dataset.open(path, options, takesLabels: true)
      else { return }
      present = data.splits
    }
    let hasTest =
      grid.folds != nil
      || (present.isEmpty ? options.split.test > 0 : present.contains(Split.test))
    guard hasTest else {
      throw .conflict(
        "compare judges on a test part: give it a share with --split, or take --folds")
    }
    // A part of the training images becomes validation where the data have none, but never against a split file.
    let hasValidation =
      present.contains(Split.val) || (options.splitFile == nil && options.split.val > 0)
    guard hasValidation || grid.rows.allSatisfy({ $0.candidates.count == 1 }) else {
      throw .conflict(
        "search: settings are chosen on validation: give it a share with --split, or leave out --search"
      )
    }
  }

  /// Whether the folder holds a comparison that was begun.
  var isBegun: Bool { FilePath.isFile(directory.grid) }

  /// The folder with all that cells need. A comparison that goes on may have other rows, seeds and imbalances
  /// than it was begun with, and the cells that are done stay; what all cells share may not change.
  ///
  /// - Throws: `CompareError.otherOptions`, `CompareDirectoryError`, what dividing the data throws.
  func callAsFunction() throws {
    if isBegun {
      try compareOptions()
      if try Self.grid(of: directory) != grid { try JSONFile.write(grid, to: directory.grid) }
      return
    }
    let known = [".lock", "compare.yaml", "splits", "folds.csv"]
    guard try FolderListing.items(directory.path).allSatisfy({ known.contains($0.name) }) else {
      throw CompareDirectoryError.occupied(directory.path)
    }
    if let folds = grid.folds { try divide(folds) }
    let header = ["steelyard \(Version.current): options that all runs of this comparison share"]
    try AtomicFile.write(
      ConfigText.yaml(of: resolved.withAbsolutePaths(), header: header), to: directory.config)
    try JSONFile.write(grid, to: directory.grid)
  }

  /// The grid that a folder was begun with.
  static func grid(of directory: CompareDirectory) throws -> Grid {
    guard FilePath.isFile(directory.grid) else {
      throw CompareDirectoryError.notAComparison(directory.path)
    }
    let grid = try JSONFile.read(Grid.self, from: directory.grid)
    if let problem = grid.problem {
      throw FileError.malformed(path: directory.grid, reason: problem)
    }
    try grid.checkNames()
    return grid
  }

  private func compareOptions() throws {
    let file = try ResolvedOptions(file: ConfigFile.read(directory.config))
    let kind = file.values.data.map { InputKind.of($0, file.values) } ?? .images
    let before = try file.settled(by: kind).values
    let now = resolved.withAbsolutePaths().values
    var names = OptionTable.fields.filter { !$0.isFree && $0.yaml(before) != $0.yaml(now) }.map {
      $0.name
    }
    if try Self.grid(of: directory).folds != grid.folds { names.append("folds") }
    guard names.isEmpty else { throw CompareError.otherOptions(folder: directory.path, names) }
  }

  private func divide(_ folds: Int) throws {
    guard let path = resolved.values.data else { return }
    let plan = try CrossfitPreparation.plan(
      path, resolved.values, folds: folds, takesLabels: true, note: note)
    let parts = try plan.parts(
      resolved.values.split, resolved.values.columnSettings())
    try RunDirectory.makeFolder(directory.splits)
    for (index, part) in parts.enumerated() {
      try SplitFile.write(part, to: directory.split(ofFold: index + 1))
    }
    try plan.table.write(to: directory.folds)
  }
}
