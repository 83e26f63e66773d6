/// The marks of a set from the surest down, for reading the free-response curve where images count
/// differently often, as in a resample.
package struct RankedMarks: Sendable {
  /// What a mark adds.
  enum Kind { case hit, again, alarm }

  /// A mark, and whether the next has a lower score.
  struct Step {
    let image: Int
    let score: Double
    let kind: Kind
    let endsRun: Bool
  }

  /// From the highest score down.
  let steps: [Step]

  /// The order of a set of marks.
  ///
  /// - Parameters:
  ///   - detections: All marks.
  ///   - lesions: Number of lesions; those marked lie in `0..<lesions`.
  package init(_ detections: [Detection], lesions: Int) {
    let sorted = detections.sorted { $0.score > $1.score }
    var found = [Bool](repeating: false, count: lesions)
    var steps: [Step] = []
    steps.reserveCapacity(sorted.count)
    for (index, mark) in sorted.enumerated() {
      var kind = Kind.alarm
      if let lesion = mark.lesion {
        kind = found[lesion] ? .again : .hit
        found[lesion] = true
      }
      let endsRun = index + 1 == sorted.count || sorted[index + 1].score != mark.score
      steps.append(Step(image: mark.image, score: mark.score, kind: kind, endsRun: endsRun))
    }
    self.steps = steps
  }

  /// Part of the lesions found with at most each rate of false marks per image, `[R]`; NaN where there is
  /// no lesion or no image.
  ///
  /// - Parameters:
  ///   - rates: False marks per image, ascending, `[R]`.
  ///   - lesionImages: Image of each lesion.
  ///   - weights: How often each image counts.
  package func sensitivities(
    at rates: [Double], lesionImages: [Int], weights: [Double]
  ) -> [Double] {
    let lesions = lesionImages.reduce(0) { $0 + weights[$1] }
    let images = weights.reduce(0, +)
    guard lesions > 0, images > 0 else { return rates.map { _ in .nan } }
    var (hits, alarms) = (0.0, 0.0)
    var found = rates.map { _ in 0.0 }
    for step in steps {
      switch step.kind {
      case .hit: hits += weights[step.image]
      case .alarm: alarms += weights[step.image]
      case .again: break
      }
      guard step.endsRun else { continue }
      for (place, rate) in rates.enumerated() where alarms / images <= rate {
        found[place] = hits / lesions
      }
    }
    return found
  }
}
