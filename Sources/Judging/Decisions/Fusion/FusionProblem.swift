import Randomness

/// The regression of a ``FusionHead``: rows in units of their deviations, and their classes.
struct FusionProblem {
  private let rows: [[Double]]
  private let labels: [Int]
  private let classes: Int
  /// Numbers of a row.
  let width: Int

  init(_ rows: [[Double]], _ labels: [Int], classes: Int) {
    (self.rows, self.labels, self.classes) = (rows, labels, classes)
    width = rows.first?.count ?? 0
  }

  /// W, row by row, and b, `[K D + K]`, at the minimum.
  ///
  /// - Parameters:
  ///   - c: C, above 0.
  ///   - members: which rows count; nil is all.
  ///   - start: where the search begins; nil is 0.
  ///   - tolerance: of the gradient.
  func solved(
    c: Double, on members: [Int]? = nil, from start: [Double]? = nil, tolerance: Double = 1e-9
  ) -> [Double] {
    let members = members ?? Array(rows.indices)
    let present = Set(members.map { labels[$0] })
    let start = start ?? [Double](repeating: 0, count: classes * width + classes)
    return minimize(from: start, tolerance: tolerance) { point, gradient in
      value(point, &gradient, c, members, present)
    }.point
  }

  /// Mean cross-entropy with its penalty.
  private func value(
    _ point: [Double], _ gradient: inout [Double], _ c: Double, _ members: [Int],
    _ present: Set<Int>
  ) -> Double {
    let first = classes * width
    var (loss, logits) = (0.0, [Double](repeating: 0, count: classes))
    for place in gradient.indices { gradient[place] = 0 }
    for row in members {
      let x = rows[row]
      for k in 0..<classes {
        var sum = point[first + k]
        for d in 0..<width { sum += point[k * width + d] * x[d] }
        logits[k] = sum
      }
      loss += crossEntropyResidual(&logits, labels[row])
      for k in 0..<classes {
        for d in 0..<width { gradient[k * width + d] += logits[k] * x[d] }
        gradient[first + k] += logits[k]
      }
    }
    let share = 1 / Double(members.count)
    let strength = share / c
    for place in gradient.indices { gradient[place] *= share }
    loss *= share
    for place in 0..<first {
      loss += 0.5 * strength * point[place] * point[place]
      gradient[place] += strength * point[place]
    }
    // Without it the intercept of a class that a fold lacks would have no end.
    for k in 0..<classes where !present.contains(k) {
      loss += 0.5 * strength * point[first + k] * point[first + k]
      gradient[first + k] += strength * point[first + k]
    }
    return loss
  }

  /// The C with the least cross-entropy of held-out rows; rows of a class that the rest lacks are not judged. It ends when two
  /// values in a row are worse than the best. 1 where there are too few groups for two folds.
  func chosen(
    among path: [Double], groups: [String]?, folds: Int, key: RandomKey
  ) -> Double {
    var source = key.folding("fusion folds").source
    let count = min(folds, groups.map { Set($0).count } ?? rows.count)
    guard count >= 2,
      let dealt = try? GroupedFolds(
        truths: labels, classes: classes, groups: groups, count: count, using: &source)
    else { return 1 }
    var (best, worse) = ((c: 1.0, loss: Double.infinity), 0)
    var points = [[Double]?](repeating: nil, count: count)
    for c in path where worse < 2 {
      var loss = 0.0
      for fold in 0..<count {
        let rest = dealt.rows(outside: fold)
        guard !rest.isEmpty else { continue }
        let present = Set(rest.map { labels[$0] })
        // From the weaker fit before; five digits tell the values of C apart.
        let point = solved(c: c, on: rest, from: points[fold], tolerance: 1e-5)
        points[fold] = point
        for row in dealt.rows(in: fold) where present.contains(labels[row]) {
          loss += crossEntropy(point, row)
        }
      }
      worse = loss < best.loss ? 0 : worse + 1
      if loss < best.loss { best = (c, loss) }
    }
    return best.c
  }

  private func crossEntropy(_ point: [Double], _ row: Int) -> Double {
    let first = classes * width
    var logits = (0..<classes).map { k in
      rows[row].indices.reduce(point[first + k]) { $0 + point[k * width + $1] * rows[row][$1] }
    }
    return crossEntropyResidual(&logits, labels[row])
  }
}
