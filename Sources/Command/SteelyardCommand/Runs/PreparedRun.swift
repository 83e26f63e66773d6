import Batches
import Console
import Datasets
import Files
import Foundation
import Imaging
import Inference
import Methods
import Networks
import Plans
import Runs
import Schedules
import Torch
package import Training
import Weights

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
    Engine.tuneAllocator()
    if let threads = given.values.threads { Engine.threads = threads }
    guard let path = resolved.values.data else {
      throw OptionError.missing(
        "the data", hint: "name a folder or a table: steelyard train DATA, or data-dir in --config")
    }
    try resolved.values.checkOrder()
    try resolved.values.checkTexts()
    resolved = try resolved.settled(by: InputKind.of(path, resolved.values))
    let target = FoundTarget(path, resolved.values)
    resolved = try resolved.settled(by: target)
    plan = try TrainingPlan(resolved.values)
    try plan.checkLibrary()
    if !isResumed { try plan.checkWeights(resolved.values) }
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
    for image in data.skipped { note("left out: \(naming(image.path, image.reason))") }
    if !data.leakage.isClean { note("leakage, allowed by --allow-leakage:\n\(data.leakage)") }
  }

  /// What the method makes of the data, and what is to be said of that.
  private mutating func settleMethod(
    features path: String, isResumed: Bool, note: (String) -> Void
  ) throws {
    if plan.isOfLabels || plan.isOfNumbers {
      try Self.checkMethod(resolved.values, plan.stages(for: training), training)
      try settleLabelBuckets(note)
      return try settleHead(features: path, isResumed: isResumed, note: note)
    }
    let normal = try NormalClass(of: plan.method, training.classes, training.counts)
    try Self.checkMethod(
      resolved.values, plan.method.stages(for: training.counts), training)
    let ofClasses = try settleClasses()
    let stages = plan.stages(for: training.counts)
    try settleHead(features: path, isResumed: isResumed, note: note)
    let order = try GradeOrder(
      of: plan.method, training.classes, isGiven: data.dataset.classNames != nil,
      isAsked: plan.areGrades)
    if let words = data.dataset.classNames?.guess { note(words) }
    if let order { note(order.statement) }
    if let normal { note(normal.statement) }
    ofClasses.forEach(note)
    CorrectionText.lines(stages, training.classes, training.counts, given: plan.classWeights)
      .forEach(note)
    if unlabelled == nil, stages.learnFromUnlabelled { note(Self.unlabelledTraining) }
  }

  /// Weights and shares of classes, where the options have some.
  ///
  /// - Returns: what to say of them.
  private mutating func settleClasses() throws -> [String] {
    var said: [String] = []
    if let option = resolved.values.classWeights {
      let weights = try RunClassWeights(option, training.classes, training.counts)
      (plan.classWeights, plan.classWeightsStart) = (
        weights.values, resolved.values.classWeightsStart
      )
      resolved = resolved.settled(by: weights)
      said.append(weights.statement(from: plan.classWeightsStart))
    }
    if let option = resolved.values.classMass {
      let mass = try RunClassMass(option, training.classes)
      plan.classMass = mass.values
      resolved = resolved.settled(by: mass)
      said.append(mass.statement)
    }
    if let option = resolved.values.buckets {
      let buckets = try RunBuckets(option, training.classes)
      plan.buckets = buckets.sampler
      resolved = resolved.settled(by: buckets)
      said.append(buckets.statement)
    }
    return said
  }

  /// Buckets of labels, where the options have some.
  private mutating func settleLabelBuckets(_ note: (String) -> Void) throws {
    let options = resolved.values
    guard let option = options.buckets, let table = training.labelTable else { return }
    try RunLabelBuckets.checkOrder(of: training.train)
    let buckets = try RunLabelBuckets(
      option, normals: options.hardNormals.map { try HardNormalRows($0, in: data.dataset) },
      names: training.classes, table: table, batchSize: plan.batchSize)
    plan.labelBuckets = buckets.sampler
    resolved = resolved.settled(by: buckets)
    buckets.statements.forEach(note)
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

  private static let unlabelledTraining =
    "unlabelled: none are named by --unlabelled; the images of the training part serve without their labels"

  /// What stands under a head of features, and the one epoch of a head that is fitted.
  private mutating func settleHead(
    features path: String, isResumed: Bool, note: (String) -> Void
  ) throws {
    if let weights = resolved.values.backbone {
      plan.backbone = try BackboneFile.read(
        weights, for: data.dataset, features: path, on: plan.device)
      note(
        "backbone: \(FilePath.name(of: weights)) is what the features were made with; the model takes pictures"
      )
    }
    guard plan.method.isFitted(for: training.counts) else { return }
    if !isResumed, let words = resolved.unusedByFit { note(words) }
    plan.epochs = 1
    resolved = resolved.fitted()
  }

  /// The weights to begin with, if any; they are tried before anything is written.
  /// - Throws: `WeightsError` for a file that holds none, `WeightsMismatch` for those of another network.
  func pretrained() throws -> StateDict? {
    guard let path = resolved.values.pretrained else { return nil }
    let architecture = try Architectures.named(plan.architecture)
    let weights = try PretrainedFile.read(path, for: architecture.name)
    try WeightsOrigin.check(path, for: architecture)
    let network = architecture.build(
      classes: training.classes.count, inputs: plan.preprocessing.width,
      form: NetworkForm(pooling: plan.pooling), using: Generator(seed: 0))
    do throws(WeightsError) {
      _ = try network.loadPretrained(weights)
    } catch {
      throw WeightsMismatch(
        error, weights, of: try Architectures.named(plan.architecture).input,
        inputs: plan.preprocessing.width)
    }
    // Before anything is written.
    try adapter()?.check(over: network)
    return weights
  }

  /// The adapter to begin with, if any.
  /// - Throws: `FileError`, `WeightsError` or `AdapterFileError` for a folder that holds none.
  func adapter() throws -> AdapterFile? {
    try resolved.values.adapter.map { path in try AdapterFile.read(path) }
  }

  /// Where weights to begin with are to be had, for a run that has none and would gain by them.
  var weightsHint: String? {
    plan.preprocessing.images.flatMap {
      PublishedWeights.hint(resolved.values, images: training.train.count, side: $0.size.width)
    }
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

  /// What became of pretrained weights, in lines, with what the file does not say of itself.
  func describePretrained(_ report: LoadReport) -> [String] {
    let lines = WeightsText.lines(report)
    guard !report.settlesTwin, let path = resolved.values.pretrained,
      let architecture = try? Architectures.named(plan.architecture),
      let doubt = WeightsOrigin.doubt(path, for: architecture)
    else { return lines }
    return lines + [doubt]
  }
}

extension ResolvedOptions {
  /// Which options were given that are about steps of gradient descent, as a sentence: a head that is fitted has none.
  package var unusedByFit: String? {
    let schedule = TrainOptions.schedule.fields.filter {
      $0.name != TrainOptions.schedule.evalMetric.name
    }
    let drop: [any OptionField] = [TrainOptions.network.dropPath]
    let names = (TrainOptions.optimizer.fields + schedule + drop).filter { field in
      switch origin(of: field.name) {
      case .flag, .over: true
      case .file: !field.isEqual(values, .standard)
      case .builtIn, .settled, .preset: false
      }
    }.map { "--\($0.name)" }
    guard !names.isEmpty else { return nil }
    return
      "\(values.method) is fitted to the features, and no step of gradient descent is made:"
      + " \(names.joined(separator: ", ")) \(names.count == 1 ? "has" : "have") no effect"
  }

  /// The same with the one epoch that a head without a gradient takes.
  func fitted() -> ResolvedOptions {
    var result = self
    result.values.epochs = 1
    return result.saying(whatWas: self)
  }

  /// The same with whole paths, so that a run can be resumed from another folder.
  func withAbsolutePaths() -> ResolvedOptions {
    var result = self
    for field in OptionTable.fields { field.makeWhole(in: &result.values) }
    return result
  }
}
