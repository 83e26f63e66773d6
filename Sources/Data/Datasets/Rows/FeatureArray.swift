import Files

/// A NumPy array `[N, D]` as rows of numbers.
struct FeatureArray {
  /// Row after row, `[N, D]`; 0 where a number cannot be used.
  private(set) var numbers: [Float]
  let count: Int
  let width: Int
  /// Numbers that are not finite, or too large.
  private(set) var problems = DataProblems()

  /// - Parameters:
  ///   - array: of any numbers.
  ///   - name: what messages call it.
  /// - Throws: `FileError.malformed` for another shape.
  init(_ array: NpyArray, name: String) throws(FileError) {
    guard array.shape.count == 2, array.count > 0 else {
      throw .malformed(
        path: name,
        reason: "expected features [N, D], at least one row of at least one number,"
          + " found \(array.dtype.rawValue) \(array.shape)")
    }
    (count, width) = (array.shape[0], array.shape[1])
    numbers = array.floats
    guard !numbers.allSatisfy(\.isFinite) else { return }
    let exact = array.doubles
    for place in numbers.indices where !numbers[place].isFinite {
      numbers[place] = 0
      let fault = NumberFault(exact[place]) ?? .notFinite
      problems.add(
        .badNumber(fault, text: "\(exact[place])", column: "feature_\(place % width)"),
        at: "\(name)[\(place / width)]")
    }
  }
}
