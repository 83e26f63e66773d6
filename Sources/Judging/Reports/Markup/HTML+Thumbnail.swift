extension HTML {
  /// A small picture, or a crossed box where there is none.
  static func thumbnail(_ uri: String?) -> HTML {
    uri.flatMap(safe).map { "<img src=\"\($0)\" alt=\"\" loading=\"lazy\">" }
      ?? """
      <svg class="nopicture" viewBox="0 0 96 96" width="96" height="96" role="img" \
      aria-label="no picture"><rect x="1" y="1" width="94" height="94"/><path d="M1 1 95 95M95 1 1 95"/></svg>
      """
  }

  /// Only a picture in the page itself: a document from elsewhere must not make the page load anything.
  private static func safe(_ uri: String) -> String? {
    let kinds = ["data:image/png;base64,", "data:image/jpeg;base64,"]
    return kinds.contains { uri.hasPrefix($0) } ? uri : nil
  }
}
