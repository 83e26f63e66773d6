import Foundation

extension DecisionPlan.Sampler {
  /// Fewest images or groups that can speak against what training recorded.
  private static let fewestUnits = 10
  /// What an image's log loss must be lower by on average: candidates that nearly agree differ in the last digits alone.
  private static let leastGain = 0.01

  /// The frequencies that a model's probabilities speak of, asked of validation; `nil` where they already speak of what
  /// there is.
  ///
  /// They are those that the sampler drew, unless the loss or an edit of the last layer took them out again, as balanced
  /// softmax and logit adjustment do: to take them back once more would correct twice. Three candidates are tried, each with a
  /// temperature of its own: the drawn frequencies, equal ones, and none. Another than the drawn is taken where its log
  /// loss on validation is lower by .01 an image and by more than two standard errors of the paired difference, and of two
  /// such the lower; groups are taken whole. With fewer than ten images or groups the drawn ones stand. Images of a class
  /// that has no natural share say nothing. All of validation is asked, what promises are made from too: it is one
  /// choice of three.
  ///
  /// - Parameter validation: Examples that the model was not trained on, with its own probabilities.
  public func checked(on validation: LabelledProbabilities) -> DecisionPlan.Sampler? {
    let count = Double(validation.classes.count)
    let equal = [Double](repeating: 1 / count, count: validation.classes.count)
    let others: [DecisionPlan.Sampler?] = [.init(drawn: equal, natural: natural), nil]
    let sample = validation.selecting(
      validation.truths.indices.filter { natural[validation.truths[$0]] > 0 })
    guard let own = Self.losses(self, sample) else { return self }
    let better = others.compactMap { other -> (sampler: DecisionPlan.Sampler?, gain: Double)? in
      guard let losses = Self.losses(other, sample) else { return nil }
      let gains = Self.perUnit(zip(own, losses).map { $0 - $1 }, sample.groups)
      let (size, gain) = (Double(gains.count), gains.reduce(0, +))
      let squares = gains.reduce(0) { $0 + ($1 - gain / size) * ($1 - gain / size) }
      let error = (squares * size / (size - 1)).squareRoot()
      return gains.count >= Self.fewestUnits && gain > 2 * error
        && gain > Self.leastGain * Double(sample.count) ? (other, gain) : nil
    }
    return better.max { $0.gain < $1.gain }.map(\.sampler) ?? self
  }

  /// Log loss of each row, `[N]`, with the frequencies taken back and a temperature; `nil` where that cannot be had.
  private static func losses(
    _ sampler: DecisionPlan.Sampler?, _ validation: LabelledProbabilities
  ) -> [Double]? {
    var plan = DecisionPlan(calibration: .temperature)
    plan.sampler = sampler
    guard let rule = try? plan.choose(on: validation) else { return nil }
    let turned = rule.applied(to: validation)
    return turned.truths.enumerated().map { row, truth in
      -log(max(turned.probabilities[row * turned.classes.count + truth], 1e-12))
    }
  }

  /// Sums over what belongs together; a row without a group stands alone.
  private static func perUnit(_ values: [Double], _ groups: [String]?) -> [Double] {
    guard let groups else { return values }
    var (sums, alone): ([String: Double], [Double]) = ([:], [])
    for (value, group) in zip(values, groups) {
      if group.isEmpty { alone.append(value) } else { sums[group, default: 0] += value }
    }
    // In a fixed order, so that the sum has the same last digit each time.
    return sums.sorted { $0.key < $1.key }.map(\.value) + alone
  }
}
