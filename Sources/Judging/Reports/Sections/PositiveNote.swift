import Evaluation

/// Which of two classes is the positive one, and how a table was read where that was not plain.
struct PositiveNote {
  let part: EvaluationPart

  var html: HTML? {
    let positive = part.metrics.positiveText.map { text -> HTML in
      """
      Positive class: \(text). \(HTML.defined("AUROC", "roc_auc_ovr")) and \
      \(HTML.defined("average precision", "average_precision")) over all are those of this class.
      """
    }
    let notes = part.metrics.notes.map { note -> HTML in "\(note)." }
    let all = [positive].compactMap { $0 } + notes
    return all.isEmpty ? nil : Section.note(HTML(all, separator: " "))
  }
}
