package import Audit

/// What explains one answer, as one page that needs nothing else: the image, and the training images that helped, harmed and
/// lie near.
///
/// Equal explanations and pictures give equal bytes.
package struct ExplanationPage {
  private let explanation: Explanation
  private let picture: (String) -> [UInt8]?

  /// A page.
  ///
  /// - Parameters:
  ///   - explanation: what is shown.
  ///   - picture: the bytes of the image of a path; nil where it is not known.
  package init(_ explanation: Explanation, picture: @escaping (String) -> [UInt8]?) {
    (self.explanation, self.picture) = (explanation, picture)
  }

  /// The page.
  package var html: String {
    Page(
      title: "Explanation of an answer", header: header,
      sections: Explanation.Kind.allCases.map(section)
    ).html.text + "\n"
  }

  private var header: HTML {
    let shown = explanation.shown
    let given = shown.given.map { given -> HTML in
      given == shown.predicted
        ? ", which is its label" : ", and its label is <strong>\(HTML.name(given))</strong>"
    }
    return """
      <header class="top"><h1>Explanation of an answer</h1>
      <ul class="cases"><li>\(thumbnail(shown.path))<div>\
      <p>\(HTML.path(shown.path))</p>\
      <p>Predicted: <strong>\(HTML.name(shown.predicted))</strong> (\(Figures.percent(shown.probability, 1)))\
      \(given).</p></div></li></ul>
      <p class="lead">What \(Figures.count(explanation.examples)) training images did to the loss of \
      <strong>\(HTML.name(shown.explained))</strong> (\(Figures.percent(shown.explainedProbability, 1))): \
      \(Figures.count(explanation.helpful)) lowered it, \(Figures.count(explanation.harmful)) raised it.</p>
      <p class="note">TracIn at the last layer, over \(explanation.weights). It goes by the length of gradients, so that odd \
      or mislabelled images stand high in many explanations; the nearest in feature space stand beside it.</p>
      </header>
      """
  }

  private func section(_ kind: Explanation.Kind) -> Section {
    let rows = explanation.rows(of: kind)
    let (title, words): (String, HTML) =
      switch kind {
      case .helpful: ("Most helpful", "Steps on these training images lowered the loss most.")
      case .harmful: ("Most harmful", "Steps on these training images raised the loss most.")
      case .near:
        ("Nearest", "The features of these training images point most nearly the same way.")
      }
    let list: HTML =
      rows.isEmpty ? "<p>There is none.</p>" : "<ul class=\"cases\">\(rows.map(card))</ul>"
    return Section(id: kind.rawValue, title: title, body: "<p>\(words)</p>\n\(list)")
  }

  private func card(_ row: Explanation.Row) -> HTML {
    """
    <li>\(thumbnail(row.path))<div><p><strong>\(HTML.name(row.given))</strong></p>\
    <p><small>influence \(Figures.significant(row.influence)), similarity \(Figures.fixed(row.similarity))</small></p>\
    <p><small>\(HTML.path(row.path))</small></p></div></li>
    """
  }

  private func thumbnail(_ path: String) -> HTML {
    HTML.thumbnail(picture(path).flatMap { Thumbnail.uri($0, longest: 96) })
  }
}
