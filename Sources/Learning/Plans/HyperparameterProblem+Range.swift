extension HyperparameterProblem {
  /// The problem of a value outside a range; nil when it lies in it.
  ///
  /// - Parameters:
  ///   - range: what is allowed.
  ///   - name: the hyper-parameter.
  ///   - value: its value.
  public static func unlessWithin(
    _ range: ClosedRange<Double>, _ name: String, _ value: Double
  ) -> HyperparameterProblem? {
    func text(_ x: Double) -> String { Int(exactly: x).map(String.init) ?? "\(x)" }
    return range.contains(value)
      ? nil
      : .init(
        name: name, value: value,
        expected: "from \(text(range.lowerBound)) to \(text(range.upperBound))")
  }

  /// The problem of a value that is no whole number from 1 to some end; nil when it is one.
  ///
  /// - Parameters:
  ///   - name: the hyper-parameter.
  ///   - value: its value.
  ///   - most: the end, at least 1.
  public static func unlessWhole(
    _ name: String, _ value: Double, to most: Int
  ) -> HyperparameterProblem? {
    (1...Double(most)).contains(value) && value.rounded() == value
      ? nil : .init(name: name, value: value, expected: "a whole number from 1 to \(most)")
  }

  /// The problem of a number of folds; nil when it is one.
  ///
  /// - Parameters:
  ///   - name: the hyper-parameter.
  ///   - value: its value.
  public static func unlessFolds(_ name: String, _ value: Double) -> HyperparameterProblem? {
    (2...100).contains(value) && value.rounded() == value
      ? nil : .init(name: name, value: value, expected: "a whole number from 2 to 100")
  }
}
