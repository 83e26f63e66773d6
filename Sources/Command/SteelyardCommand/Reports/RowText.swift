import Batches
import Console
import Datasets
import Training

/// What a person should know of examples that are numbers, in lines.
enum RowText {
  /// How many numbers, how long series are, and what of a batch is padding.
  ///
  /// - Parameters:
  ///   - set: the training part.
  ///   - batchSize: rows of a batch.
  ///   - scale: by what series are centred and scaled.
  ///   - isStandardized: whether features are centred and scaled at all.
  static func lines(
    _ set: ExampleSet, _ batchSize: Int, _ scale: SeriesScaleChoice, isStandardized: Bool = true
  ) -> [String] {
    guard case .rows(let rows, let members) = set.content else { return [] }
    let fitted =
      scale == .each && rows.kind == .series
      ? "each series centred and scaled by its own mean and deviation"
      : rows.kind == .features && !isStandardized
        ? "as they are, as the method asks"
        : "each centred and scaled by mean and deviation of the training part"
    guard rows.kind == .series else {
      return ["features: \(Format.count(rows.width)) numbers a row, \(fitted)"]
    }
    let lengths = members.map { rows.steps(of: $0) }
    let (least, most) = (lengths.min() ?? 0, lengths.max() ?? 0)
    let channels = rows.width == 1 ? "1 channel" : "\(Format.count(rows.width)) channels"
    guard least < most else {
      return ["series: \(channels) of \(Format.count(most)) steps, \(fitted)"]
    }
    let padding = LengthBuckets.padding(
      lengths.indices.map { $0 }, lengths: lengths, batchSize: min(batchSize, lengths.count))
    return [
      "series: \(channels) of \(Format.count(least)) to \(Format.count(most)) steps, \(fitted)",
      "series: a batch holds rows of like length; in the order of the data "
        + "\(Int((100 * padding).rounded())) % of the steps that are computed are padding",
    ]
  }
}
