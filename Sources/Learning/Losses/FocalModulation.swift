import Torch

extension Tensor {
  /// (1 − p_y)^γ of logits, `[N]`, with p = softmax(z): what is already right counts less.
  ///
  /// ln(1 − p_y) is taken as the logarithm of what the other classes have, so that neither it nor its gradient is lost
  /// where p_y is 1 but for the last digit.
  ///
  /// - Parameters:
  ///   - places: 1 at the class y of each row, else 0, `[N, C]`.
  ///   - gamma: γ, at least 0.
  func focalModulation(_ places: Tensor, gamma: Double) -> Tensor {
    // Far below any logit, and finite.
    let others = (self - places * 1e9).logSumExp(dim: 1)
    return ((others - logSumExp(dim: 1)) * gamma).exp()
  }
}
