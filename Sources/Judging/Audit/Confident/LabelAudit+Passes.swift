import Files
import Foundation
import Parallel

extension LabelAudit {
  /// What `body` gives for each block, in order.
  ///
  /// - Throws: what it throws for the first that fails.
  static func each<R: Sendable>(
    _ blocks: [Range<Int>], _ threads: Int,
    _ body: @Sendable (Range<Int>) throws(FileError) -> R
  ) throws(FileError) -> [R] {
    let results = inParallel(blocks.count, threads: threads) { index -> Result<R, FileError> in
      do throws(FileError) { return .success(try body(blocks[index])) } catch {
        return .failure(error)
      }
    }
    var values: [R] = []
    values.reserveCapacity(results.count)
    for result in results { values.append(try result.get()) }
    return values
  }

  /// The class that each row is of with confidence; −1 where no class reaches its threshold.
  ///
  /// One that reaches it is it; of several the most probable of all classes.
  static func guesses(_ block: UnsafeBufferPointer<Double>, _ bars: [Double]) -> [Int32] {
    let classes = bars.count
    return (0..<block.count / classes).map { row in
      let p = UnsafeBufferPointer(rebasing: block[row * classes..<(row + 1) * classes])
      var (reached, first, best) = (0, -1, 0)
      for k in 0..<classes {
        if p[k] >= bars[k] {
          reached += 1
          if first < 0 { first = k }
        }
        if p[k] > p[best] { best = k }
      }
      return Int32(reached > 1 ? best : first)
    }
  }

  /// The rows with the largest margins of each cell.
  static func byNoiseRate(
    _ rows: ProbabilityRows, _ given: [Int32], _ prune: [Int], givenCounts: [Int], kept: Int,
    _ threads: Int
  ) throws(FileError) -> [Bool] {
    let classes = rows.classes
    // A class with no more than is to be kept loses nothing.
    let counts = prune.indices.map { givenCounts[$0 / classes] > max(kept, 1) ? prune[$0] : 0 }
    let empty = LargestMargins(counts, classes: classes)
    let blocks = rows.blocks
    let stripes = min(max(1, threads), blocks.count)
    let ranges = (0..<stripes).map {
      $0 * blocks.count / stripes..<($0 + 1) * blocks.count / stripes
    }
    let parts = try each(ranges, threads) { stripe throws(FileError) in
      var margins = empty
      for block in blocks[stripe] {
        try rows.withRows(block) { p in
          for row in block {
            let (label, start) = (Int(given[row]), (row - block.lowerBound) * classes)
            for truth in empty.wanted[label] {
              let margin = p[start + Int(truth)] - p[start + label]
              margins.add(
                rows.isSingle ? Double(Float(margin)) : margin, row: Int32(row), given: label,
                truth: Int(truth))
            }
          }
        }
      }
      return margins
    }
    let all = parts.dropFirst().reduce(into: parts[0]) { $0.merge($1) }
    var marks = [Bool](repeating: false, count: given.count)
    for row in all.found { marks[Int(row)] = true }
    return marks
  }

  /// The rows of each class that are least probable to be of it.
  static func byClass(
    _ confidence: [Double], _ given: [Int32], _ prune: [Int], givenCounts: [Int], kept: Int
  ) -> [Bool] {
    let classes = givenCounts.count
    var members = [[Int]](repeating: [], count: classes)
    for (row, label) in given.enumerated() { members[Int(label)].append(row) }
    var marks = [Bool](repeating: false, count: given.count)
    for k in 0..<classes where givenCounts[k] > max(kept, 1) {
      let taken = givenCounts[k] - prune[k * classes + k]
      guard taken >= 1 else { continue }
      let order = members[k].sorted {
        confidence[$0] == confidence[$1] ? $0 < $1 : confidence[$0] < confidence[$1]
      }
      for row in order.prefix(taken) { marks[row] = true }
    }
    return marks
  }

  /// log(1 + q) / q of an entropy over a confidence.
  static func weighted(_ entropy: Double, _ confidence: Double) -> Double {
    let ratio = entropy / max(confidence, 1e-6)
    return log(ratio + 1) / max(ratio, 1e-6)
  }
}
