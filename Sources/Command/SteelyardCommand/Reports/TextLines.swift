import Console
import Datasets

/// What a person should know of columns of text, in lines.
enum TextLines {
  /// What was fitted, which texts are empty, and what of lexicons is not used.
  ///
  /// - Parameters:
  ///   - text: what was fitted.
  ///   - lexicons: as they were read.
  ///   - data: every row.
  static func lines(
    _ text: TextFeatures, _ lexicons: [(lexicon: Lexicon, passedOver: Lexicon.PassedOver?)],
    _ data: Dataset
  ) -> [String] {
    let columns = text.summaries.flatMap { column -> [String] in
      let empty = data.rowsWithoutWord(in: column.name)
      return [
        "text: \(column.name) is \(Format.count(column.size)) numbers, which hold \(Int((100 * column.share).rounded())) %"
          + " of the squared weights of its terms (\(Format.count(column.used)) of \(Format.count(column.slots)) slots), fitted to"
          + " \(Format.count(column.texts)) training rows"
      ]
        + (empty > 0
          ? ["text: \(Format.count(empty)) rows have no word in \(column.name)"] : [])
        + (data.hasNumbersAlone(in: column.name)
          ? [
            "text: every entry of \(column.name) is a number; leave it out of --text-columns if it is meant as one"
          ] : [])
    }
    return columns
      + lexicons.flatMap { lexicon, passed in
        ["lexicon: \(lexicon.name) has \(Format.count(lexicon.scores.count)) words"]
          + (passed.map {
            [
              "lexicon: entries of \(lexicon.name) that are no single word match nothing: \(Format.count($0.count)), such as"
                + " '\($0.first)' in line \($0.line)"
            ]
          } ?? [])
      }
  }
}
