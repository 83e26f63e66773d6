import ArgumentParser
import Decisions

/// What a decision rule is to achieve.
struct DecisionFlags: ParsableArguments {
  /// The calibration that cross-fitting finds best.
  static let automatic = "auto"

  @Option(
    help:
      "How probabilities are calibrated: none, temperature, vector, dirichlet, isotonic, or auto, the best by cross-validation of those that keep the ranking (default: temperature; vector with --costs, --target-prior or --unlabelled)."
  )
  var calibration: String?

  @Option(
    help: ArgumentHelp(
      "Flag this class so that at least this part of its images is found; repeatable.",
      valueName: "class=part"))
  var sensitivity: [ClassLevel] = []

  @Option(
    help: ArgumentHelp(
      "Flag this class so that at least this part of the others is left alone; repeatable.",
      valueName: "class=part"))
  var specificity: [ClassLevel] = []

  @Option(
    help: ArgumentHelp(
      "Flag at most this part of all images as this class; repeatable.", valueName: "class=part"))
  var workload: [ClassLevel] = []

  @Flag(
    help:
      "These parts and a risk must hold for new images with 95 % confidence, not only on validation."
  )
  var promised = false

  @Option(
    help: ArgumentHelp(
      "Table of costs: a row for each true class, a column for each decision, names on both; of labels the columns label, miss and false_alarm.",
      valueName: "table"))
  var costs: String?

  @Option(
    help: ArgumentHelp(
      "How common the classes are where the model will work: class=part of each, or uniform.",
      valueName: "class=part,…"))
  var targetPrior: String?

  @Option(
    help: ArgumentHelp(
      "Estimate that from predictions on unlabelled images.", valueName: "table"))
  var unlabelled: String?

  @Option(help: ArgumentHelp("How it is estimated.", valueName: "saerens|bbse"))
  var estimate = PriorEstimator.saerens

  @Flag(
    inversion: .prefixedNo,
    help: "Undo the class frequencies that the training sampler drew, where validation agrees.")
  var samplerCorrection = true

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Leave the least certain images to a human, answering at least this part.", valueName: "part")
  )
  var coverage: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Leave the least certain images to a human, so that at most this part of the answers is wrong.",
      valueName: "part"))
  var risk: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Sets of classes that miss the true one at most this often, for every class; of labels an answer yes, no or unsure for each.",
      valueName: "part"))
  var conformal: Double?

  @Option(
    help: ArgumentHelp(
      "What orders the classes of these sets; aps draws at their edge, by the name of the image.",
      valueName: "probability|aps"))
  var conformalScore = ConformalScore.probability

  /// Whether there is anything that could be promised; sets hold what they promise without being asked.
  var hasPromises: Bool {
    !sensitivity.isEmpty || !specificity.isEmpty || !workload.isEmpty || risk != nil
  }

  /// The calibration: where costs, priors or unlabelled images are used, one that follows the classes' shares.
  var method: String {
    let needsShares = costs != nil || targetPrior != nil || unlabelled != nil
    return calibration ?? (needsShares ? "vector" : "temperature")
  }

  func validate() throws {
    if method != Self.automatic && CalibrationMethod.named(method) == nil {
      throw ValidationError(
        "--calibration: expected one of "
          + (CalibrationMethod.catalogue.map(\.name) + [Self.automatic]).joined(separator: ", ")
          + ", got '\(method)'.")
    }
    if coverage != nil && risk != nil {
      throw ValidationError("Choose one of --coverage and --risk.")
    }
    if targetPrior != nil && unlabelled != nil {
      throw ValidationError("Choose one of --target-prior and --unlabelled.")
    }
    if let conformal, !(conformal > 0 && conformal < 1) {
      throw ValidationError("--conformal: expected a part above 0 and below 1, got \(conformal).")
    }
  }
}

/// How the prevalence of unlabelled images is estimated.
enum PriorEstimator: String, CaseIterable, ExpressibleByArgument {
  /// Expectation maximisation.
  case saerens
  /// The confusion matrix of validation, solved.
  case bbse
}
