import Foundation
import Gauss

/// One order that is known of LT-Gauss, or is said of methods in general: which has the higher recall, of what, by how much.
struct GaussOrder {
  /// Whose recall is said to be higher.
  var better: String
  /// Than whose.
  var worse: String
  /// Of which classes.
  var part = Part.tail
  /// How many points more are asked for; below 0 asks that no more than so many are lost.
  var points = 0.0
  /// Whether the proofs fail where it does not hold; `false` of what was asked for and was found not to hold.
  var isClaimed = true

  enum Part: String {
    case all, tail
    /// No recall: the mean area under the ROC curves of the classes, which scores have in every part.
    case area = "AUC"

    func value(_ score: GaussScore) -> Double { self == .tail ? score.tail : score.all }
  }

  init(
    _ better: String, over worse: String, _ part: Part = .tail, by points: Double = 0,
    isClaimed: Bool = true
  ) {
    (self.better, self.worse, self.part) = (better, worse, part)
    (self.points, self.isClaimed) = (points, isClaimed)
  }

  /// The gain of the same seeds: its mean, and half of its 95 % interval by Student's t.
  func gain(_ scores: GaussScores) -> (mean: Double, half: Double)? {
    guard let one = scores[better], let other = scores[worse] else { return nil }
    let gains = zip(one, other).map { part.value($0) - part.value($1) }
    let mean = gains.reduce(0, +) / Double(gains.count)
    let squares = gains.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    let error = (squares / Double(gains.count - 1) / Double(gains.count)).squareRoot()
    // 19 degrees of freedom.
    return (mean, 2.093 * error)
  }

  /// Those of the table, most by how many points they are asked to hold.
  static let known: [GaussOrder] =
    [
      "class-balanced", "square-root", "progressive", "balanced-softmax", "ldam-drw", "seesaw",
      "crt", "lws",
      "tau-norm", "ncm", "weighted-ce", "cb-loss", "drw", "drs", "over-sampling", "cdt", "lade",
      "equalization",
      "remix", "disalign", "unimix", "smote-features",
    ].map { GaussOrder($0, over: "erm") }
    + ["vs", "cdt", "class-balanced", "seesaw", "remix", "mixup-one-ncm"].map {
      GaussOrder($0, over: "erm", .all, by: 3)
    } + [
      GaussOrder("class-balanced/areas", over: "erm/areas", .area, by: 0.5),
      GaussOrder("erm-30", over: "pgd-30", by: 3),
      GaussOrder("logit-adjustment-posthoc", over: "erm", .all, by: 3),
      GaussOrder("logit-adjustment-posthoc", over: "erm", by: 3),
      GaussOrder("balanced-softmax", over: "erm", .all, by: 3),
      GaussOrder("tau-norm", over: "erm", .all, by: 3), GaussOrder("ncm", over: "erm", .all, by: 3),
      GaussOrder("vs", over: "balanced-softmax", by: 3),
      GaussOrder("class-balanced", over: "square-root"),
      GaussOrder("balanced-softmax", over: "ldam-drw"),
      GaussOrder("balanced-softmax", over: "class-balanced"),
      GaussOrder("balanced-softmax", over: "seesaw"),
      GaussOrder("ncm", over: "crt"), GaussOrder("tau-norm", over: "crt"),
      GaussOrder("tau-norm", over: "lws"),
      GaussOrder("balanced-mixup", over: "mixup"), GaussOrder("ldam-drw", over: "ldam"),
      GaussOrder("sade", over: "erm", .all), GaussOrder("sade/2", over: "sade/1", by: 3),
      GaussOrder("sade/3", over: "sade/2", by: 3), GaussOrder("sade/3", over: "sade/1", by: 20),
      GaussOrder("mixup-one-crt", over: "mixup-one", .all, by: 4),
      GaussOrder("mixup-one-lws", over: "mixup-one", .all, by: 4),
      GaussOrder("mixup-one-posthoc", over: "logit-adjustment-posthoc", .all, by: 3),
      GaussOrder("erm", over: "mixup-one", isClaimed: false),
      GaussOrder("remix", over: "mixup-one"),
      GaussOrder("debiaspl", over: "fixmatch", by: 3),
      GaussOrder("bcl", over: "balanced-softmax", .all, by: -1),
      GaussOrder("proco", over: "balanced-softmax", .all, by: -1),
      GaussOrder("paco", over: "balanced-softmax", .all, by: -1),
      GaussOrder("ride", over: "erm", .all),
      GaussOrder("tlc", over: "erm", .all),
    ]
}
