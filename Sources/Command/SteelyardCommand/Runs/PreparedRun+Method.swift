import Batches
import Console
import Datasets
import Files
import Inference
import Methods
import Plans
import Runs
import Training

/// What the method makes of the data.
extension PreparedRun {
  private static let unlabelledTraining =
    "unlabelled: none are named by --unlabelled; the images of the training part serve without their labels"

  /// What the method makes of the data, and what is to be said of that.
  mutating func settleMethod(
    features path: String, isResumed: Bool, note: (String) -> Void
  ) throws {
    if plan.isOfLabels || plan.isOfNumbers {
      try Self.checkMethod(resolved.values, plan.stages(for: training), training)
      try settleLabelBuckets(note)
      try settleCells(note)
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

  /// Joint cells of a number, where the options have some.
  private mutating func settleCells(_ note: (String) -> Void) throws {
    guard let clusters = resolved.values.cells, let table = training.numberTable else { return }
    let cells = try RunCells(
      clusters: clusters, cap: resolved.values.cellCap, table, of: training.train, seed: plan.seed)
    plan.cells = cells.sampler
    note(cells.statement)
  }

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
}
