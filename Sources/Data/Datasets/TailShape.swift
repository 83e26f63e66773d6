/// How the sizes of classes fall from the first to the last in a training part that was thinned out.
public enum TailShape: String, Sendable, CaseIterable, Codable {
  /// n_c = n_max · IR^(−c/(C−1)).
  ///
  /// Source: Cui et al. 2019, arXiv:1901.05555.
  case exponential
  /// The first ⌈C/2⌉ classes keep n_max, the others n_max / IR.
  ///
  /// Source: Buda et al. 2018, arXiv:1710.05381; Cao et al. 2019, arXiv:1906.07413.
  case step
  /// n_c = n_max · (1 − (1 − 1/IR) · c/(C−1)).
  ///
  /// Source: Buda et al. 2018, arXiv:1710.05381.
  case linear

  /// n_c / n_max.
  ///
  /// - Parameters:
  ///   - number: c, from 0.
  ///   - count: C, at least 1.
  ///   - imbalance: IR, at least 1.
  func share(of number: Int, among count: Int, imbalance: Double) -> Double {
    let place = Double(number) / Double(max(1, count - 1))
    return switch self {
    case .exponential: power(imbalance, -place)
    case .step: number < (count + 1) / 2 ? 1 : 1 / imbalance
    case .linear: 1 - (1 - 1 / imbalance) * place
    }
  }
}
