import Requirements
public import Torch

/// The k training rows that are nearest by cosine vote, each with e^{s / T}: a head that remembers and does not learn.
///
/// v_c = Σ_{i among the k nearest, y_i = c} e^{(s_i − 1) / T}, divided by n_c where the classes are balanced; then
/// p_c = (k v_c / Σ v + 1 / C) / (k + 1) and z_c = ln p_c. Rows as near as the k-th vote too.
///
/// Source: Wu, Xiong, Yu and Lin, "Unsupervised Feature Learning via Non-Parametric Instance Discrimination", CVPR 2018;
/// k and T as Caron et al., "Emerging Properties in Self-Supervised Vision Transformers", ICCV 2021, have them. Departs
/// from both: one further vote is shared by all classes, so that no probability is 0; it changes no decision.
public struct NeighbourHead: Head {
  /// k, at least 1 and at most the rows.
  public let neighbours: Int
  /// T, above 0.
  public let temperature: Double
  /// Whether the votes of a class are divided by its training rows.
  public let isBalanced: Bool
  /// The training rows, `[R, F]`, each of length 1 or all zeros; shared.
  public let rows: Tensor
  /// Class of each row, `[R]` int64; shared.
  public let labels: Tensor
  /// Training rows of each class, `[C]`; shared.
  public let counts: Tensor

  /// A head of training rows.
  ///
  /// - Parameters:
  ///   - rows: `[R, F]`, of any length row by row.
  ///   - labels: class of each row, `[R]`, in `0..<classes`.
  ///   - classes: C.
  ///   - neighbours: k, at least 1; at most R of them vote.
  ///   - temperature: T, above 0.
  ///   - isBalanced: whether the votes of a class are divided by its training rows.
  /// - Precondition: a label for each row; `neighbours` and `temperature` are in range.
  public init(
    rows: Tensor, labels: [Int], classes: Int, neighbours: Int, temperature: Double,
    isBalanced: Bool
  ) {
    require(
      rows.rank == 2 && rows.shape[0] == labels.count && !labels.isEmpty && neighbours >= 1
        && temperature > 0 && labels.allSatisfy { (0..<classes).contains($0) },
      "NeighbourHead: expected rows [R, F] with a class below \(classes) each, a neighbour and a "
        + "temperature above 0, got \(rows.shape), \(labels.count) labels, \(neighbours) and \(temperature)"
    )
    var counts = [Float](repeating: 0, count: classes)
    for label in labels { counts[label] += 1 }
    self.init(
      rows: withoutGradients { rows.detached().unitRows().contiguous() },
      labels: Tensor(labels.map(Int64.init), shape: [labels.count]).moved(to: rows.device),
      counts: Tensor(counts, shape: [classes]).moved(to: rows.device), neighbours, temperature,
      isBalanced)
  }

  private init(
    rows: Tensor, labels: Tensor, counts: Tensor, _ neighbours: Int, _ temperature: Double,
    _ isBalanced: Bool
  ) {
    (self.rows, self.labels, self.counts) = (rows, labels, counts)
    self.neighbours = min(neighbours, rows.shape[0])
    (self.temperature, self.isBalanced) = (temperature, isBalanced)
  }

  /// A head without content, to be read from a file.
  init(
    features: Int, classes: Int, rows: Int, neighbours: Int, temperature: Double, isBalanced: Bool,
    using initializer: Initializer
  ) {
    let device = initializer.device
    self.init(
      rows: Tensor.zeros([rows, features], dtype: initializer.dtype, device: device),
      labels: Tensor.zeros([rows], dtype: .int64, device: device),
      counts: Tensor.ones([classes], device: device), neighbours, temperature, isBalanced)
  }

  /// `.neighbours(…)`.
  public var form: HeadForm {
    .neighbours(neighbours, of: rows.shape[0], temperature: temperature, isBalanced: isBalanced)
  }
  /// The number of logits.
  public var classes: Int { counts.shape[0] }

  /// - Parameter x: `[N, F]`.
  /// - Returns: `[N, C]`, logarithms of probabilities.
  public func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    // A temperature makes much of small differences.
    withoutAutocast(on: rows.device) { votes(of: x, context) }
  }

  private func votes(of x: Tensor, _ context: Context) -> Tensor {
    let near = x.to(rows.dtype).unitRows().matmul(rows.transposed(0, 1))
    context.tracing?.add(multiplyAdds: near.count * rows.shape[1])
    let nearest = near.largest(neighbours, dim: 1)
    let first = nearest.narrowed(dim: 1, start: 0, length: 1).detached()
    let last = nearest.narrowed(dim: 1, start: neighbours - 1, length: 1)
    // From the nearest on: a factor that all votes of a row share, without which those of a row far from all would vanish.
    let weights = ((near - first) / temperature).exp()
    let voting = Tensor.where(near.less(than: last), weights * 0, weights)
    var votes = voting.matmul(labels.oneHot(classes: classes).to(rows.dtype))
    if isBalanced { votes = votes / counts.maximum(Tensor(Float(1)).moved(to: counts.device)) }
    let shares = votes / votes.sum(dims: [1], keepDims: true)
    let k = Double(neighbours)
    return ((shares * k + 1 / Double(classes)) / (k + 1)).log()
  }

  /// Shows `rows`, `labels` and `counts`, none of which is learned.
  public func visit(_ visitor: inout TensorVisitor) {
    visitor.buffer("rows", rows)
    visitor.buffer("labels", labels)
    visitor.buffer("counts", counts)
  }
}
