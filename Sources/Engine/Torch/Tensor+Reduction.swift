internal import CTorch

private let hasDims = "dimensions that exist"

extension Tensor {
  /// Sum over `dims`, or over all where none is named. The shape is this one without `dims`, or
  /// with 1 there where `keepDims`.
  /// - Precondition: `dims` exist, each in −rank..<rank.
  public func sum(dims: [Int] = [], keepDims: Bool = false) -> Tensor {
    Tensor(
      withInt64(dims) { ct_sum(pointer, $0, $1, keepDims) }, "sum", expected: hasDims,
      got: [self])
  }
  /// Mean over `dims`, or over all where none is named. The shape is that of
  /// ``sum(dims:keepDims:)``.
  /// - Precondition: a floating type; `dims` exist.
  public func mean(dims: [Int] = [], keepDims: Bool = false) -> Tensor {
    Tensor(
      withInt64(dims) { ct_mean(pointer, $0, $1, keepDims) }, "mean",
      expected: "a floating type and " + hasDims, got: [self])
  }
  /// Variance over `dims` (all where none is named), over `n - 1` where `unbiased`, else over `n`.
  /// The shape is that of ``sum(dims:keepDims:)``.
  /// - Precondition: a floating type; `dims` exist.
  public func variance(dims: [Int] = [], unbiased: Bool, keepDims: Bool = false) -> Tensor {
    Tensor(
      withInt64(dims) { ct_var(pointer, $0, $1, unbiased, keepDims) }, "variance",
      expected: "a floating type and " + hasDims, got: [self])
  }
  /// Largest element over `dims`, or over all; ties share the gradient. The shape is that of
  /// ``sum(dims:keepDims:)``.
  /// - Precondition: `dims` exist and have elements.
  public func amax(dims: [Int] = [], keepDims: Bool = false) -> Tensor {
    Tensor(
      withInt64(dims) { ct_amax(pointer, $0, $1, keepDims) }, "amax", expected: hasDims,
      got: [self])
  }
  /// Smallest element over `dims`, or over all; ties share the gradient. The shape is that of
  /// ``sum(dims:keepDims:)``.
  /// - Precondition: `dims` exist and have elements.
  public func amin(dims: [Int] = [], keepDims: Bool = false) -> Tensor {
    Tensor(
      withInt64(dims) { ct_amin(pointer, $0, $1, keepDims) }, "amin", expected: hasDims,
      got: [self])
  }
  /// The eigenvectors of a symmetric matrix `[N, N]` as columns, of length 1 and at right angles, from the smallest
  /// eigenvalue to the largest; the triangle above the diagonal is not looked at.
  /// - Precondition: a floating type, `[N, N]`, finite values.
  public func symmetricEigenvectors() -> Tensor {
    Tensor(
      ct_eigenvectors(pointer), "symmetricEigenvectors", expected: "a floating type and [N, N]",
      got: [self])
  }
  /// Place of the largest element along `dim`, int64, of the shape without `dim`.
  /// - Precondition: `dim` exists and has elements.
  public func argmax(dim: Int) -> Tensor {
    Tensor(ct_argmax(pointer, Int64(dim)), "argmax", expected: hasDims, got: [self])
  }
  /// The elements along `dim` in their order, smallest first unless `descending`. The shape stays.
  /// - Precondition: `dim` exists.
  public func sorted(dim: Int, descending: Bool = false) -> Tensor {
    Tensor(
      ct_sort(pointer, Int64(dim), descending), "sorted", expected: hasDims, got: [self])
  }
  /// The `count` largest elements along `dim`, from the largest down. The shape has `count` at
  /// `dim`.
  /// - Precondition: `dim` exists and has at least `count` elements.
  public func largest(_ count: Int, dim: Int) -> Tensor {
    Tensor(
      ct_largest(pointer, Int64(count), Int64(dim)), "largest",
      expected: "at least \(count) elements along dimension \(dim)", got: [self])
  }
  /// `ln Σ eˣ` along `dim`, without overflow, of the shape without `dim`, or with 1 there where
  /// `keepDims`.
  /// - Precondition: a floating type; `dim` exists.
  public func logSumExp(dim: Int, keepDims: Bool = false) -> Tensor {
    Tensor(
      ct_logsumexp(pointer, Int64(dim), keepDims), "logSumExp",
      expected: "a floating type and " + hasDims, got: [self])
  }
  /// `eˣ / Σ eˣ` along `dim`; the shape stays.
  /// - Precondition: a floating type; `dim` exists.
  public func softmax(dim: Int) -> Tensor {
    Tensor(
      ct_softmax(pointer, Int64(dim)), "softmax", expected: "a floating type and " + hasDims,
      got: [self])
  }
  /// `x - ln Σ eˣ` along `dim`, without overflow; the shape stays.
  /// - Precondition: a floating type; `dim` exists.
  public func logSoftmax(dim: Int) -> Tensor {
    Tensor(
      ct_log_softmax(pointer, Int64(dim)), "logSoftmax",
      expected: "a floating type and " + hasDims, got: [self])
  }
  /// Euclidean length over `dims`; the gradient at the origin is 0. The shape is that of
  /// ``sum(dims:keepDims:)``.
  /// - Precondition: a floating type; `dims` exist.
  public func norm(dims: [Int], keepDims: Bool = false) -> Tensor {
    Tensor(
      withInt64(dims) { ct_norm_dims(pointer, $0, $1, keepDims) }, "norm",
      expected: "dimensions \(dims)", got: [self])
  }
  /// Euclidean length of all elements, shape `[]`; the gradient at the origin is 0.
  /// - Precondition: a floating type.
  public func norm() -> Tensor {
    Tensor(ct_norm(pointer), "norm", expected: "a floating type", got: [self])
  }
}
