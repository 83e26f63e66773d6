import Files

/// An array `[N, L]` of labels: 1 where an example has one, 0 where not, −1 or NaN where that is not known.
struct LabelArray {
  /// What each row has, `[N][L]`.
  let rows: [[Bool?]]
  /// `0`, `1`, …, `[L]`.
  let names: [String]

  /// Whether an array holds several labels a row, and no class.
  static func isOne(_ shape: [Int]) -> Bool { shape.count == 2 && shape[1] > 1 }

  /// Whether each row has a single 1 among zeros: a class an example, spelled in columns.
  static func isOneHot(_ array: NpyArray) -> Bool {
    guard isOne(array.shape), array.shape[0] > 0 else { return false }
    let (width, numbers) = (array.shape[1], array.cOrdered.doubles)
    return (0..<array.shape[0]).allSatisfy { row in
      let entries = numbers[row * width..<(row + 1) * width]
      return entries.count { $0 == 1 } == 1 && entries.count { $0 == 0 } == width - 1
    }
  }

  /// - Parameters:
  ///   - array: `[N, L]`.
  ///   - count: rows there must be, N.
  ///   - name: what messages call it.
  /// - Throws: `FileError.malformed` for another shape, and for other numbers.
  init(_ array: NpyArray, count: Int, name: String) throws(FileError) {
    guard array.shape.count == 2, array.shape[0] == count, array.shape[1] > 0 else {
      throw .malformed(
        path: name,
        reason: "expected labels [\(count), L] of 1, 0, or -1 where one is not known, found"
          + " \(array.dtype.rawValue) \(array.shape)")
    }
    let (width, numbers) = (array.shape[1], array.cOrdered.doubles)
    var rows: [[Bool?]] = []
    for row in 0..<count {
      var entries: [Bool?] = []
      for label in 0..<width {
        switch numbers[row * width + label] {
        case 1: entries.append(true)
        case 0: entries.append(false)
        case let number where number == -1 || number.isNaN: entries.append(nil)
        case let number:
          throw .malformed(
            path: "\(name)[\(row), \(label)]",
            reason: "expected 1, 0, or -1 where a label is not known, found \(number)")
        }
      }
      rows.append(entries)
    }
    self.rows = rows
    names = (0..<width).map { "\($0)" }
  }
}
