/// What was measured of which method to take, and where it stands: `inspect` recommends what these rows say, and names
/// them. A new result is a new row in ``table``; the first that fits the data is taken.
package struct MethodEvidence: Sendable {
  /// Where the training part must lie for the row to speak of it.
  struct Regime: Sendable {
    /// What the examples are.
    var input: InputKind
    /// Whether training began from pretrained weights.
    var isPretrained = false
    /// Largest class beside the smallest, from here on.
    var leastRatio = 10.0
    /// Examples of the smallest class, at least.
    var leastSmallest = 1
    /// Examples of the smallest class, at most; `nil` without an end.
    var mostSmallest: Int?

    func holds(_ input: InputKind, isPretrained: Bool, ratio: Double, smallest: Int) -> Bool {
      input == self.input && isPretrained == self.isPretrained && ratio >= leastRatio
        && smallest >= leastSmallest && mostSmallest.map { smallest <= $0 } ?? true
    }
  }

  let regime: Regime
  /// The method that did best there.
  package let method: String
  /// What it did better by.
  let metric: String
  /// The method's value, as the table has it.
  package let value: String
  /// That of `erm`.
  package let plain: String
  /// The file below `Results/`.
  package let file: String
  /// The table in it, as its heading has it; empty where the file has one.
  package let section: String
  /// What was trained on, in a few words.
  let data: String
  /// What it cost, or won besides.
  let besides: String

  /// `class-balanced` had macro-F1 0.625 against 0.568 of `erm` …
  var sentence: String {
    "`\(method)` had \(metric) \(value) against \(plain) of `erm` (\(data), Results/\(file)); \(besides)"
  }

  /// The row that speaks of the data; `nil` where nothing like them was measured.
  static func found(
    _ input: InputKind, isPretrained: Bool, ratio: Double, smallest: Int
  ) -> MethodEvidence? {
    table.first {
      $0.regime.holds(input, isPretrained: isPretrained, ratio: ratio, smallest: smallest)
    }
  }

  /// The rows, what is narrower first.
  package static let table = [
    MethodEvidence(
      regime: Regime(input: .images, mostSmallest: 19), method: "class-balanced",
      metric: "macro-F1", value: "0.485", plain: "0.371", file: "methods.md",
      section: "chula-rbc12-lt", data: "cells, 316:1, smallest class 8 images, 3 seeds",
      besides: "it alone found the rarest classes, at the same MCC"),
    MethodEvidence(
      regime: Regime(input: .images, leastRatio: 60, leastSmallest: 20), method: "class-balanced",
      metric: "macro-F1", value: "0.883", plain: "0.784", file: "methods.md",
      section: "fashion-mnist-lt", data: "clothes, 100:1, 3 seeds",
      besides: "its MCC was higher too, 0.872 against 0.800"),
    MethodEvidence(
      regime: Regime(input: .images, leastSmallest: 20), method: "class-balanced",
      metric: "macro-F1", value: "0.625", plain: "0.568", file: "methods.md",
      section: "chula-rbc12", data: "cells, 34:1, 3 seeds",
      besides:
        "its MCC was lower, 0.667 against 0.721, so try `balanced-mixup` (0.734) where that must not fall"
    ),
    MethodEvidence(
      regime: Regime(input: .images, isPretrained: true, leastRatio: 100, mostSmallest: 19),
      method: "square-root", metric: "macro-F1", value: "0.653", plain: "0.570",
      file: "heart.md", section: "Nine methods",
      data: "cells, 300:1, smallest class 6 images, 3 seeds",
      besides:
        "its MCC was higher too, 0.736 against 0.704; `balanced-mixup` (0.608) had a fifth of the calibration error"
    ),
    MethodEvidence(
      regime: Regime(input: .features, leastRatio: 60), method: "smote-tomek", metric: "macro-F1",
      value: "0.524", plain: "0.473", file: "compare/chula-rbc12-features.md", section: "",
      data: "frozen features of cells, 300:1, smallest class 6 rows, 5 seeds",
      besides: "its MCC was higher too, 0.606 against 0.573"),
  ]
}
