import Batches
import Datasets
import Files
import Inference
import Runs
import Targets

extension PredictCommand {
  /// Refuses a filter by a model that does not say several labels.
  func checkFilter(_ model: TrainedModel) throws(OptionError) {
    guard let folder = filter.filter else { return }
    guard model.description.isOfLabels else {
      throw .conflict(
        "filter: it goes by the labels of a model of several, and \(path) says"
          + (model.description.isOfNumbers ? " a number" : " one class an image")
          + "; train one where an image may have several labels (--task labels)")
    }
    if inference.onBadImage == .skip {
      throw .conflict(
        "filter: what cannot be read is rejected and counts as a failure, so it is not left out; leave out --on-bad-image skip"
      )
    }
    try refuseOlderFilter(in: folder)
  }

  private func refuseOlderFilter(in folder: String) throws(OptionError) {
    try ExistingFiles.refuse(
      FilterFlags.names.map { ("filter", FilePath.join(folder, $0)) }, unless: overwrite)
  }

  /// Sorts images by what a model says of them.
  func filterImages(by given: TrainedModel, into folder: String) throws {
    var model = given
    guard rule, let chosen = try ModelFile.labelRule(of: model.file) else {
      throw OptionError.conflict(
        rule
          ? "filter: the model has no stored thresholds; steelyard decide \(path) chooses some on validation"
          : "filter: it follows the stored thresholds, which --no-rule leaves out; leave out one of them"
      )
    }
    let asked = try filter.labels(among: chosen.parts.map(\.label))
    _ = try chosen.matched(asked ?? [])
    let dataset = try opened(for: &model)
    guard dataset.rows == nil else {
      throw OptionError.conflict(
        "filter: it sorts images into lists that can be learned from, and these are rows of numbers; leave it out, and"
          + " choose rows by the columns of the predictions (--output)")
    }
    let classes = try classes(of: dataset)
    let set = ExampleSet(dataset, classes: nil)
    var bad: [String: DataProblem] = [:]
    let judged = Result {
      try model.labelPredictions(
        on: set, label: "filtering", isQuiet: report.quiet,
        leavingOut: { bad[$0.path] = DataProblem(unreadable: $0.error, path: $0.path) })
    }
    if bad.count == set.count {
      var problems = DataProblems()
      for image in bad.values.sorted(by: { $0.origin < $1.origin }) {
        problems.add(image.kind, at: image.origin)
      }
      try problems.check()
    }
    let predictions = try chosen.applied(to: judged.get())
    notePixels(of: dataset, as: model.description.preprocessing)
    var found = try LabelFilter(predictions, chosen, rejecting: asked, unreadable: bad.count)
    if let classes, let floor = filter.classFloor {
      found.keep(atLeast: floor, ofEach: predictions.paths.map { classes[$0] ?? "" })
    }
    let sorted = FilteredImages(
      dataset: dataset, paths: predictions.paths, filter: found, unreadable: bad,
      thresholds: try chosen.matched(predictions.labels).map(\.threshold))
    try RunDirectory.makeFolder(folder)
    try withExtendedLifetime(FolderClaim(folder)) {
      // Another filter may have written here since the options were looked at.
      try refuseOlderFilter(in: folder)
      try sorted.write(to: folder)
    }
    if let output {
      try predictions.write(
        to: output, deciding: sorted.thresholds, showingTruth: false,
        answers: chosen.hasSets ? chosen.answers(to: judged.get()) : nil)
    }
    if report.json { return try StandardStreams.json(sorted.summary) }
    StandardStreams.write(FilterText.of(sorted.summary, style: StandardStreams.style))
    StandardStreams.result(
      "written: \(FilterFlags.names.joined(separator: ", ")) in \(folder); paths are as they were given, so where the tables are"
        + " read --image-root says from which folder they start"
    )
  }

  /// The class of each image by its path, where a floor needs it.
  private func classes(of dataset: Dataset) throws(OptionError) -> [String: String]? {
    guard let floor = filter.classFloor, floor > 0 else { return nil }
    if let example = dataset.examples.first(where: { $0.label == nil }) {
      throw .conflict(
        "class-floor: '\(example.path)' has no class; give a table of the images with a column of classes"
          + " (--label-column), or leave it out")
    }
    return Dictionary(
      dataset.examples.map { ($0.path, $0.label ?? "") }, uniquingKeysWith: { first, _ in first })
  }
}
