import Batches
import Randomness
import Requirements
import Torch

/// A cloud around each logit that only ever lowers it: u_c |ε| with ε ~ N(0, σ²), kept within ±1.
///
/// Classes of larger u are seen less surely, and so get more room. The draws of a step are those of its moment.
///
/// Source: Li, Cheung, Lu, "Long-tailed Visual Recognition via Gaussian Clouded Logit Adjustment", CVPR 2022.
public struct LogitNoise: Sendable, Equatable {
  /// u, `[C]`, at least 0; in the units of the logits.
  public let amplitudes: [Double]
  /// σ, at least 0.
  public let deviation: Double

  /// - Parameters:
  ///   - amplitudes: u, `[C]`, at least 0.
  ///   - deviation: σ, at least 0.
  /// - Precondition: both are in range.
  public init(amplitudes: [Double], deviation: Double = 1.0 / 3) {
    require(
      amplitudes.allSatisfy { $0 >= 0 && $0.isFinite } && deviation >= 0 && deviation.isFinite,
      "LogitNoise: expected amplitudes and a deviation of at least 0, got \(amplitudes) and "
        + "\(deviation)")
    (self.amplitudes, self.deviation) = (amplitudes, deviation)
  }

  /// u_c |ε_ic| of a step, `[N, C]`.
  ///
  /// - Parameters:
  ///   - rows: N.
  ///   - state: whose moment's key `logit-noise` the draws come from, row by row.
  func drawn(rows: Int, _ state: LossState) -> Tensor {
    var source = state.moment.key("logit-noise").source
    let values = (0..<rows).flatMap { _ in
      amplitudes.map { $0 * min(1, abs(deviation * source.normal())) }
    }
    return Tensor(values, shape: [rows, amplitudes.count])
  }
}
