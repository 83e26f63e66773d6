import Batches
import Console
import Datasets
import Files
import Foundation
import Imaging
import Inference
import Plans
import Runs
import Torch
package import Training

/// A run that is ready to start: everything resolved and checked, nothing written.
package struct PreparedRun {
  package var resolved: ResolvedOptions
  package var plan: TrainingPlan
  package var data: RunData
  /// Images without labels to learn from, where the options name some.
  package var unlabelled: UnlabelledImages?
  package var training: TrainingData
  /// Name of the run directory; another run may have it already.
  package var name: String

  /// Resolves the plan first, then opens the data: a mistyped name should not cost a look at every
  /// image.
  ///
  /// - Parameters:
  ///   - given: the options.
  ///   - isResumed: whether the run goes on: what its data are was said when it began.
  ///   - note: told what a person should know.
  package init(
    _ given: ResolvedOptions, isResumed: Bool = false, note: (String) -> Void = { _ in }
  ) throws {
    resolved = try given.withPublishedWeights().withAbsolutePaths()
    try Engine.start()
    if let threads = given.values.threads?.count { Engine.threads = threads }
    guard let path = resolved.values.data else {
      throw OptionError.missing(
        "the data", hint: "name a folder or a table: steelyard train DATA, or data-dir in --config")
    }
    try resolved.values.checkOrder()
    try resolved.values.checkTexts()
    if !isResumed { try resolved.values.checkStrata() }
    resolved = try resolved.settled(by: InputKind.of(path, resolved.values))
    let target = FoundTarget(path, resolved.values)
    resolved = try resolved.settled(by: target)
    plan = try TrainingPlan(resolved.values)
    try plan.checkLibrary()
    if !isResumed { try plan.checkWeights(resolved.values) }
    if resolved.values.threads == .measured { try Self.settleThreads(for: plan, note) }
    resolved = resolved.settled(by: plan)
    name = resolved.values.experiment ?? RunName.make(resolved.values)
    let threads = ProcessInfo.processInfo.activeProcessorCount
    data = try RunData(
      resolved.values, path: path, threads: threads, seeksNearCopies: !isResumed
    ) { reading in ReadingText.lines(reading).forEach(note) }
    let reading = data.dataset.pixelReading
    if case .images(var images) = plan.preprocessing {
      images.pixels = reading.isPerImage ? nil : reading
      plan.preprocessing = .images(images)
      resolved = resolved.settled(by: reading)
    }
    unlabelled = try resolved.values.unlabelled.map { [values = resolved.values, data] in
      try UnlabelledImages(
        $0, values, beside: data.dataset, digests: data.digests, threads: threads)
    }
    training = try data.training(unlabelled)
    try settleColumns(note)
    try settleTexts(note)
    if let fitted = training.train.standardization(resolved.values.seriesScale) {
      plan.preprocessing = .rows(
        plan.method.standardizesRows || fitted.input == .series ? fitted : fitted.leavingValues)
    }
    try Self.checkValidation(resolved.values, has: training.val != nil)
    if resolved.values.studyJoin == .automatic, training.val == nil {
      throw OptionError.conflict(
        "study-join auto: the way is chosen on the validation part, and there is none; give it a share with --split, or name"
          + " mean, max or noisy-or")
    }
    LabelText.lines(data.dataset, target, resolved.values.unknown).forEach(note)
    NumberText.lines(data.dataset, target).forEach(note)
    try settleMethod(features: path, isResumed: isResumed, note: note)
    noteData(note)
    if let doubt = resolved.values.amp.doubt(on: plan.device) { note(doubt) }
    for image in data.skipped { note("left out: \(naming(image.path, image.reason))") }
    if !data.leakage.isClean { note("leakage, allowed by --allow-leakage:\n\(data.leakage)") }
  }

  /// What a person should know of the data.
  private func noteData(_ note: (String) -> Void) {
    for statement in data.statements { note("split: \(statement.text(of: data.noun))") }
    if let count = data.thinnedOut, (resolved.values.longTail ?? 1) > 1 {
      note(
        count > 0
          ? "long-tail: \(Format.count(count)) left out of the training part"
          : "long-tail: every class has as few examples already; nothing is left out of the training part"
      )
    }
    if plan.preprocessing.images != nil {
      PixelText.lines(data.census, data.dataset.pixelReading, data.intensity).forEach(note)
    }
    RowText.lines(
      training.train, plan.batchSize, resolved.values.seriesScale,
      isStandardized: plan.method.standardizesRows
    ).forEach(note)
    data.leakage.warnings.forEach(note)
    NearCopyText.lines(data.nearCopies, resolved.values.nearDuplicates).forEach(note)
    unlabelled?.lines.forEach(note)
  }

  /// Makes the run directory with all that is known before the first step; `config.yaml` comes last, so that a folder
  /// with one can be gone on with.
  /// - Throws: `RunError`, `FileError` when it cannot be written.
  func makeDirectory() throws -> RunDirectory {
    let directory = try RunDirectory(creating: name, in: resolved.values.outputDir)
    try EnvironmentRecord(version: Version.current, plan: plan).write(to: directory.environment)
    try DataRecord(data, unlabelled).write(to: directory.data)
    try SplitFile.write(data.whole, to: directory.split)
    try RunImages.write(data.dataset, digests: data.digests, to: directory.images)
    try data.dataset.classNames?.write(to: directory.classNames)
    if let file = resolved.values.corrections {
      try AtomicFile.write(FileBytes.read(file), to: directory.corrections)
    }
    if case .file(let file) = resolved.values.hardNormals {
      try AtomicFile.write(FileBytes.read(file), to: directory.hardNormals)
    }
    let header = ["steelyard \(Version.current): every option of this run and where it came from"]
    try AtomicFile.write(ConfigText.yaml(of: resolved, header: header), to: directory.config)
    return directory
  }
}
