import Requirements

/// Lowers the rate when a watched number stops getting better; the one schedule with a memory.
///
///     var plateau = Plateau(mode: .max, patience: 2)
///     for epoch in epochs { rate = 0.01 * plateau.observe(mcc(epoch)) }
///
/// `Codable`, so a resumed run goes on where it stopped. The values are those of
/// `torch.optim.lr_scheduler.ReduceLROnPlateau` in `threshold_mode="rel"`, without cooldown and
/// without torch's refusal of falls smaller than 1e-8.
public struct Plateau: Codable, Sendable, Equatable {
  /// Which way is better.
  public enum Mode: String, Codable, Sendable, CaseIterable {
    /// Smaller is better, as for a loss.
    case min
    /// Larger is better, as for an accuracy.
    case max
  }

  /// Which way is better.
  public let mode: Mode
  /// What each fall multiplies the rate by, above 0 and below 1.
  public let decay: Double
  /// How many epochs in a row without improvement are tolerated; the next one lowers the rate.
  public let patience: Int
  /// Improvement that counts, as a part of the best value; at least 0. Of a best value below 0 the bound lies on the
  /// worse side, as torch's does: a value that is worse by less than that part counts as better.
  public let threshold: Double
  /// Lowest factor of the base rate, in `0...1`.
  public let minimum: Double
  /// Factor of the base rate now, in `minimum...1`.
  public private(set) var factor: Double = 1
  /// Best value seen; nil before the first.
  public private(set) var best: Double?
  /// Epochs in a row without improvement.
  public private(set) var stale = 0

  /// - Parameters:
  ///   - mode: which way is better.
  ///   - decay: what each fall multiplies the rate by, above 0 and below 1.
  ///   - patience: epochs in a row without improvement that are tolerated; at least 0.
  ///   - threshold: improvement that counts, as a part of the best value; at least 0.
  ///   - minimum: lowest factor of the base rate, in `0...1`.
  /// - Precondition: every parameter is in its range.
  public init(
    mode: Mode, decay: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4,
    minimum: Double = 0
  ) {
    require(
      decay > 0 && decay < 1, "Plateau: expected a decay between 0 and 1, got \(decay)")
    require(patience >= 0, "Plateau: expected a patience of at least 0, got \(patience)")
    require(
      threshold >= 0, "Plateau: expected a threshold of at least 0, got \(threshold)")
    require(
      (0...1).contains(minimum), "Plateau: expected a minimum between 0 and 1, got \(minimum)")
    (self.mode, self.decay, self.patience) = (mode, decay, patience)
    (self.threshold, self.minimum) = (threshold, minimum)
  }

  /// Whether the rate can fall no further.
  public var isExhausted: Bool { factor <= minimum }

  /// Takes in one epoch's value.
  ///
  /// - Parameter value: the watched number; a NaN counts as no improvement.
  /// - Returns: factor of the base rate for the next epoch.
  @discardableResult
  public mutating func observe(_ value: Double) -> Double {
    if improves(value) {
      (best, stale) = (value, 0)
    } else {
      stale += 1
    }
    if stale > patience {
      factor = Swift.max(factor * decay, minimum)
      stale = 0
    }
    return factor
  }

  private func improves(_ value: Double) -> Bool {
    guard let best else { return !value.isNaN }
    return switch mode {
    case .min: value < best * (1 - threshold)
    case .max: value > best * (1 + threshold)
    }
  }
}
