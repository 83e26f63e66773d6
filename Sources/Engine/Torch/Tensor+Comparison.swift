internal import CTorch

private let broadcastable = "shapes that broadcast and types that compare"

extension Tensor {
  /// The larger of two elements; shapes broadcast.
  /// - Precondition: the shapes broadcast.
  public func maximum(_ other: Tensor) -> Tensor {
    Tensor(
      ct_maximum(pointer, other.pointer), "maximum", expected: broadcastable, got: [self, other])
  }
  /// The smaller of two elements; shapes broadcast.
  /// - Precondition: the shapes broadcast.
  public func minimum(_ other: Tensor) -> Tensor {
    Tensor(
      ct_minimum(pointer, other.pointer), "minimum", expected: broadcastable, got: [self, other])
  }
  /// True where equal, a bool tensor; shapes broadcast.
  /// - Precondition: the shapes broadcast.
  public func equal(to other: Tensor) -> Tensor {
    Tensor(ct_eq(pointer, other.pointer), "equal", expected: broadcastable, got: [self, other])
  }
  /// True where equal to a number, a bool tensor of this shape.
  public func equal(to other: Double) -> Tensor {
    Tensor(ct_eq_scalar(pointer, other), "equal", expected: "numbers", got: [self])
  }
  /// True where greater, a bool tensor; shapes broadcast.
  /// - Precondition: the shapes broadcast.
  public func greater(than other: Tensor) -> Tensor {
    Tensor(ct_gt(pointer, other.pointer), "greater", expected: broadcastable, got: [self, other])
  }
  /// True where greater than a number, a bool tensor of this shape.
  public func greater(than other: Double) -> Tensor {
    Tensor(ct_gt_scalar(pointer, other), "greater", expected: "numbers", got: [self])
  }
  /// True where less, a bool tensor; shapes broadcast.
  /// - Precondition: the shapes broadcast.
  public func less(than other: Tensor) -> Tensor {
    Tensor(ct_lt(pointer, other.pointer), "less", expected: broadcastable, got: [self, other])
  }
  /// True where less than a number, a bool tensor of this shape.
  public func less(than other: Double) -> Tensor {
    Tensor(ct_lt_scalar(pointer, other), "less", expected: "numbers", got: [self])
  }
  /// True where a truth value is false, a bool tensor of this shape; of numbers, where they are 0.
  public func logicalNot() -> Tensor {
    Tensor(ct_logical_not(pointer), "logicalNot", expected: "truth values", got: [self])
  }
  /// True where neither infinite nor NaN, a bool tensor of this shape.
  public func isFinite() -> Tensor {
    Tensor(ct_isfinite(pointer), "isFinite", expected: "numbers", got: [self])
  }
  /// `a` where `mask` is true, else `b`; shapes broadcast.
  /// - Precondition: `mask` holds truth values; the three shapes broadcast.
  public static func `where`(_ mask: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor {
    Tensor(
      ct_where(mask.pointer, a.pointer, b.pointer), "where",
      expected: "a bool mask and shapes that broadcast", got: [mask, a, b])
  }
}
