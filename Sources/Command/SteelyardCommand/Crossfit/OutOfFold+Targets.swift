import Evaluation
import Files
import Runs
import Targets

/// What the models of a cross-fit said of images with several labels, or with a number.
extension OutOfFold {
  /// The probabilities of all folds, with a column `fold`.
  ///
  /// - Throws: as ``predictions()``.
  func labelPredictions() throws -> LabelPredictions {
    let parts = try runs().map { try LabelPredictions.read($0.predictions("test")) }
    for (index, part) in parts.enumerated() where part.labels != parts[0].labels {
      throw CrossfitError.classesDiffer(fold: index + 1)
    }
    let (places, width) = (try places(of: parts.map(\.paths)), parts[0].labels.count)
    return LabelPredictions(
      labels: parts[0].labels, paths: paths,
      truths: places.flatMap { parts[$0.part].truths[$0.row * width..<($0.row + 1) * width] },
      probabilities: places.flatMap {
        parts[$0.part].probabilities[$0.row * width..<($0.row + 1) * width]
      },
      carried: CarriedColumns(
        columns(groups: parts.map { $0.carried.named("group")?.values }, places)
          + carried(parts, places)))
  }

  /// The other columns that all folds carry, such as that of studies.
  private func carried(
    _ parts: [LabelPredictions], _ places: [(part: Int, row: Int)]
  ) -> [Predictions.Column] {
    parts[0].carried.names.filter { name in
      !["group", "fold"].contains(name) && parts.allSatisfy { $0.carried.named(name) != nil }
    }.map { name in
      Predictions.Column(
        name, places.map { parts[$0.part].carried.named(name)?.values[$0.row] ?? "" })
    }
  }

  /// The numbers of all folds, with a column `fold`, and with prediction intervals where every fold has them.
  ///
  /// - Throws: as ``predictions()``.
  func numberPredictions() throws -> NumberPredictions {
    let parts = try runs().map { try NumberPredictions.read($0.predictions("test")) }
    let places = try places(of: parts.map(\.paths))
    let intervals = places.compactMap { place in
      parts[place.part].intervals.map { $0[place.row] }
    }
    return NumberPredictions(
      paths: paths, truths: places.map { parts[$0.part].truths[$0.row] },
      predicted: places.map { parts[$0.part].predicted[$0.row] },
      intervals: intervals.count == places.count ? intervals : nil,
      carried: CarriedColumns(
        columns(groups: parts.map { $0.carried.named("group")?.values }, places)))
  }
}
