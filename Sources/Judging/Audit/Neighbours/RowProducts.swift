/// Inner products of rows with rows, which a library of linear algebra computes faster than this layer does.
///
/// What asks for them depends on them to rounding alone, and says where it does: ``Neighbours`` are the same for any.
public protocol RowProducts: Sendable {
  /// A Bᵀ.
  ///
  /// - Parameters:
  ///   - a: row by row, `[M, D]` flat.
  ///   - b: row by row, `[N, D]` flat.
  ///   - width: D.
  /// - Returns: `[M, N]` flat, in single precision: of rows of length 1 each number within D · 2⁻²⁴ of the exact one.
  func products(
    _ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Float>, width: Int
  ) -> [Float]
}

extension RowProducts {
  /// A Bᵀ of arrays: `[M, D]` and `[N, D]` flat to `[M, N]` flat.
  public func products(_ a: [Float], _ b: [Float], width: Int) -> [Float] {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { products(a, $0, width: width) }
    }
  }
}
