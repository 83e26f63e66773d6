import Testing

/// Settings at which one method is another, as its guide says.
struct SettingLimit: Sendable, CustomTestStringConvertible {
  let method: String
  let settings: [String: String]
  let other: String
  let otherSettings: [String: String]
  var testDescription: String { "\(method) as \(other)" }

  private init(
    _ method: String, _ settings: [String: String], is other: String,
    _ otherSettings: [String: String] = [:]
  ) {
    (self.method, self.settings) = (method, settings)
    (self.other, self.otherSettings) = (other, otherSettings)
  }

  static let all = ofPlain + ofOthers

  private static let ofPlain = [
    Self("focal", ["gamma": "0"], is: "erm"),
    Self("cb-focal", ["gamma": "0", "beta": "0", "sigmoid": "false"], is: "erm"),
    Self("cdt", ["gamma": "0"], is: "erm"),
    Self("vs", ["gamma": "0", "tau": "0"], is: "erm"),
    Self("weighted-ce", ["power": "0"], is: "erm"),
    Self("cb-loss", ["beta": "0"], is: "erm"),
    Self("drw", ["start": "1"], is: "erm"),
    Self("logit-adjustment", ["tau": "0"], is: "erm"),
    Self("balanced-softmax", ["tau": "0"], is: "erm"),
    Self("label-aware-smoothing", ["head": "0", "tail": "0"], is: "erm"),
    Self("equalization", ["lambda": "0"], is: "erm"),
    Self("equalization", ["gamma": "0", "lambda": "0.5"], is: "erm"),
    Self("ldam", ["margin": "0"], is: "erm"),
    Self("seesaw", ["p": "0", "q": "0"], is: "erm"),
    Self("pgd", ["radius": "0"], is: "erm"),
    Self("ride", ["experts": "1", "diversity": "0", "margin": "0", "start": "1"], is: "erm"),
    Self("cmo", ["probability": "0"], is: "erm"),
    Self("cutmix", ["probability": "0"], is: "erm"),
    Self("effective-number-sampling", ["beta": "0"], is: "erm"),
    Self("repeat-factor", ["threshold": "0.000001"], is: "erm"),
  ]

  private static let ofOthers = [
    Self("cb-focal", ["beta": "0", "gamma": "2", "sigmoid": "false"], is: "focal"),
    Self("vs", ["gamma": "0"], is: "logit-adjustment"),
    Self("lade", ["weight": "0"], is: "balanced-softmax"),
    Self("bcl", ["beta": "0"], is: "balanced-softmax"),
    Self("proco", ["alpha": "0"], is: "balanced-softmax"),
    Self("ldam-drw", ["start": "1"], is: "ldam"),
    Self("srat", ["lambda": "0", "start": "1"], is: "pgd"),
    Self("asymmetric", ["positive": "0", "negative": "0", "margin": "0"], is: "sigmoid-bce"),
    Self("haco", ["absent": "0", "beta": "0", "map": "0"], is: "sigmoid-bce"),
    Self("debiaspl", ["debias": "0"], is: "fixmatch"),
    Self("mamix", ["exponent": "0", "start": "1"], is: "mixup", ["alpha": "1"]),
    Self("remix", ["kappa": "1000000000000"], is: "mixup", ["alpha": "1"]),
    Self("adpmix", ["kappa": "0"], is: "balanced-mixup", ["alpha": "1"]),
  ]
}
