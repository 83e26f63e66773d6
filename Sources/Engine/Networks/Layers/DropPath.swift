import Torch

/// Stochastic depth: in training, what a block adds is left out for some rows of a batch, and counts more for the others,
/// so that its expected value is what it was.
///
/// Huang et al., *Deep networks with stochastic depth*, ECCV 2016; a row at a time, as in timm. How often grows with depth:
/// the first block never is left out, a block has its ``share`` of ``Context/dropPath``.
struct DropPath {
  /// Part of the largest rate, in `0...1`.
  let share: Double

  /// The block of a place among so many, the last of which has the whole rate.
  ///
  /// - Parameters:
  ///   - place: from 0.
  ///   - count: how many there are.
  init(_ place: Int, of count: Int) { share = count > 1 ? Double(place) / Double(count - 1) : 0 }

  /// - Parameter share: part of the largest rate, in `0...1`.
  init(share: Double = 0) { self.share = share }

  /// Whether rows may be left out, so that it is not the identity.
  func drops(_ context: Context) -> Bool { context.training && share * context.dropPath > 0 }

  /// - Parameter y: what the block adds, `[N, …]`.
  func callAsFunction(_ y: Tensor, _ context: Context) -> Tensor {
    guard drops(context) else { return y }
    let rate = share * context.dropPath
    if let tracing = context.tracing {
      tracing.note(path: rate)
      return y
    }
    let shape = [y.shape[0]] + Array(repeating: 1, count: y.rank - 1)
    let ones = withoutGradients { Tensor.ones(shape, dtype: y.dtype, device: y.device) }
    return y * ones.dropout(rate, using: context.generator)
  }
}
