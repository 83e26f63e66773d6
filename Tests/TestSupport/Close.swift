/// Whether `a` and `b` differ by no more than `absolute + relative · |b|`; a NaN is close to
/// nothing.
public func close(
  _ a: Double, _ b: Double, relative: Double = 1e-12, absolute: Double = 0
) -> Bool {
  a == b || abs(a - b) <= absolute + relative * abs(b)
}

/// The first place where two lists differ by more than the tolerance, in words; nil when they
/// agree. Made for `#expect(difference(a, b) == nil)`, which prints it.
public func difference<A: BinaryFloatingPoint, B: BinaryFloatingPoint>(
  _ a: [A], _ b: [B], relative: Double = 1e-12, absolute: Double = 0
) -> String? {
  if a.count != b.count { return "\(a.count) values against \(b.count)" }
  for (i, (x, y)) in zip(a, b).enumerated()
  where !close(Double(x), Double(y), relative: relative, absolute: absolute) {
    return "at \(i): \(x) against \(y)"
  }
  return nil
}
