import Datasets

/// Pairs of images that are the same picture again, side by side.
struct NearCopyList {
  let found: NearCopyPart

  /// `nil` where there are none.
  var html: HTML? {
    guard found.total > 0 else { return nil }
    return """
      \(verdict)
      <ul class="cases">\(found.pairs.map(card))</ul>
      """
  }

  private var verdict: HTML {
    let shown: HTML =
      found.pairs.count < found.total ? " The first \(found.pairs.count) are shown." : ""
    let all: HTML = """
      Pairs of images that show the same picture (saved again, resized or slightly cropped): \
      \(Figures.count(found.total)); with different labels: \(Figures.count(found.contradicting)).\(shown)
      """
    guard found.crossing > 0 else { return "<p>\(all)</p>" }
    return Section.warning(
      """
      Near copies lie in more than one part, which flatters the numbers: \
      \(Figures.count(found.crossing)) of the pairs. \(all)
      """)
  }

  private func card(_ pair: NearCopyPart.Pair) -> HTML {
    // A document from elsewhere may have fewer.
    let pictures = (0..<2).map { place in
      HTML.thumbnail(pair.thumbnails.indices.contains(place) ? pair.thumbnails[place] : nil)
    }
    return """
      <li>\(pictures)<div><p><small>\(name(pair.left))</small></p>\
      <p><small>\(name(pair.right))</small></p>\
      <p><small>correlation \(Figures.fixed(pair.correlation))</small></p></div></li>
      """
  }

  private func name(_ copy: LeakageReport.Copy) -> HTML {
    "\(HTML.path(copy.path)) (\(copy.split?.rawValue ?? "no part"), \(HTML.name(copy.label ?? "no label")))"
  }
}
