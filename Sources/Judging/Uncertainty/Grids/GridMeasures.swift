/// The predictions of all trainings of a comparison, whatever their target: their metrics, and those on resampled test rows.
protocol GridMeasures {
  /// Names of the metrics, in the order of ``values``.
  var names: [String] { get }
  /// Names of those of which less is better.
  var losses: Set<String> { get }
  /// Places of the trainings.
  var trainings: Range<Int> { get }
  /// Independent test rows, or groups.
  var units: Int { get }
  /// Test rows of the first training.
  var testRows: Int { get }
  /// Column of the groups, where whole groups are resampled.
  var groupColumn: String? { get }
  /// Whether all trainings have the same test rows.
  var isShared: Bool { get }
  /// How test rows are resampled.
  var settings: IntervalSettings { get }
  /// Metrics of every training, `[M][S][K]`; NaN where undefined.
  var values: [[[Double]?]] { get }
  /// Metrics of every training on each resample of the test rows, the same resamples for all, `[M][S][B][K]`.
  func resampled() -> [[[[Double]]?]]
  /// Whether any row has an end of a training.
  func hasTraining(_ training: Int) -> Bool
}

extension GridMeasures {
  func design(ratio: Double) -> TestDesign {
    let most = trainings.count { hasTraining($0) }
    return most < 2 ? .single : isShared ? .shared : .own(ratio: ratio)
  }

  /// Differences of two rows, second minus first, by metric.
  ///
  /// - Parameters:
  ///   - values: Metrics of each training, `[S][K]`.
  ///   - resampled: The same on each resample, `[S][B][K]`; `nil` where rows are no part of the uncertainty.
  func differences(
    _ values: ([[Double]?], [[Double]?]), resampled: ([[[Double]]?], [[[Double]]?])?,
    _ design: TestDesign
  ) -> [String: RepeatedDifference] {
    var found: [String: RepeatedDifference] = [:]
    for (place, name) in names.enumerated() {
      let differences = trainings.map { training -> Double? in
        guard let first = values.0[training], let second = values.1[training] else { return nil }
        return (second[place] - first[place]).defined
      }
      guard differences.contains(where: { $0 != nil }) else { continue }
      let rows = resampled.flatMap { resampled in
        RepeatedDifference.Rows(
          trainings.filter { differences[$0] != nil }.compactMap { training in
            guard let first = resampled.0[training], let second = resampled.1[training] else {
              return nil
            }
            return zip(first, second).map { $1[place] - $0[place] }
          }, units: units)
      }
      found[name] = RepeatedDifference(differences, design, rows: rows, level: settings.level)
    }
    return found
  }
}
