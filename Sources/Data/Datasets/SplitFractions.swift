/// How large each split shall be, as shares that sum to 1.
public struct SplitFractions: Codable, Sendable, Equatable {
  /// Share of training, above 0.
  public let train: Double
  /// Share of validation, at least 0.
  public let val: Double
  /// Share of the test, at least 0.
  public let test: Double

  /// 70 % train, 15 % val, 15 % test.
  public static let standard = SplitFractions(unchecked: 0.7, 0.15, 0.15)

  private init(unchecked train: Double, _ val: Double, _ test: Double) {
    self.train = train
    self.val = val
    self.test = test
  }

  /// Three shares.
  ///
  /// - Throws: ``DatasetError/badParameter(name:value:expected:)`` unless they sum to 1 (to 1e-6),
  ///   none is negative and train is above 0.
  public init(train: Double, val: Double, test: Double) throws(DatasetError) {
    self.init(unchecked: train, val, test)
    guard train > 0, val >= 0, test >= 0, abs(train + val + test - 1) < 1e-6 else {
      throw .badParameter(
        name: "split fractions", value: "\(train)/\(val)/\(test)",
        expected: "train/val/test shares that sum to 1, train above 0")
    }
  }

  /// The share of a split.
  public func share(of split: Split) -> Double {
    switch split {
    case .train: train
    case .val: val
    case .test: test
    }
  }
}
