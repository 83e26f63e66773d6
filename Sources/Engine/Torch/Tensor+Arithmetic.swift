internal import CTorch

private let broadcastable = "shapes that broadcast and types that combine"
private let floating = "a floating type"

extension Tensor {
  /// Sum, element by element; shapes broadcast.
  /// - Precondition: the shapes broadcast.
  public static func + (a: Tensor, b: Tensor) -> Tensor {
    Tensor(ct_add(a.pointer, b.pointer), "+", expected: broadcastable, got: [a, b])
  }
  /// Difference, element by element; shapes broadcast.
  /// - Precondition: the shapes broadcast.
  public static func - (a: Tensor, b: Tensor) -> Tensor {
    Tensor(ct_sub(a.pointer, b.pointer), "-", expected: broadcastable, got: [a, b])
  }
  /// Product, element by element; shapes broadcast.
  /// - Precondition: the shapes broadcast.
  public static func * (a: Tensor, b: Tensor) -> Tensor {
    Tensor(ct_mul(a.pointer, b.pointer), "*", expected: broadcastable, got: [a, b])
  }
  /// Quotient, element by element; shapes broadcast.
  /// - Precondition: the shapes broadcast.
  public static func / (a: Tensor, b: Tensor) -> Tensor {
    Tensor(ct_div(a.pointer, b.pointer), "/", expected: broadcastable, got: [a, b])
  }
  /// Adds a number to every element; the shape stays.
  public static func + (a: Tensor, b: Double) -> Tensor {
    Tensor(ct_add_scalar(a.pointer, b), "+", expected: "a numeric type", got: [a])
  }
  /// Adds a number to every element; the shape stays.
  public static func + (a: Double, b: Tensor) -> Tensor { b + a }
  /// Takes a number from every element; the shape stays.
  public static func - (a: Tensor, b: Double) -> Tensor { a + -b }
  /// Takes every element from a number; the shape stays.
  public static func - (a: Double, b: Tensor) -> Tensor { -b + a }
  /// Multiplies every element by a number; the shape stays.
  public static func * (a: Tensor, b: Double) -> Tensor {
    Tensor(ct_mul_scalar(a.pointer, b), "*", expected: "a numeric type", got: [a])
  }
  /// Multiplies every element by a number; the shape stays.
  public static func * (a: Double, b: Tensor) -> Tensor { b * a }
  /// Divides every element by a number; the shape stays.
  public static func / (a: Tensor, b: Double) -> Tensor {
    Tensor(ct_div_scalar(a.pointer, b), "/", expected: "a numeric type", got: [a])
  }
  /// Divides a number by every element; the shape stays.
  public static func / (a: Double, b: Tensor) -> Tensor { b.reciprocal() * a }
  /// Minus every element, in the same shape.
  /// - Precondition: no bool tensor.
  public static prefix func - (a: Tensor) -> Tensor {
    Tensor(ct_neg(a.pointer), "-", expected: "a signed type", got: [a])
  }

  /// `xᵖ`, element by element, in the same shape.
  public func pow(_ p: Double) -> Tensor {
    Tensor(ct_pow_scalar(pointer, p), "pow", expected: floating, got: [self])
  }
  /// `eˣ` of each element, in the same shape.
  public func exp() -> Tensor { Tensor(ct_exp(pointer), "exp", expected: floating, got: [self]) }
  /// Natural logarithm of each element, in the same shape.
  public func log() -> Tensor { Tensor(ct_log(pointer), "log", expected: floating, got: [self]) }
  /// `ln(1 + x)`, exact near 0; of each element, in the same shape.
  public func log1p() -> Tensor {
    Tensor(ct_log1p(pointer), "log1p", expected: floating, got: [self])
  }
  /// Square root of each element, in the same shape.
  public func sqrt() -> Tensor {
    Tensor(ct_sqrt(pointer), "sqrt", expected: floating, got: [self])
  }
  /// Absolute value of each element, in the same shape.
  public func abs() -> Tensor { Tensor(ct_abs(pointer), "abs", expected: "numbers", got: [self]) }
  /// `x²` of each element, in the same shape.
  public func square() -> Tensor {
    Tensor(ct_square(pointer), "square", expected: "numbers", got: [self])
  }
  /// `1 / x` of each element, in the same shape.
  public func reciprocal() -> Tensor {
    Tensor(ct_reciprocal(pointer), "reciprocal", expected: floating, got: [self])
  }
  /// Sine of each element, of radians, in the same shape.
  public func sin() -> Tensor { Tensor(ct_sin(pointer), "sin", expected: floating, got: [self]) }
  /// Cosine of each element, of radians, in the same shape.
  public func cos() -> Tensor { Tensor(ct_cos(pointer), "cos", expected: floating, got: [self]) }
  /// Hyperbolic tangent of each element, in the same shape.
  public func tanh() -> Tensor {
    Tensor(ct_tanh(pointer), "tanh", expected: floating, got: [self])
  }
  /// `1 / (1 + e⁻ˣ)` of each element, in the same shape.
  public func sigmoid() -> Tensor {
    Tensor(ct_sigmoid(pointer), "sigmoid", expected: floating, got: [self])
  }
  /// `x · Φ(x)` with the normal distribution function Φ, exact, not the tangent approximation; the
  /// shape stays.
  public func gelu() -> Tensor {
    Tensor(ct_gelu(pointer), "gelu", expected: floating, got: [self])
  }
  /// ln Γ(x) of each element x above 0, in the same shape.
  public func logGamma() -> Tensor {
    Tensor(ct_lgamma(pointer), "logGamma", expected: floating, got: [self])
  }
  /// ψ(x) = d/dx ln Γ(x), of each element x above 0, in the same shape.
  public func digamma() -> Tensor {
    Tensor(ct_digamma(pointer), "digamma", expected: floating, got: [self])
  }
  /// `x / (1 + e⁻ˣ)`, EfficientNet's activation, in the same shape.
  public func silu() -> Tensor {
    Tensor(ct_silu(pointer), "silu", expected: floating, got: [self])
  }
  /// `max(0, x)` of each element, in the same shape.
  public func relu() -> Tensor {
    Tensor(ct_relu(pointer), "relu", expected: "numbers", got: [self])
  }
  /// `max(0, x)` in the storage of `x`, whose shape stays, which saves a copy of every activation;
  /// returns the tensor itself. The gradient is right: `backward()` needs the output only.
  /// - Precondition: not a leaf, and no earlier operation needs its values for the gradient.
  @discardableResult
  public func reluInPlace() -> Tensor {
    Tensor.check(
      ct_relu_(pointer), "reluInPlace", expected: "a result, not a parameter", got: [self])
    return self
  }
  /// `min(max(0, x), 6)`, MobileNetV2's activation, in the same shape.
  public func relu6() -> Tensor {
    Tensor(ct_hardtanh(pointer, 0, 6), "relu6", expected: floating, got: [self])
  }
  /// `min(max(0, x), 6)` in the storage and shape of `x`, as `reluInPlace()` does it; returns the
  /// tensor itself.
  /// - Precondition: not a leaf, and no earlier operation needs its values for the gradient.
  @discardableResult
  public func relu6InPlace() -> Tensor {
    Tensor.check(
      ct_hardtanh_(pointer, 0, 6), "relu6InPlace", expected: "a result, not a parameter",
      got: [self])
    return self
  }
  /// Each element moved into `low...high`, in the same shape; all are `high` where `low` is
  /// greater.
  public func clamped(min low: Double, max high: Double) -> Tensor {
    Tensor(
      ct_clamp(pointer, low, high), "clamped", expected: "numbers and low <= high", got: [self])
  }
}
