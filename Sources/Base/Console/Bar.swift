/// Bars of text.
public enum Bar {
  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// A bar of up to `width` columns, to an eighth of a column.
  ///
  /// - Parameters:
  ///   - fraction: How much of it is full; cut to 0…1. A positive fraction shows at least a sliver.
  ///   - width: Columns of the full bar; below 1 gives nothing.
  /// - Returns: The full part only, without padding.
  public static func text(_ fraction: Double, width: Int) -> String {
    guard width > 0, fraction > 0 else { return "" }
    let parts = max(1, Int((min(fraction, 1) * Double(width * 8)).rounded()))
    return String(repeating: "█", count: parts / 8) + eighths[parts % 8]
  }

  /// Bars for class counts, the longest `width` columns; every class that has examples shows.
  ///
  /// - Parameters:
  ///   - counts: One count for each bar, at least 0.
  ///   - width: Columns of the longest bar.
  ///   - isLogarithmic: Whether length follows `ln(1 + count)`: for long tails, where the
  ///     proportional bars of most classes would be slivers.
  public static func histogram(_ counts: [Int], width: Int, isLogarithmic: Bool = false) -> [String]
  {
    func length(_ count: Int) -> Double {
      isLogarithmic ? naturalLogarithm(1 + Double(count)) : Double(count)
    }
    let longest = length(counts.max() ?? 0)
    return counts.map { longest > 0 ? text(length($0) / longest, width: width) : "" }
  }
}
