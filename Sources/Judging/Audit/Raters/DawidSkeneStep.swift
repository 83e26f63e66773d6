import Foundation

/// The two steps of EM.
struct DawidSkeneStep {
  private let ratings: Ratings
  private let settings: DawidSkene.Settings
  /// p.
  private(set) var prior: [Double]
  /// π.
  private(set) var confusion: [Double]

  init(_ ratings: Ratings, _ settings: DawidSkene.Settings) {
    (self.ratings, self.settings) = (ratings, settings)
    prior = [Double](repeating: 0, count: ratings.classes)
    confusion = [Double](repeating: 0, count: ratings.raters * ratings.classes * ratings.classes)
  }

  /// β_cl.
  private func pseudo(_ truth: Int, _ given: Int) -> Double {
    settings.ratings
      * (truth == given
        ? settings.accuracy : (1 - settings.accuracy) / Double(ratings.classes - 1))
  }

  /// Makes p and π of T.
  mutating func maximize(_ t: [Double]) {
    let classes = ratings.classes
    prior = [Double](repeating: settings.rows, count: classes)
    for cell in confusion.indices {
      confusion[cell] = pseudo(cell / classes % classes, cell % classes)
    }
    for row in 0..<ratings.count {
      for truth in 0..<classes { prior[truth] += t[row * classes + truth] }
      for one in ratings[row] {
        for truth in 0..<classes {
          confusion[(one.rater * classes + truth) * classes + one.label] += t[row * classes + truth]
        }
      }
    }
    let sum = prior.reduce(0, +)
    for truth in 0..<classes { prior[truth] /= sum }
    for start in stride(from: 0, to: confusion.count, by: classes) {
      let sum = confusion[start..<start + classes].reduce(0, +)
      for place in start..<start + classes { confusion[place] /= sum }
    }
  }

  /// T of p and π, the logarithm of the posterior density of these, and the largest change of T.
  func expect(_ before: [Double]) -> (t: [Double], objective: Double, change: Double) {
    let classes = ratings.classes
    let (logPrior, logs) = (prior.map { log($0) }, confusion.map { log($0) })
    var objective = settings.rows * logPrior.reduce(0, +)
    for cell in logs.indices {
      objective += pseudo(cell / classes % classes, cell % classes) * logs[cell]
    }
    var (t, change) = (before, 0.0)
    var scores = logPrior
    for row in 0..<ratings.count {
      for truth in 0..<classes { scores[truth] = logPrior[truth] }
      for one in ratings[row] {
        for truth in 0..<classes {
          scores[truth] += logs[(one.rater * classes + truth) * classes + one.label]
        }
      }
      let top = scores.max() ?? 0
      var sum = 0.0
      for truth in 0..<classes {
        scores[truth] = exp(scores[truth] - top)
        sum += scores[truth]
      }
      objective += top + log(sum)
      for truth in 0..<classes {
        let value = scores[truth] / sum
        change = max(change, abs(value - before[row * classes + truth]))
        t[row * classes + truth] = value
      }
    }
    return (t, objective, change)
  }
}
