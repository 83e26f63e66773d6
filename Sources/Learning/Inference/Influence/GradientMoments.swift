import Torch

/// Mean and deviation of gradients over checkpoints, which come one after the other and are not kept.
///
/// Source: Welford, "Note on a Method for Calculating Corrected Sums of Squares and Products", Technometrics 4(3), 1962.
struct GradientMoments {
  /// Ḡ, `[N, D]`.
  private(set) var mean: Tensor
  /// Σ_c (G_c − Ḡ)², `[N, D]`.
  private var squares: Tensor
  private var count = 1.0

  private init(_ first: Tensor) {
    mean = first
    squares = first * 0
  }

  /// Takes in the gradients of one more checkpoint, `[N, D]`.
  static func add(_ gradient: Tensor, to moments: inout GradientMoments?) {
    guard var next = moments else {
      moments = GradientMoments(gradient)
      return
    }
    moments = nil
    next.count += 1
    let ahead = gradient - next.mean
    next.mean = next.mean + ahead / next.count
    next.squares = next.squares + ahead * (gradient - next.mean)
    moments = next
  }

  /// √(mean_c (G_c − Ḡ)²), `[N, D]`.
  var deviation: Tensor { (squares / count).sqrt() }
}
