import Batches
import Foundation
import Plans

/// Who is drawn how often, as a formula of class sizes: P(c) of a stream, written again from the papers.
enum Draw: Sendable {
  /// As the data come.
  case plain
  /// Every class alike.
  case balanced
  /// P(c) ∝ n_c^ρ.
  case power(Double)
  /// P(c) ∝ n_c (1 − β) / (1 − β^n_c).
  case effective(Double)
  /// (1 − t) π_c + t / C.
  case progressive
  /// One class alone.
  case only(Int)

  /// P(c), `[C]`.
  func shares(of counts: [Int], progress t: Double) -> [Double] {
    let total = counts.reduce(0.0) { $0 + Double($1) }
    let raw = counts.enumerated().map { place, count -> Double in
      let n = Double(count)
      switch self {
      case .plain: return n / total
      case .balanced: return 1
      case .power(let rho): return pow(n, rho)
      case .effective(let beta): return n * (1 - beta) / (1 - pow(beta, n))
      case .progressive: return (1 - t) * n / total + t / Double(counts.count)
      case .only(let c): return place == c ? 1 : 0
      }
    }
    let sum = raw.reduce(0, +)
    return raw.map { $0 / sum }
  }
}

/// One stage as the reference sheet of the methods describes it.
struct StagePlan: Sendable {
  /// Part of the run.
  var fraction = 1.0
  /// A formula a stream.
  var draws: [Draw] = [.plain]
  var trains = Stage.Trained.everything
  var rate = Stage.Rate.continues
  var chooses = Stage.Choice.best
  var views: [View] = [.standard]
  /// Names of the types of edits.
  var opening: [String] = []
  var closing: [String] = []
  /// Decay of the second network, where there is one, and whether it becomes the model.
  var teacher: (decay: Double, isModel: Bool)?
  /// Unlabelled rows for each labelled one.
  var unlabelled: Int?

  /// The last layer alone, from a fresh start of the rate.
  static func head(
    _ fraction: Double, _ draw: Draw, rate: Double = 1, opening: [String] = ["NewHead"],
    closing: [String] = []
  ) -> StagePlan {
    StagePlan(
      fraction: fraction, draws: [draw], trains: .heads, rate: .restarts(factor: rate),
      opening: opening, closing: closing)
  }

  /// A representation by contrast, whose projection is dropped, and then the last layer on balanced classes.
  static func representation(_ share: Double, teacher: Double? = nil) -> [StagePlan] {
    [
      StagePlan(
        fraction: 1 - share, chooses: .last, views: [.strong, .strong],
        closing: ["DropProjection"], teacher: teacher.map { ($0, false) }),
      .head(share, .balanced),
    ]
  }

  /// A head that is made of the features without a step.
  static func fitted(_ edit: String) -> [StagePlan] {
    [StagePlan(trains: .nothing, chooses: .last, opening: [edit])]
  }
}

extension StagePlan {
  /// What the sheet says of every method; δ, shares and the like are its defaults.
  static let all: [String: [StagePlan]] = oneStage.merging(others) { first, _ in first }

  /// Methods of one stage in which all learns of one standard view, by what they draw.
  private static let oneStage: [String: [StagePlan]] = {
    var all: [String: [StagePlan]] = [:]
    for name in [
      "erm", "mixup", "balanced-softmax", "ldam-drw", "seesaw", "sade", "pgd", "srat", "cb-loss",
      "drw", "corn", "cutmix", "remix", "mamix", "manifold-mixup", "weighted-ce", "focal", "ldam",
      "logit-adjustment", "vs", "cdt", "lade", "equalization", "label-aware-smoothing", "ride",
      "tlc", "asymmetric", "coral", "haco",
    ] { all[name] = [StagePlan()] }
    for name in ["class-balanced", "class-aware", "over-sampling", "under-sampling"] {
      all[name] = [StagePlan(draws: [.balanced])]
    }
    all["square-root"] = [StagePlan(draws: [.power(0.5)])]
    all["progressive"] = [StagePlan(draws: [.progressive])]
    all["effective-number-sampling"] = [StagePlan(draws: [.effective(0.9999)])]
    all["distribution-balanced"] = [StagePlan(draws: [.balanced])]
    // Two streams: as the data come, and partners.
    all["balanced-mixup"] = [StagePlan(draws: [.plain, .balanced])]
    all["adpmix"] = [StagePlan(draws: [.plain, .balanced])]
    all["confusion-mixup"] = [StagePlan(draws: [.plain, .balanced])]
    // BBN's second branch sees classes in inverse shares.
    all["bbn"] = [StagePlan(draws: [.plain, .power(-1)])]
    // UniMix draws partners ∝ n^τ, τ = −.1; CMO foregrounds with a weight 1/n a row.
    all["unimix"] = [StagePlan(draws: [.plain, .power(-0.1)])]
    all["cmo"] = [StagePlan(draws: [.plain, .balanced])]
    all["enmix"] = [StagePlan(views: [.strong, .strong])]
    // GLMC's partners have a weight 1/n^q with q = 0: as the data come.
    all["glmc"] = [
      StagePlan(
        draws: [.plain, .plain], views: [.strong, .strong, .strong, .strong],
        closing: ["DropProjection"])
    ]
    for name in ["squared-error", "density-weighted", "balanced-mse"] {
      all[name] = [StagePlan(rate: .restarts(factor: 0.1))]
    }
    return all
  }()

  private static let others: [String: [StagePlan]] = [
    // Decoupled training: features as the data come, then the last layer on balanced classes.
    "crt": [StagePlan(fraction: 0.9), .head(0.1, .balanced)],
    "lws": [
      StagePlan(fraction: 0.9),
      StagePlan(
        fraction: 0.1, draws: [.balanced], trains: .ofHeads(["scale"]),
        rate: .restarts(factor: 2), opening: ["ScaleHead"], closing: ["FoldScales"]),
    ],
    "tau-norm": [StagePlan(closing: ["TauNormalization"])],
    "ncm": [StagePlan(closing: ["NearestClassMean"])],
    "mislas": [
      StagePlan(fraction: 0.95),
      .head(0.05, .balanced, rate: 0.2, opening: ["ScaleHead"], closing: ["FoldScales"]),
    ],
    "disalign": [
      StagePlan(fraction: 0.9),
      StagePlan(
        fraction: 0.1,
        trains: .ofHeads(["scale", "shift", "confidence.weight", "confidence.bias"]),
        rate: .restarts(factor: 1), opening: ["AlignHead"]),
    ],
    "weight-balancing": [StagePlan(fraction: 0.95), .head(0.05, .plain, opening: [])],
    "smote-features": [StagePlan(fraction: 0.9), .head(0.1, .balanced)],
    // GCL: the second stage draws by effective numbers; the head goes on.
    "gcl": [
      StagePlan(fraction: 0.9), .head(0.1, .effective(0.9999), rate: 0.02, opening: []),
    ],
    "balms": [
      StagePlan(fraction: 13.0 / 15),
      StagePlan(
        fraction: 2.0 / 15, draws: [.plain, .balanced], trains: .heads,
        rate: .restarts(factor: 1), opening: ["NewHead"]),
    ],
    // Buda et al. turn it round: balanced first, then the last layer as the data come.
    "two-phase": [
      StagePlan(fraction: 0.9, draws: [.balanced]), .head(0.1, .plain, opening: []),
    ],
    "drs": [
      StagePlan(fraction: 0.8, chooses: .last), StagePlan(fraction: 0.2, draws: [.balanced]),
    ],
    "ib": [
      StagePlan(fraction: 0.5, chooses: .last),
      StagePlan(fraction: 0.5, rate: .restarts(factor: 0.01)),
    ],
    "logit-adjustment-posthoc": [StagePlan(closing: ["PriorShift"])],
    "thresholding": [StagePlan(closing: ["PriorShift"])],
    "sigmoid-bce": [StagePlan(opening: ["PriorBias"])],
    "cb-focal": [StagePlan(opening: ["PriorBias"])],
    "lift": [StagePlan(opening: ["NearestClassMean"])],
    "supcon": StagePlan.representation(0.2),
    "sbcl": StagePlan.representation(0.2),
    "kcl": StagePlan.representation(0.2, teacher: 0.999),
    "tsc": StagePlan.representation(0.2, teacher: 0.999),
    "bcl": [StagePlan(views: [.strong, .strong], closing: ["DropProjection"])],
    "proco": [StagePlan(views: [.strong, .strong], closing: ["DropProjection"])],
    "paco": [
      StagePlan(
        views: [.strong, .strong], closing: ["DropProjection"], teacher: (0.999, false))
    ],
    // FixMatch: weak and strong views of μ = 7 unlabelled rows a labelled one.
    "fixmatch": [
      StagePlan(views: [.standard, .standard, .strong], teacher: (0.999, true), unlabelled: 7)
    ],
    "debiaspl": [
      StagePlan(views: [.standard, .standard, .strong], teacher: (0.999, true), unlabelled: 7)
    ],
    "mean-teacher": [
      StagePlan(views: [.standard, .standard, .standard], teacher: (0.999, true), unlabelled: 1)
    ],
    // Of 90, 9 and 1 the first is the commonest.
    "ssim-autoencoder": [
      StagePlan(draws: [.only(0)], chooses: .last, closing: ["CalibratedErrors"])
    ],
    "logistic": StagePlan.fitted("FittedHead"),
    "easy-ensemble": StagePlan.fitted("FittedHead"),
    "rusboost": StagePlan.fitted("FittedHead"),
    "smote-tomek": StagePlan.fitted("FittedHead"),
    "knn": StagePlan.fitted("NeighbourMemory"),
    "class-mean": StagePlan.fitted("NearestClassMean"),
    "proportional-odds": StagePlan.fitted("FittedGrades"),
    "presto": StagePlan.fitted("FittedGrades"),
  ]
}
