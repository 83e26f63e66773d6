public import Networks
public import Sampling

/// A published recipe: hyper-parameters, and the stages that they imply for given class counts.
///
/// A method is a value of hyper-parameters, each with its published default, and nothing else:
///
///     let method = try BalancedMixupTraining.with(["alpha": "0.1"])
///     for stage in method.stages(for: classes) { … }
public protocol Method: Codable, Sendable {
  /// What a command line calls it; lower case, words joined by hyphens.
  static var name: String { get }

  /// What it does, in one line without a full stop.
  static var summary: String { get }

  /// Where it was published.
  static var citation: Citation { get }

  /// When to use it and when not, what its paper claims, and what its hyper-parameters are.
  static var guide: Guide { get }

  /// The published hyper-parameters.
  init()

  /// Hyper-parameters out of range; empty when all is well.
  var problems: [HyperparameterProblem] { get }

  /// The stages of a training run, in order; their fractions sum to 1.
  ///
  /// - Parameter classes: counts of the training set.
  /// - Precondition: `problems` is empty.
  func stages(for classes: ClassCounts) -> [Stage]

  /// The stages where an example may have several labels; `nil` where the method knows classes alone.
  ///
  /// - Parameter table: labels of the training set; of each label some example has it and some has it not.
  /// - Precondition: `problems` is empty.
  func stages(for table: LabelTable) -> [Stage]?

  /// The stages where the target is a number; `nil` where the method knows classes or labels alone.
  ///
  /// - Parameter table: numbers of the training set; losses see them in units of their own (``Sampling/NumberTable``), samplers
  ///   draw by its ranges as by classes.
  /// - Precondition: `problems` is empty.
  func stages(for table: NumberTable) -> [Stage]?

  /// The stages where the classes are said to be grades in their order; `nil` where the method makes no difference, or takes its
  /// classes for grades anyhow.
  ///
  /// - Parameter classes: counts of the training set, from the lowest grade up.
  /// - Precondition: `problems` is empty; two classes or more.
  func gradeStages(for classes: ClassCounts) -> [Stage]?

  /// How outputs become probabilities where the classes are said to be grades; `nil` where the method makes no difference.
  var gradeDecoding: Decoding? { get }

  /// What the network is beside its architecture: kind of head, branches, readout, decoding.
  var network: NetworkForm { get }

  /// What of the network learns beside its heads, where nobody says; `nil` is all of it.
  var tuning: Tuning? { get }

  /// How much longer than the network's input the shorter side of an image is when it is judged, over that input, so that
  /// five crops of it are averaged; 0 judges one.
  var cropMargin: Double { get }

  /// Whether the classes are grades, so that their order in the list of classes means something.
  var ordersClasses: Bool { get }

  /// The fewest classes that the method tells apart, at least 1.
  var fewestClasses: Int { get }

  /// The one class that the method learns to tell from all others together; `nil` where it tells all apart.
  ///
  /// - Parameter classes: counts of the training set.
  func normalClass(for classes: ClassCounts) -> Int?

  /// Whether features that are numbers of a file are centred and scaled before the network; a method that goes by their
  /// directions takes them as they are.
  var standardizesRows: Bool { get }

  /// Whether a number of a table that is missing stays so, NaN, and is no median with an indicator beside it.
  var takesMissing: Bool { get }
}

extension Method {
  /// They are.
  public var standardizesRows: Bool { true }

  /// They are not.
  public var takesMissing: Bool { false }

  /// It knows classes alone.
  public func stages(for table: LabelTable) -> [Stage]? { nil }

  /// It knows no numbers.
  public func stages(for table: NumberTable) -> [Stage]? { nil }

  /// It makes no difference.
  public func gradeStages(for classes: ClassCounts) -> [Stage]? { nil }

  /// It makes no difference.
  public var gradeDecoding: Decoding? { nil }

  /// A plain classifier.
  public var network: NetworkForm { NetworkForm() }

  /// All of it.
  public var tuning: Tuning? { nil }

  /// One.
  public var cropMargin: Double { 0 }

  /// Any number.
  public var fewestClasses: Int { 1 }

  /// They are not.
  public var ordersClasses: Bool { false }

  /// It tells all apart.
  public func normalClass(for classes: ClassCounts) -> Int? { nil }

  /// None.
  public var problems: [HyperparameterProblem] { [] }

  /// Whether nothing follows a gradient: edits make all that is new, in one epoch without a step.
  ///
  /// - Parameter classes: counts of the training set.
  public func isFitted(for classes: ClassCounts) -> Bool {
    stages(for: classes).allSatisfy { $0.trains == .nothing }
  }

  /// What part of the label mass of a whole run is expected to fall on each class.
  ///
  /// - Parameter classes: counts of the training set.
  /// - Returns: `[C]`; sums to 1. Exact where a stage's mass changes as a cubic of progress or
  ///   slower between the turns of its objective, which holds for every sampler here.
  /// - Precondition: `problems` is empty.
  public func expectedLabelMass(for classes: ClassCounts) -> [Double] {
    var mass = [Double](repeating: 0, count: classes.count)
    for stage in stages(for: classes) {
      let ends = [0] + stage.objective.turns + [1]
      for (start, end) in zip(ends, ends.dropFirst()) {
        // Simpson, between turns and not at them.
        let (from, to) = (start == 0 ? 0 : start.nextUp, end == 1 ? 1 : end.nextDown)
        for (progress, weight) in [(from, 1.0 / 6), ((from + to) / 2, 4.0 / 6), (to, 1.0 / 6)] {
          let part = stage.expectedLabelMass(for: classes, progress: progress)
          let share = stage.fraction * (end - start) * weight
          for c in mass.indices { mass[c] += share * part[c] }
        }
      }
    }
    return mass
  }
}
