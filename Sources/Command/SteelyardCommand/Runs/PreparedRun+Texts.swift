import Datasets
import Training

extension PreparedRun {
  /// Features of the columns of text, fitted to the training part, behind the numbers of every row.
  mutating func settleTexts(_ note: (String) -> Void) throws {
    guard let settings = resolved.values.textSettings else { return }
    guard resolved.values.backbone == nil else {
      throw OptionError.conflict(
        "--text-columns: --backbone makes a model of pictures, which have no text; leave one of them out"
      )
    }
    let read = try Lexicon.read(resolved.values.lexicon)
    let text = try data.dataset.fittedText(settings, lexicons: read.map(\.lexicon))
    plan.text = text
    data.dataset = try data.dataset.taking(text)
    training = try data.training(unlabelled)
    TextLines.lines(text, read, data.dataset).forEach(note)
  }
}
