import Console
import Datasets
import Sampling

/// What is said of data whose target is a number before training.
enum NumberText {
  /// `target: a number, age from 20 to 71 (mean 40.1, standard deviation 8.3)`, and how rare its ends are.
  ///
  /// - Parameters:
  ///   - data: all that is used.
  ///   - target: how it was found.
  static func lines(_ data: Dataset, _ target: FoundTarget) -> [String] {
    guard let name = data.numberName else { return [] }
    let training = data.examples.indices.filter { data.examples[$0].split == .train }
    guard !training.isEmpty else { return [] }
    let table = NumberTable(data.numbers(of: training))
    let (low, high) = (table.values.min() ?? 0, table.values.max() ?? 0)
    let counts = table.counts
    let fewest = counts.indices.min { counts[$0] < counts[$1] } ?? 0
    return [
      "target: a number, \(name) from \(text(low)) to \(text(high)) in training (mean \(text(table.mean)), standard deviation"
        + " \(text(table.scale)))"
        + (target.sign.map { " (\($0); --task class reads classes)" } ?? ""),
      "ranges: \(table.bins.count) of equal width stand in for classes where examples are split or drawn; the rarest,"
        + " \(table.bins.names[fewest]), has \(Format.count(counts[fewest])) of \(Format.count(table.count))",
    ]
  }

  /// How it was found that the target is a number; nil where it is none, or was said.
  static func sign(_ data: Dataset, _ target: FoundTarget) -> String? {
    guard let name = data.numberName, let sign = target.sign else { return nil }
    return "target: a number, \(name) (\(sign); --task class reads classes)"
  }

  private static func text(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e9 ? "\(Int(number))" : Format.decimal(number)
  }
}
