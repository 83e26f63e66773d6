import Methods
import Plans
import Sampling
import TestSupport
import Testing

@Suite struct BalancedMixupTrainingTests {
  static let eyePACS = [23229, 2198, 4763, 786, 637]
  static let hyperKvasir = [
    41, 53, 646, 1148, 1009, 1002, 989, 403, 260, 6, 9, 131, 1028, 999, 391, 764, 35, 201, 11, 443,
    28, 133, 932,
  ]

  static func mass(_ alpha: Double, _ counts: [Int]) throws -> [Double] {
    var method = BalancedMixupTraining()
    method.alpha = alpha
    return method.expectedLabelMass(for: try ClassCounts(counts))
  }

  /// The reference table: label mass of the five grades of EyePACS, four decimals.
  @Test(arguments: [
    (0.1, [0.6862, 0.0814, 0.1552, 0.0408, 0.0365]),
    (0.2, [0.6457, 0.0913, 0.1589, 0.0541, 0.0501]),
    (0.3, [0.6114, 0.0996, 0.1621, 0.0653, 0.0617]),
  ])
  func labelMassTable(alpha: Double, expected: [Double]) throws {
    let mass = try Self.mass(alpha, Self.eyePACS)
    #expect(difference(mass, expected, relative: 0, absolute: 5.1e-5) == nil)
  }

  /// The same of the rarest class of Hyper-Kvasir, 6 images of 10,662.
  @Test(arguments: [(0.1, 0.0045), (0.2, 0.0077), (0.3, 0.0105)])
  func rarestClassTable(alpha: Double, expected: Double) throws {
    let mass = try Self.mass(alpha, Self.hyperKvasir)
    #expect(close(mass[9], expected, relative: 0, absolute: 5.1e-5))
  }

  @Test func rowsToCompareWith() throws {
    let classes = try ClassCounts(Self.eyePACS)
    #expect(
      difference(
        ERM().expectedLabelMass(for: classes), [0.7348, 0.0695, 0.1507, 0.0249, 0.0201],
        relative: 0, absolute: 5.1e-5) == nil)
    #expect(
      difference(
        SquareRoot().expectedLabelMass(for: classes), [0.4739, 0.1458, 0.2146, 0.0872, 0.0785],
        relative: 0, absolute: 5.1e-5) == nil)
  }

  /// α → 0 is plain training, α → ∞ class-balanced sampling.
  @Test func limits() throws {
    let classes = try ClassCounts(Self.eyePACS)
    let (small, large) = (try Self.mass(1e-9, Self.eyePACS), try Self.mass(1e9, Self.eyePACS))
    #expect(difference(small, ERM().expectedLabelMass(for: classes), absolute: 1e-8) == nil)
    #expect(
      difference(large, ClassBalanced().expectedLabelMass(for: classes), absolute: 1e-8) == nil)
  }

  /// Small α draws batch after batch that are those of plain training.
  @Test func smallAlphaTrainsAsERM() throws {
    var method = BalancedMixupTraining()
    method.alpha = 1e-5
    let mixed = try TinyRun(method, counts: [90, 9, 1], seed: 6).steps(50)
    let plain = try TinyRun(ERM(), counts: [90, 9, 1], seed: 6).steps(50)
    #expect(difference(mixed.losses, plain.losses, relative: 1e-5, absolute: 1e-6) == nil)
  }

  @Test func alphaOutOfRange() {
    for (text, value) in [("0", "0.0"), ("-0.2", "-0.2")] {
      let error = #expect(throws: OverrideError.self) {
        try BalancedMixupTraining.with(["alpha": text])
      }
      #expect(error?.description == "balanced-mixup: alpha must be above 0, got \(value)")
    }
  }

  /// The sampling alone has the label mass of the method, the blending alone that of plain training.
  @Test func partsHaveTheLabelMassOfTheirSampling() throws {
    let classes = try ClassCounts(Self.eyePACS)
    let whole = BalancedMixupTraining().expectedLabelMass(for: classes)
    for blend in ["batch", "row", "never"] {
      let balanced = try BalancedMixupTraining.with(["blend": blend])
      #expect(difference(balanced.expectedLabelMass(for: classes), whole, absolute: 1e-12) == nil)
      let instance = try BalancedMixupTraining.with(["blend": blend, "partners": "instance"])
      #expect(
        difference(
          instance.expectedLabelMass(for: classes), ERM().expectedLabelMass(for: classes),
          absolute: 1e-12) == nil)
    }
  }

  /// Neither part trains as the whole, and a batch of one row has one λ however it is drawn.
  @Test func partsTrainDifferently() throws {
    func losses(_ settings: [String: String]) throws -> [Float] {
      try TinyRun(BalancedMixupTraining.with(settings), counts: [90, 9, 1], seed: 6).steps(5).losses
    }
    let all = [
      try losses([:]), try losses(["blend": "row"]), try losses(["blend": "never"]),
      try losses(["partners": "instance"]),
    ]
    for (place, one) in all.enumerated() {
      for other in all[(place + 1)...] { #expect(one != other) }
    }
    #expect(try losses(["blend": "batch", "partners": "balanced"]) == all[0])
  }

  @Test(arguments: [
    ("blend", "rows", "balanced-mixup: blend must be batch or row or never, got 'rows'"),
    ("partners", "rare", "balanced-mixup: partners must be balanced or instance, got 'rare'"),
  ])
  func unknownWordsAreRefused(name: String, word: String, expected: String) {
    let error = #expect(throws: OverrideError.self) {
      try BalancedMixupTraining.with([name: word])
    }
    #expect(error?.description == expected)
  }
}
