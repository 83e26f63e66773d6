/// The mistakes of which the model was surest, to be looked at.
struct FailuresSection {
  let run: RunReport

  var section: Section { Section(id: "failures", title: "Failure cases", body: body) }

  private var body: HTML {
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
    let picture: HTML =
      mistake.thumbnail.flatMap(safe).map { "<img src=\"\($0)\" alt=\"\" loading=\"lazy\">" }
        ?? """
        <svg class="nopicture" viewBox="0 0 96 96" width="96" height="96" role="img" \
        aria-label="no picture"><rect x="1" y="1" width="94" height="94"/><path d="M1 1 95 95M95 1 1 95"/></svg>
        """
    return """
      <li>\(picture)<div><p><strong>\(HTML.name(mistake.truth))</strong> decided as \
      <strong>\(HTML.name(mistake.predicted))</strong></p>\
      <p><small>\(HTML.defined("sure \(Figures.fixed(mistake.confidence))", "confidence", isStop: false)), \
      truth \(Figures.fixed(mistake.truthProbability))</small></p>\
      <p><small>\(HTML.path(mistake.path))</small></p></div></li>
      """
  }

  /// Only a picture in the page itself: a document from elsewhere must not make the page load anything.
  private func safe(_ uri: String) -> String? {
    let kinds = ["data:image/png;base64,", "data:image/jpeg;base64,"]
    return kinds.contains { uri.hasPrefix($0) } ? uri : nil
  }
}
