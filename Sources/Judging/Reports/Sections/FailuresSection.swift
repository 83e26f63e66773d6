/// The mistakes of which the model was surest, to be looked at.
struct FailuresSection {
  let run: RunReport

  var section: Section { Section(id: "failures", title: "Failure cases", body: body) }

  private var body: HTML {
    if let missing = Section.withoutScores(run) { return missing }
    guard let failures = run.headline?.failures else {
      return Section.missing(
        "Which images were decided wrongly is not known: no <code>predictions-*.csv</code>.",
        command: "steelyard evaluate RUN --data DATA")
    }
    if failures.total == 0 { return "<p>No image was decided wrongly.</p>" }
    return """
      <p>The \(failures.mistakes.count) surest of \(Figures.count(failures.total)) mistakes, at most \
      \(failures.perPair) of one pair of classes. A sure mistake is either a hard image or a wrong \
      label: look at it before the model is blamed.</p>
      <ul class="cases">\(failures.mistakes.map(card))</ul>
      """
  }

  private func card(_ mistake: FailureCases.Mistake) -> HTML {
    return """
      <li>\(HTML.thumbnail(mistake.thumbnail))<div><p><strong>\(HTML.name(mistake.truth))</strong> decided as \
      <strong>\(HTML.name(mistake.predicted))</strong></p>\
      <p><small>\(HTML.defined("sure \(Figures.fixed(mistake.confidence))", "confidence", isStop: false)), \
      truth \(Figures.fixed(mistake.truthProbability))</small></p>\
      <p><small>\(HTML.path(mistake.path))</small></p></div></li>
      """
  }
}
