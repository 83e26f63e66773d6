import Files
import Requirements

/// Probabilities of `C` classes for `N` examples, `[N, C]`, in memory or read block by block from a `.npy` file.
public struct ProbabilityRows: Sendable {
  private enum Storage: Sendable {
    case memory([Double])
    case file(NpyTable)
  }

  private let storage: Storage
  /// Number of examples `N`.
  public let count: Int
  /// Number of classes `C`.
  public let classes: Int
  /// Whether the numbers were stored in single precision, and are to be compared as such.
  public let isSingle: Bool

  /// Probabilities in memory.
  ///
  /// - Parameters:
  ///   - values: row by row, `[N, C]` flat.
  ///   - classes: `C`, at least 1.
  ///   - isSingle: whether they were single-precision numbers.
  /// - Precondition: there are whole rows.
  public init(_ values: [Double], classes: Int, isSingle: Bool = false) {
    require(
      classes >= 1 && values.count % classes == 0,
      "ProbabilityRows: expected rows of \(classes) probabilities, got \(values.count) numbers")
    storage = .memory(values)
    self.classes = classes
    count = values.count / classes
    self.isSingle = isSingle
  }

  /// Probabilities in a `.npy` file, which is not read yet.
  ///
  /// - Parameter path: `[N, C]`, of type float16, float32 or float64.
  /// - Throws: `FileError` naming the file; ``AuditError/noExamples(_:)`` or ``AuditError/oneClass(_:)`` where it is too
  ///   small.
  public init(npy path: String) throws {
    if let rows = try NpyTable(path: path) {
      storage = .file(rows)
      (count, classes, isSingle) = (rows.count, rows.width, rows.dtype == .float32)
    } else {
      let array = try NpyArray(parsing: FileBytes.read(path), name: path)
      storage = .memory(array.doubles)
      (count, classes, isSingle) = (array.shape[0], array.shape[1], array.dtype == .float32)
    }
    guard count > 0 else { throw AuditError.noExamples(path) }
    guard classes > 1 else { throw AuditError.oneClass(path) }
  }

  /// How many rows are worked on at once: about a million numbers.
  var blockRows: Int { max(1, min(count, (1 << 20) / classes)) }

  /// The blocks in order.
  var blocks: [Range<Int>] {
    stride(from: 0, to: count, by: blockRows).map { $0..<min($0 + blockRows, count) }
  }

  /// Hands over some rows, `[rows, C]` flat.
  ///
  /// - Throws: `FileError` when the file cannot be read.
  func withRows<R>(
    _ rows: Range<Int>, _ body: (UnsafeBufferPointer<Double>) -> R
  ) throws(FileError) -> R {
    switch storage {
    case .memory(let values):
      return values.withUnsafeBufferPointer {
        body(
          UnsafeBufferPointer(rebasing: $0[rows.lowerBound * classes..<rows.upperBound * classes]))
      }
    case .file(let file):
      let block = UnsafeMutableBufferPointer<Double>.allocate(capacity: rows.count * classes)
      defer { block.deallocate() }
      try file.read(rows, into: block)
      return body(UnsafeBufferPointer(block))
    }
  }
}
