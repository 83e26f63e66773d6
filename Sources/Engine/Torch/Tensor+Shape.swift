internal import CTorch

extension Tensor {
  /// The same elements in another shape; one size may be -1 and follows from the rest.
  /// - Precondition: as many elements as `shape` has places.
  public func reshaped(_ shape: [Int]) -> Tensor {
    Tensor(
      withInt64(shape) { ct_reshape(pointer, $0, $1) }, "reshaped",
      expected: "\(count) elements in shape \(shape)", got: [self])
  }
  /// Dimensions of size 1 repeated to `shape` without a copy.
  /// - Precondition: sizes that differ from those of `shape` are 1.
  public func expanded(to shape: [Int]) -> Tensor {
    Tensor(
      withInt64(shape) { ct_expand(pointer, $0, $1) }, "expanded",
      expected: "sizes 1 where \(shape) differs", got: [self])
  }
  /// Dimension `i` of the result is dimension `order[i]`.
  /// - Precondition: `order` names each dimension once.
  public func permuted(_ order: [Int]) -> Tensor {
    Tensor(
      withInt64(order) { ct_permute(pointer, $0, $1) }, "permuted",
      expected: "each dimension once in \(order)", got: [self])
  }
  /// Two dimensions exchanged, as in `[N, C]` to `[C, N]`.
  /// - Precondition: both dimensions exist.
  public func transposed(_ a: Int, _ b: Int) -> Tensor {
    Tensor(
      ct_transpose(pointer, Int64(a), Int64(b)), "transposed", expected: "dimensions \(a), \(b)",
      got: [self])
  }
  /// All dimensions from `dim` on made one, as in `[N, C, H, W]` to `[N, C · H · W]`.
  /// - Precondition: `dim` exists.
  public func flattened(from dim: Int) -> Tensor {
    Tensor(
      ct_flatten(pointer, Int64(dim)), "flattened", expected: "a dimension \(dim)", got: [self])
  }
  /// Dimension `dim` dropped where its size is 1, as in `[N, 1]` to `[N]`.
  /// - Precondition: `dim` exists.
  public func squeezed(_ dim: Int) -> Tensor {
    Tensor(
      ct_squeeze(pointer, Int64(dim)), "squeezed", expected: "a dimension \(dim)", got: [self])
  }
  /// A new dimension of size 1 before `dim`, as in `[N]` to `[N, 1]`.
  /// - Precondition: `dim` is in `0...rank`, or counted from the end.
  public func unsqueezed(_ dim: Int) -> Tensor {
    Tensor(
      ct_unsqueeze(pointer, Int64(dim)), "unsqueezed", expected: "a place \(dim)", got: [self])
  }
  /// `length` slices of dimension `dim`, from `start`; shares storage. The shape has `length` at
  /// `dim`.
  /// - Precondition: `start..<start + length` is inside dimension `dim`.
  public func narrowed(dim: Int, start: Int, length: Int) -> Tensor {
    Tensor(
      ct_narrow(pointer, Int64(dim), Int64(start), Int64(length)), "narrowed",
      expected: "\(start)..<\(start + length) inside dimension \(dim)", got: [self])
  }
  /// Dimension `dim` in reverse order; the shape stays.
  /// - Precondition: `dim` exists.
  public func flipped(_ dim: Int) -> Tensor {
    Tensor(ct_flip(pointer, Int64(dim)), "flipped", expected: "a dimension \(dim)", got: [self])
  }
  /// Tensors joined along dimension `dim`, as `[N, C]` and `[M, C]` to `[N + M, C]`.
  /// - Precondition: at least one; equal sizes in every other dimension.
  public static func concatenated(_ parts: [Tensor], dim: Int) -> Tensor {
    Tensor(
      withPointers(parts) { ct_cat($0, $1, Int64(dim)) }, "concatenated",
      expected: "one or more tensors, equal but in dimension \(dim)", got: parts)
  }
  /// Tensors of one shape joined along a new dimension `dim`.
  /// - Precondition: at least one tensor; equal shapes.
  public static func stacked(_ parts: [Tensor], dim: Int = 0) -> Tensor {
    Tensor(
      withPointers(parts) { ct_stack($0, $1, Int64(dim)) }, "stacked",
      expected: "one or more tensors of one shape", got: parts)
  }
  /// The slices of dimension `dim` that `indices` (`[K]`, int64) name, in their order.
  /// - Precondition: int64 indices, each in dimension `dim`.
  public func indexSelect(dim: Int, _ indices: Tensor) -> Tensor {
    Tensor(
      ct_index_select(pointer, Int64(dim), indices.pointer), "indexSelect",
      expected: "int64 indices inside dimension \(dim)", got: [self, indices])
  }
  /// Element `indices[i][j]` of dimension `dim` at each place. The shape is that of `indices`.
  /// - Precondition: int64 indices of this rank, each in dimension `dim`, no wider than this
  ///   elsewhere.
  public func gathered(dim: Int, _ indices: Tensor) -> Tensor {
    Tensor(
      ct_gather(pointer, Int64(dim), indices.pointer), "gathered",
      expected: "int64 indices of the same rank inside dimension \(dim)", got: [self, indices])
  }
  /// One row per label with a single 1: labels `[N]` (int64) to `[N, C]` (int64).
  /// - Precondition: int64 labels, each in `0..<classes`.
  public func oneHot(classes: Int) -> Tensor {
    Tensor(
      ct_one_hot(pointer, Int64(classes)), "oneHot", expected: "int64 labels in 0..<\(classes)",
      got: [self])
  }
  /// `[N, C, H, W]` with `value` around the last two dimensions.
  /// - Precondition: two or more dimensions.
  public func padded(
    left: Int, right: Int, top: Int, bottom: Int, value: Double = 0
  ) -> Tensor {
    Tensor(
      withInt64([left, right, top, bottom]) { ct_pad(pointer, $0, $1, value) }, "padded",
      expected: "two or more dimensions", got: [self])
  }
}
