/// What a setting may be, as its guide promises, with values at and beyond both ends and what is said of those.
enum SettingRange: Sendable {
  /// Any finite number.
  case any
  /// Above 0.
  case positive
  /// At least 0.
  case nonNegative
  /// At most 0.
  case nonPositive
  /// 0 to 1.
  case unit
  /// 0 to below 1.
  case unitBelow
  /// Above 0 and below 1.
  case proper
  /// Above 0 and up to 1.
  case share
  /// Above 1.
  case aboveOne
  /// At least 1.
  case atLeastOne
  /// 0 to below ½.
  case belowHalf
  /// Whole, from 1 on.
  case count
  /// Whole, at least 1, in these words.
  case countAtLeastOne
  /// Whole, from 0 on.
  case countOrNone
  /// Whole, between two ends that belong to it.
  case within(Int, Int)
  /// A number that is whole, from one to another.
  case whole(Int, Int)
  /// A number of folds.
  case folds
  /// One of a list; tested by itself.
  case special

  /// Texts that are taken.
  var taken: [String] {
    switch self {
    case .any: ["-1e300", "0", "1e300"]
    case .positive: ["1e-300", "1", "1e300"]
    case .nonNegative: ["0", "-0", "1e-300", "1e300"]
    case .nonPositive: ["0", "-1e-300", "-1e300"]
    case .unit: ["0", "0.5", "1"]
    case .unitBelow: ["0", "0.5", "0.999999999999"]
    case .proper: ["1e-12", "0.5", "0.999999999999"]
    case .share: ["1e-300", "1"]
    case .aboveOne: ["1.000000001", "1e300"]
    case .atLeastOne: ["1", "1e300"]
    case .belowHalf: ["0", "0.4999999999"]
    case .count, .countAtLeastOne: ["1", "2", "1e6"]
    case .countOrNone: ["0", "1", "1e6"]
    case .within(let low, let high): ["\(low)", "\(high)"]
    case .whole(let low, let high): ["\(low)", "\(high)", "\(low).0"]
    case .folds: ["2", "100", "5e0"]
    case .special: []
    }
  }

  /// Texts that are numbers and not taken, each as it is shown.
  var refused: [(text: String, shown: String)] {
    switch self {
    case .any, .special: []
    case .positive: [("0", "0.0"), ("-1e-300", "-1e-300"), ("-5", "-5.0")]
    case .nonNegative: [("-1e-300", "-1e-300"), ("-5", "-5.0")]
    case .nonPositive: [("1e-300", "1e-300"), ("5", "5.0")]
    case .unit: [("-0.25", "-0.25"), ("1.25", "1.25")]
    case .unitBelow: [("-0.25", "-0.25"), ("1", "1.0"), ("7", "7.0")]
    case .proper: [("0", "0.0"), ("1", "1.0"), ("-0.25", "-0.25"), ("7", "7.0")]
    case .share: [("0", "0.0"), ("1.25", "1.25"), ("-1", "-1.0")]
    case .aboveOne: [("1", "1.0"), ("0", "0.0"), ("-3", "-3.0")]
    case .atLeastOne: [("0.75", "0.75"), ("-1", "-1.0")]
    case .belowHalf: [("0.5", "0.5"), ("-0.25", "-0.25")]
    case .count, .countAtLeastOne: [("0", "0.0"), ("-1", "-1.0")]
    case .countOrNone: [("-1", "-1.0")]
    case .within(let low, let high):
      [("\(low - 1)", "\(low - 1).0"), ("\(high + 1)", "\(high + 1).0")]
    case .whole(let low, let high):
      [("\(low - 1)", "\(low - 1).0"), ("\(high + 1)", "\(high + 1).0"), ("\(low).5", "\(low).5")]
    case .folds: [("1", "1.0"), ("101", "101.0"), ("2.5", "2.5")]
    }
  }

  /// Whether fractions are no value at all.
  var isWhole: Bool {
    switch self {
    case .count, .countAtLeastOne, .countOrNone, .within: true
    default: false
    }
  }

  /// The range in words that continue "must be".
  var words: String {
    switch self {
    case .any, .special: ""
    case .positive, .count: "above 0"
    case .nonNegative, .countOrNone: "at least 0"
    case .nonPositive: "at most 0"
    case .unit: "at least 0 and at most 1"
    case .unitBelow: "at least 0 and below 1"
    case .proper: "above 0 and below 1"
    case .share: "above 0 and up to 1"
    case .aboveOne: "above 1"
    case .atLeastOne, .countAtLeastOne: "at least 1"
    case .belowHalf: "at least 0 and below 0.5"
    case .within(let low, let high): "from \(low) to \(high)"
    case .whole(let low, let high): "a whole number from \(low) to \(high)"
    case .folds: "a whole number from 2 to 100"
    }
  }

  typealias Table = [String: [String: SettingRange]]

  /// Of every number of every method.
  static let all = [sampling, losses, mixings, stages, contrasts, others].reduce(into: Table()) {
    all, part in all.merge(part) { first, _ in first }
  }

  private static let sampling: Table = [
    "effective-number-sampling": ["beta": .unitBelow],
    "repeat-factor": ["threshold": .share],
    "class-aware": ["each": .countAtLeastOne],
    "drs": ["start": .proper],
    "two-phase": ["share": .proper, "rate": .positive],
    "easy-ensemble": [
      "members": .whole(1, 1000), "least": .whole(1, 1_000_000), "c": .nonNegative,
    ],
    "rusboost": [
      "members": .whole(1, 1000), "least": .whole(1, 1_000_000), "c": .nonNegative,
      "rate": .positive,
    ],
    "smote-tomek": ["neighbours": .whole(1, 1000), "c": .nonNegative],
    "smote-features": [
      "neighbours": .count, "bank": .within(2, 1_000_000), "share": .proper, "rate": .positive,
    ],
  ]

  private static let losses: Table = [
    "erm": ["smoothing": .unitBelow],
    "balanced-softmax": ["tau": .nonNegative],
    "logit-adjustment": ["tau": .nonNegative],
    "logit-adjustment-posthoc": ["tau": .nonNegative],
    "vs": ["gamma": .nonNegative, "tau": .nonNegative],
    "cdt": ["gamma": .nonNegative],
    "lade": ["weight": .nonNegative, "lambda": .nonNegative],
    "seesaw": ["p": .nonNegative, "q": .nonNegative],
    "equalization": ["lambda": .unit, "gamma": .unit],
    "ldam": ["margin": .nonNegative, "scale": .positive],
    "ldam-drw": [
      "margin": .nonNegative, "scale": .positive, "beta": .unitBelow, "start": .unit,
    ],
    "cb-loss": ["beta": .unitBelow],
    "drw": ["beta": .unitBelow, "start": .unit],
    "weighted-ce": ["power": .nonNegative],
    "focal": ["gamma": .nonNegative],
    "cb-focal": ["gamma": .nonNegative, "beta": .unitBelow],
    "label-aware-smoothing": ["head": .unitBelow, "tail": .unitBelow],
    "ib": ["alpha": .positive, "start": .proper, "rate": .positive],
    "gcl": [
      "deviation": .nonNegative, "margin": .nonNegative, "scale": .positive, "beta": .unitBelow,
      "share": .proper, "rate": .positive,
    ],
    "balms": [
      "share": .proper, "rate": .positive, "step": .nonNegative, "meta": .nonNegative,
    ],
  ]

  private static let mixings: Table = [
    "mixup": ["alpha": .positive],
    "balanced-mixup": ["alpha": .positive],
    "cutmix": ["alpha": .positive, "probability": .unit],
    "remix": [
      "alpha": .positive, "kappa": .aboveOne, "tau": .unit, "beta": .unitBelow, "start": .unit,
    ],
    "mamix": [
      "alpha": .positive, "exponent": .nonPositive, "beta": .unitBelow, "start": .unit,
    ],
    "unimix": ["alpha": .positive, "tau": .any],
    "cmo": [
      "alpha": .positive, "probability": .unit, "power": .nonNegative, "margin": .belowHalf,
    ],
    "manifold-mixup": ["alpha": .positive, "deepest": .countOrNone],
    "confusion-mixup": [
      "alpha": .positive, "least": .unit, "decay": .unitBelow, "warmup": .countOrNone,
    ],
    "enmix": ["alpha": .positive],
    "adpmix": ["alpha": .positive, "kappa": .nonNegative],
    "glmc": [
      "alpha": .positive, "consistency": .nonNegative, "power": .nonNegative,
      "sampling": .nonNegative, "dimensions": .within(1, 65_536),
    ],
  ]

  private static let stages: Table = [
    "crt": ["share": .proper, "rate": .positive],
    "lws": ["share": .proper, "rate": .positive],
    "tau-norm": ["tau": .unit],
    "ncm": ["scale": .positive],
    "mislas": [
      "alpha": .positive, "head": .unitBelow, "tail": .unitBelow, "share": .proper,
      "rate": .positive,
    ],
    "disalign": ["rho": .nonNegative, "share": .proper, "rate": .positive],
    "weight-balancing": [
      "decay": .nonNegative, "last": .nonNegative, "bound": .nonNegative, "beta": .unitBelow,
      "share": .proper, "rate": .positive,
    ],
    "sade": ["lambda": .nonNegative, "scale": .positive],
    "ride": [
      "experts": .within(1, 64), "diversity": .nonNegative, "factor": .unitBelow,
      "margin": .nonNegative, "scale": .positive, "beta": .unitBelow, "start": .unit,
      "router": .unitBelow, "caution": .positive,
    ],
    "tlc": [
      "experts": .within(1, 64), "diversity": .nonNegative, "factor": .unitBelow,
      "margin": .nonNegative, "scale": .positive, "beta": .unitBelow, "start": .unit,
      "divergence": .nonNegative, "eta": .positive, "threshold": .unitBelow,
    ],
    "pgd": ["radius": .nonNegative, "step": .nonNegative, "steps": .count],
    "srat": [
      "radius": .nonNegative, "step": .nonNegative, "steps": .count, "beta": .unitBelow,
      "start": .unit, "lambda": .nonNegative, "temperature": .positive,
    ],
    "fixmatch": [
      "threshold": .unit, "lambda": .nonNegative, "ratio": .count, "decay": .unitBelow,
    ],
    "debiaspl": [
      "threshold": .unit, "lambda": .nonNegative, "ratio": .count, "decay": .unitBelow,
      "debias": .nonNegative, "memory": .unitBelow,
    ],
    "mean-teacher": [
      "weight": .nonNegative, "ramp": .unit, "ratio": .count, "decay": .unitBelow,
    ],
  ]

  private static let queued: [String: SettingRange] = [
    "temperature": .positive, "dimensions": .within(1, 65_536), "queue": .count,
    "momentum": .unitBelow,
  ]

  private static let even = queued.merging(["positives": .count, "share": .proper]) { $1 }

  private static let contrasts: Table = [
    "supcon": queued.merging(["queue": .countOrNone, "share": .proper]) { $1 },
    "sbcl": [
      "temperature": .positive, "beta": .nonNegative, "smallest": .count, "warmup": .countOrNone,
      "period": .count, "dimensions": .within(1, 65_536), "share": .proper,
    ],
    "kcl": even,
    "tsc": even.merging(["weight": .nonNegative]) { $1 },
    "paco": queued.merging(["alpha": .nonNegative]) { $1 },
    "bcl": ["beta": .nonNegative, "temperature": .positive, "dimensions": .within(1, 65_536)],
    "proco": ["alpha": .nonNegative, "temperature": .positive, "dimensions": .within(2, 65_536)],
  ]

  private static let others: Table = [
    "logistic": ["c": .nonNegative, "adjust": .nonNegative, "folds": .folds],
    "knn": ["k": .whole(1, 1_000_000), "temperature": .positive],
    "class-mean": ["scale": .positive],
    "proportional-odds": ["c": .nonNegative, "folds": .folds],
    "presto": ["lambda": .nonNegative, "folds": .folds],
    "lift": [
      "rank": .whole(0, 4096), "scale": .positive, "tau": .nonNegative, "expand": .nonNegative,
    ],
    "sigmoid-bce": ["alpha": .nonNegative],
    "asymmetric": [
      "positive": .nonNegative, "negative": .special, "margin": .unitBelow, "alpha": .nonNegative,
    ],
    "corn": ["alpha": .nonNegative],
    "coral": ["alpha": .nonNegative],
    "squared-error": ["rate": .positive, "alpha": .nonNegative],
    "density-weighted": [
      "bins": .whole(1, 10_000), "power": .nonNegative, "width": .nonNegative,
    ],
    "balanced-mse": ["components": .whole(1, 1000), "noise": .positive],
    "distribution-balanced": [
      "alpha": .nonNegative, "beta": .positive, "gamma": .nonNegative, "kappa": .nonNegative,
      "lambda": .atLeastOne, "mu": .nonNegative,
    ],
    "haco": [
      "absent": .nonNegative, "beta": .unitBelow, "bins": .within(0, 1000), "blend": .unit,
      "map": .nonNegative,
    ],
    "ssim-autoencoder": ["normal": .special, "side": .special],
  ]
}
