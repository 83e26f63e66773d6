internal import CTorch

// These change storage that every copy of the tensor shares, outside the graph.
extension Tensor {
  /// Overwrites the elements with `source`'s, in place; shapes broadcast, types convert.
  /// - Precondition: the shape of `source` broadcasts to this one.
  public func copy(from source: Tensor) {
    Tensor.check(
      ct_copy_(pointer, source.pointer), "copy", expected: "a source that broadcasts",
      got: [self, source])
  }
  /// Adds `scale · other`, in place.
  /// - Precondition: the shape of `other` broadcasts to this one.
  public func add(_ other: Tensor, scale: Double = 1) {
    Tensor.check(
      ct_add_(pointer, other.pointer, scale), "add", expected: "a summand that broadcasts",
      got: [self, other])
  }
  /// Multiplies by `factor`, element by element, in place.
  /// - Precondition: the shape of `factor` broadcasts to this one.
  public func multiply(by factor: Tensor) {
    Tensor.check(
      ct_mul_tensor_(pointer, factor.pointer), "multiply", expected: "a factor that broadcasts",
      got: [self, factor])
  }
  /// Multiplies by `factor`, in place.
  public func multiply(by factor: Double) {
    Tensor.check(ct_mul_(pointer, factor), "multiply", expected: "numbers", got: [self])
  }
  /// Sets every element to `value`, in place.
  public func fill(_ value: Double) {
    Tensor.check(ct_fill_(pointer, value), "fill", expected: "numbers", got: [self])
  }
  /// Sets every element to 0, in place.
  public func zero() { fill(0) }
  /// Moves to `(1 - weight) · self + weight · end`, in place.
  /// - Precondition: both have one element type, and the shape of `end` broadcasts to this one.
  public func lerp(to end: Tensor, weight: Double) {
    Tensor.check(
      ct_lerp_(pointer, end.pointer, weight), "lerp", expected: "two of one shape and type",
      got: [self, end])
  }
}
