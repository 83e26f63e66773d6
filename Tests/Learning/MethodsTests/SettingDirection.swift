import Testing

/// A setting, some values of it in order, and what grows or falls along them.
struct SettingDirection: Sendable, CustomTestStringConvertible {
  /// What is looked at.
  enum Measure: Sendable {
    /// The share of the rarest class that the network answers for when the run is over.
    case answered
    /// The rarest class's part of the label mass of a run.
    case drawn
    /// The loss of a class's rows in the first stage, of all where it is `nil`; logits say the right class, or another.
    case loss(Int?, isRight: Bool)
    /// The loss of a class's rows in the last stage.
    case lastLoss(Int?)
  }

  let method, setting: String
  let values: [String]
  let measure: Measure
  var rises = true
  var context: [String: String] = [:]
  var testDescription: String { "\(method).\(setting)" }

  private init(
    _ method: String, _ setting: String, _ values: [String], _ measure: Measure, rises: Bool = true,
    with context: [String: String] = [:]
  ) {
    (self.method, self.setting, self.values) = (method, setting, values)
    (self.measure, self.rises, self.context) = (measure, rises, context)
  }

  static let all = answered + drawn + shares + losses

  private static let (half, numbers) = (["0", "0.5", "1"], ["0", "0.9", "0.9999"])

  private static let answered: [Self] =
    [
      "balanced-softmax", "logit-adjustment", "logit-adjustment-posthoc", "vs", "lift",
    ].map { Self($0, "tau", half, .answered) }
    + ["cb-loss", "drw", "ldam-drw", "mamix", "ride", "tlc", "srat", "weight-balancing"].map {
      Self($0, "beta", numbers, .answered)
    } + [
      Self("cb-focal", "beta", numbers, .answered, with: ["sigmoid": "false"]),
      Self("remix", "beta", numbers, .answered, with: ["start": "0.8"]),
      Self("weighted-ce", "power", half, .answered),
      Self("disalign", "rho", ["0", "0.6", "1.2"], .answered),
    ]

  private static let drawn: [Self] =
    ["balanced-mixup", "sigmoid-bce", "asymmetric", "corn", "coral", "squared-error"].map {
      Self($0, "alpha", ["0.1", "1", "9"], .drawn)
    } + [
      Self("effective-number-sampling", "beta", numbers, .drawn),
      Self("gcl", "beta", numbers, .drawn),
      Self("repeat-factor", "threshold", ["0.01", "0.1", "1"], .drawn),
      Self("adpmix", "kappa", half, .drawn),
      Self("haco", "bins", ["0", "5", "64"], .drawn),
      Self("remix", "kappa", ["2", "20", "1000"], .drawn, rises: false),
      Self("remix", "tau", ["0.1", "0.5", "0.9"], .drawn),
      Self("cmo", "probability", half, .drawn), Self("cmo", "power", half, .drawn),
      Self("cmo", "margin", ["0", "0.1", "0.4"], .drawn, rises: false),
      Self("unimix", "tau", ["-2", "-1", "-0.1"], .drawn, rises: false),
      Self("glmc", "sampling", ["0", "1", "2"], .drawn),
      Self("drs", "start", ["0.2", "0.5", "0.8"], .drawn, rises: false),
      Self("ride", "router", ["0.1", "0.3", "0.5"], .drawn),
    ]

  private static let shares: [Self] =
    ["crt", "lws", "mislas", "smote-features", "gcl", "supcon", "sbcl", "kcl", "tsc"].map {
      Self($0, "share", ["0.1", "0.5", "0.9"], .drawn)
    } + [Self("two-phase", "share", ["0.1", "0.5", "0.9"], .drawn, rises: false)]

  private static let losses: [Self] = [
    Self("focal", "gamma", ["0", "1", "2"], .loss(nil, isRight: true), rises: false),
    Self("cb-focal", "gamma", ["0", "1", "2"], .loss(nil, isRight: true), rises: false),
    Self("erm", "smoothing", ["0", "0.1", "0.3"], .loss(nil, isRight: true)),
    Self("label-aware-smoothing", "head", ["0", "0.2", "0.4"], .loss(0, isRight: true)),
    Self("label-aware-smoothing", "tail", ["0", "0.1", "0.3"], .loss(2, isRight: true)),
    Self("mislas", "head", ["0", "0.2", "0.4"], .lastLoss(0)),
    Self("mislas", "tail", ["0", "0.1", "0.3"], .lastLoss(2)),
    Self("ldam", "margin", half, .loss(2, isRight: true), with: ["scale": "1"]),
    Self("ldam-drw", "margin", half, .loss(2, isRight: true), with: ["scale": "1"]),
    Self("ride", "margin", half, .loss(2, isRight: true), with: ["scale": "1"]),
    Self("tlc", "divergence", ["0", "0.1", "1"], .loss(nil, isRight: true), with: ["scale": "1"]),
    Self("vs", "gamma", ["0", "0.2", "0.4"], .loss(2, isRight: true)),
    Self("cdt", "gamma", ["0", "0.2", "0.4"], .loss(2, isRight: true)),
    Self(
      "equalization", "gamma", ["0", "1"], .loss(0, isRight: false), rises: false,
      with: ["lambda": "0.05"]),
    Self(
      "equalization", "lambda", ["0", "0.05", "0.5"], .loss(0, isRight: true), rises: false,
      with: ["gamma": "1"]),
    Self("seesaw", "p", ["0", "0.4", "0.8"], .loss(0, isRight: true), rises: false),
    Self("seesaw", "q", ["0", "1", "2"], .loss(2, isRight: false)),
    // Of draws within ±1 all are as large as they may be.
    Self("gcl", "deviation", ["0", "1000000000"], .loss(2, isRight: true), with: ["scale": "1"]),
    Self("gcl", "margin", half, .loss(2, isRight: true), with: ["scale": "1", "deviation": "0"]),
    Self("ib", "alpha", ["10", "100", "1000"], .lastLoss(nil)),
    Self("sade", "lambda", ["0", "1", "2"], .loss(2, isRight: true)),
    Self("lade", "lambda", ["0", "0.1", "1"], .loss(nil, isRight: true)),
    Self("bcl", "beta", ["0", "0.35", "1"], .loss(nil, isRight: true)),
    Self("proco", "alpha", half, .loss(nil, isRight: true)),
    Self("fixmatch", "lambda", half, .loss(nil, isRight: true)),
    Self("fixmatch", "threshold", ["0.5", "0.99"], .loss(nil, isRight: true), rises: false),
    Self("debiaspl", "lambda", half, .loss(nil, isRight: true)),
    Self("asymmetric", "positive", ["0", "1", "2"], .loss(nil, isRight: true), rises: false),
    Self(
      "asymmetric", "negative", ["0", "2", "4"], .loss(nil, isRight: true), rises: false,
      with: ["margin": "0"]),
    Self("asymmetric", "margin", ["0", "0.05", "0.2"], .loss(nil, isRight: false), rises: false),
    Self("haco", "absent", ["0", "0.5", "1"], .loss(nil, isRight: false)),
    Self("haco", "map", ["0", "0.1", "1"], .loss(nil, isRight: true)),
    Self("srat", "lambda", ["0", "1", "2"], .loss(nil, isRight: true)),
    Self(
      "pgd", "radius", ["0.01", "0.1", "0.5"], .loss(nil, isRight: true), with: ["step": "0.1"]),
    Self(
      "pgd", "steps", ["1", "3", "10"], .loss(nil, isRight: true),
      with: ["radius": "0.5", "step": "0.05"]),
    Self(
      "pgd", "step", ["0.01", "0.05", "0.2"], .loss(nil, isRight: true), with: ["radius": "0.5"]),
  ]
}
