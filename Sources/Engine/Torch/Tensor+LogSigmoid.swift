extension Tensor {
  /// log σ(x) = min(x, 0) − log(1 + e^−|x|), finite for every finite x; its slope at 0 is ½. The
  /// shape stays.
  public func logSigmoid() -> Tensor {
    minimum(Tensor(0.0).to(dtype).moved(to: device)) - (-abs()).exp().log1p()
  }
}
