/// A picture in the page, with words for whoever does not see it.
struct Drawing {
  /// Different for every picture of a page.
  let id: String
  let width: Double
  let height: Double
  /// What it is.
  let title: String
  /// What it shows, in a sentence.
  let description: String
  var style: HTML = "plot"
  /// Further attributes of the element.
  var attributes: HTML = ""
  let content: HTML

  var html: HTML {
    """
    <svg class="\(style)" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" \
    role="img" aria-labelledby="\(id)-t \(id)-d"\(attributes)>\
    <title id="\(id)-t">\(title)</title><desc id="\(id)-d">\(description)</desc>
    \(content)
    </svg>
    """
  }
}
