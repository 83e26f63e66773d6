import Audit
import Console
import Curation
package import Datasets
package import Randomness

/// Clusters of rows of features: which kind of row each is, by its numbers alone.
///
/// Each number is brought to mean 0 and standard deviation 1 over the rows (one that never differs becomes 0), then k-means parts
/// them. No target is looked at. The products are the program's own, so that they are the same for any number of threads.
package struct RowClusters {
  /// Cluster of each row, `[N]`, in `0..<count`.
  package let ofRow: [Int]
  /// How many clusters there are; fewer than asked for where fewer rows differ.
  package let count: Int

  /// - Parameters:
  ///   - rows: feature vectors.
  ///   - members: which of them, `[N]`.
  ///   - count: k, at least 1.
  ///   - option: what an error calls the option that asked for them.
  ///   - key: of the draws.
  /// - Throws: `DatasetError.badParameter` for series, rows without a number, and more clusters than rows.
  package init(
    _ rows: RowStore, members: [Int], count: Int, option: String, key: RandomKey
  ) throws(DatasetError) {
    guard rows.kind == .features, rows.width > 0 else {
      throw .badParameter(
        name: option,
        value: "\(count) clusters of \(rows.kind == .features ? "texts alone" : "series")",
        expected: "rows of features")
    }
    let points = Self.standardized(rows, members)
    do throws(CurationError) {
      let found = try KMeans(
        points, width: rows.width, count: count, key: key.folding("clusters"),
        products: PlainProducts())
      (ofRow, self.count) = (found.clusters.map(Int.init), found.count)
    } catch {
      throw .badParameter(
        name: option, value: "\(count)",
        expected: "at most as many clusters as rows, which are \(Format.count(members.count))")
    }
  }

  /// Clusters of every example of data of a number, as splits and folds need them.
  ///
  /// - Parameters:
  ///   - data: whose numbers do not count.
  ///   - count: k; nil makes none.
  ///   - settings: of the columns of a table; they are turned into numbers for the clusters alone, by its training rows or, of data
  ///     without parts, by all.
  ///   - key: of the draws.
  /// - Throws: `DatasetError.badParameter` also for images and for targets that are no number.
  static func ofExamples(
    of data: Dataset, count: Int?, _ settings: ColumnSettings = ColumnSettings(), key: RandomKey
  ) throws(DatasetError) -> [Int]? {
    guard let count else { return nil }
    let option = "strata-clusters"
    guard data.numberName != nil else {
      throw .badParameter(
        name: option, value: "\(count) clusters of data without one",
        expected: "a target that is a number")
    }
    let members = data.examples.compactMap { example -> Int? in
      if case .row(let number) = example.source { number } else { nil }
    }
    guard data.rows != nil, members.count == data.examples.count,
      let rows = try numbers(of: data, settings, option: option, count: count)
    else {
      throw .badParameter(
        name: option, value: "\(count) clusters of images",
        expected: "rows of features, which steelyard embed makes of images")
    }
    return try RowClusters(rows, members: members, count: count, option: option, key: key).ofRow
  }

  /// The rows with numbers of their columns, where they have some.
  private static func numbers(
    of data: Dataset, _ settings: ColumnSettings, option: String, count: Int
  ) throws(DatasetError) -> RowStore? {
    do throws(EncodingError) {
      return try data.encoded(by: data.fittedEncoding(settings)).rows
    } catch {
      if case .cells(let problems) = error { throw problems }
      throw .badParameter(
        name: option, value: "\(count) clusters", expected: "columns that make numbers: \(error)")
    }
  }

  /// `[N, D]` flat, each column with mean 0 and standard deviation 1.
  private static func standardized(_ rows: RowStore, _ members: [Int]) -> [Float] {
    let (n, width) = (Double(max(members.count, 1)), rows.width)
    var (mean, square) = (
      [Double](repeating: 0, count: width), [Double](repeating: 0, count: width)
    )
    for row in members {
      for (place, value) in rows.values(row).enumerated() { mean[place] += Double(value) / n }
    }
    for row in members {
      for (place, value) in rows.values(row).enumerated() {
        let move = Double(value) - mean[place]
        square[place] += move * move / n
      }
    }
    let scale = square.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
    return members.flatMap { row in
      rows.values(row).enumerated().map { Float((Double($1) - mean[$0]) * scale[$0]) }
    }
  }
}
