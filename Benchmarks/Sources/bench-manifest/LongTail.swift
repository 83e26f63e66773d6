import Files
import Foundation
import Randomness

/// A table of rows in random order, whose classes shrink by a constant factor down to 6 rows.
struct LongTail {
  let rows: Int
  /// Where each class begins among rows sorted by class, and the end of the last.
  let starts: [Int]

  init(rows: Int, classes: Int) {
    self.rows = rows
    // Imbalance for which the sizes add up, by bisection of its logarithm.
    var (low, high) = (0.0, log(Double(rows)))
    func sizes(_ logarithm: Double) -> [Double] {
      (0..<classes).map { 6 * exp(logarithm * Double($0) / Double(classes - 1)) }
    }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if sizes(middle).reduce(0, +) > Double(rows) { high = middle } else { low = middle }
    }
    var starts = [0]
    for size in sizes(low) { starts.append(starts[starts.count - 1] + max(6, Int(size))) }
    starts[classes] = rows
    self.starts = starts
  }

  /// Writes lines such as `train/class_0123/012345678.jpg,class_0123`.
  func write(to path: String) throws {
    let order = IndexPermutation(count: rows, key: RandomKey(seed: 1))
    try AtomicFile.write(to: path) { (sink) throws(FileError) in
      try sink.write("path,label\n")
      var line = Array("train/class_0000/000000000.jpg,class_0000\n".utf8)
      for row in 0..<rows {
        let label = self.label(of: order(row))
        put(label, 4, in: &line, at: 12)
        put(label, 4, in: &line, at: 37)
        put(row, 9, in: &line, at: 17)
        try sink.write(line)
      }
    }
  }

  private func label(of place: Int) -> Int {
    var (low, high) = (0, starts.count - 2)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle + 1] > place { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private func put(_ value: Int, _ digits: Int, in line: inout [UInt8], at place: Int) {
    var rest = value
    for digit in (place..<place + digits).reversed() {
      line[digit] = UInt8(48 + rest % 10)
      rest /= 10
    }
  }
}
