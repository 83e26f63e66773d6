import Batches
import Methods
import Networks
import Plans
import Schedules
import Training

/// Options that a run refuses: what the data or the method would leave unused.
extension PreparedRun {
  /// Refuses what watches a validation part, where there is none.
  static func checkValidation(_ options: TrainOptions, has: Bool) throws(OptionError) {
    guard !has && (options.earlyStopping != nil || options.sched == .plateau) else { return }
    throw .conflict(
      "early-stopping and the plateau schedule watch the validation part, and there is none; "
        + "give it a share with --split, or leave them out")
  }

  /// Refuses options that the method would leave unused.
  static func checkMethod(
    _ options: TrainOptions, _ stages: [Stage], _ training: TrainingData
  ) throws(OptionError) {
    try MethodInput.check(options, stages, training)
    if options.head != nil, stages.allSatisfy({ $0.trains == .nothing }) {
      throw .conflict("--head: \(options.method) makes the last layer itself; leave it out")
    }
    if ![nil, .linear].contains(options.head), stages.contains(where: \.needsLinearHeads) {
      throw .conflict("--head: \(options.method) changes a linear last layer; leave it out")
    }
    if options.backbone != nil, training.train.read != nil {
      throw .conflict(
        "--backbone is for features, and the data are images; begin from weights with --pretrained")
    }
    if options.unlabelled != nil, !stages.learnFromUnlabelled {
      let others = catalogue.filter { $0.init().stages(for: training.counts).learnFromUnlabelled }
      throw .conflict(
        "\(options.method) learns from no unlabelled images; leave out --unlabelled, or choose a method that does: "
          + others.map { $0.name }.joined(separator: ", "))
    }
    if options.classWeightsStart > 0, options.classWeights == nil {
      throw .conflict(
        "--class-weights-start says when --class-weights begin to hold; give both, or leave it out")
    }
    if options.classWeights != nil, !stages.takeClassWeights {
      let others = catalogue.filter { $0.init().stages(for: training.counts).takeClassWeights }
      throw .conflict(
        "\(options.method) \(stages.reasonAgainstWeights); leave out --class-weights, or choose one"
          + " of: " + others.map { $0.name }.joined(separator: ", "))
    }
    try checkDrawing(options, stages, training)
    if options.modelEma, stages.contains(where: { $0.teacher?.isModel == true }) {
      throw .conflict(
        "\(options.method) keeps an average of the weights of its own, which becomes the model; leave out"
          + " --model-ema, and set its decay by --set decay=0.999")
    }
  }

  /// Refuses shares and buckets of classes where the method says itself what is drawn.
  private static func checkDrawing(
    _ options: TrainOptions, _ stages: [Stage], _ training: TrainingData
  ) throws(OptionError) {
    if options.classMass != nil, options.buckets != nil {
      throw .conflict("--class-mass and --buckets both say what is drawn; leave one of them out")
    }
    guard options.hardNormals == nil || training.labelTable != nil else {
      throw .conflict(
        "--hard-normals is of several labels, and the data have one class an image; leave it out, and give the class of"
          + " normal images rows by --buckets")
    }
    guard options.hardNormals == nil || options.buckets != nil else {
      throw .conflict(
        "--hard-normals says which rows are a bucket of their own; give --buckets too, with rows for hard"
      )
    }
    try checkCells(options, training)
    let given = [
      ("--class-mass", options.classMass != nil), ("--buckets", options.buckets != nil),
      ("--cells", options.cells != nil),
    ].filter(\.1)
    guard let option = given.last, let reason = RunClassMass.reason(stages) else { return }
    let others = catalogue.filter { kind in
      let method = kind.init()
      let stages: [Stage]? =
        switch training.targets {
        case .classes: method.stages(for: training.counts)
        case .labels(let table): method.stages(for: table)
        case .numbers(let table): method.stages(for: table)
        }
      return stages.map { RunClassMass.reason($0) == nil } ?? false
    }
    throw .conflict(
      "\(options.method) \(reason); leave out \(option.0), or choose one of: "
        + others.map { $0.name }.joined(separator: ", "))
  }

  /// Refuses cells where there is no number, and a cap of none.
  private static func checkCells(
    _ options: TrainOptions, _ training: TrainingData
  ) throws(OptionError) {
    guard options.cells == nil || training.numberTable != nil else {
      throw .conflict(
        "--cells is of numbers, and the target is none; leave it out, or say what is drawn with --class-mass or --buckets"
      )
    }
    guard options.cells != nil || options.cellCap == TrainOptions.standard.cellCap else {
      throw .conflict(
        "--cell-cap says how often a row of a small cell is drawn; give --cells too, or leave it out"
      )
    }
  }
}

extension [Stage] {
  /// Whether one of them learns from images without labels.
  var learnFromUnlabelled: Bool { contains { $0.unlabelled != nil } }

  /// Why rows cannot be weighted by their class in one of them.
  fileprivate var reasonAgainstWeights: String {
    guard let stage = first(where: { $0.weighted(by: []) == nil }) else {
      return "can weigh rows by their class"
    }
    if stage.trains == .nothing {
      return "fits its last layer at once, and --class-weights weigh the loss of steps"
    }
    if !stage.objective.learnsLogits {
      return "has a stage that compares features, where no row's class has a loss to weigh"
    }
    return "has a stage that cannot weigh rows by their class"
  }

  /// Whether rows can be weighted by their class in all of them.
  fileprivate var takeClassWeights: Bool { allSatisfy { $0.weighted(by: []) != nil } }
}
