import Console
package import Plans

/// What `steelyard methods` says of one method.
package struct MethodListing: Codable, Equatable, Sendable {
  package var name: String
  package var summary: String
  /// Default values by name.
  package var hyperparameters: [String: Hyperparameter]
  package var citation: Citation

  package init(_ method: any Method.Type) {
    name = method.name
    summary = method.summary
    hyperparameters = method.init().hyperparameters
    citation = method.citation
  }

  /// `alpha=0.2 beta=1`, as they are typed after `--set`.
  private var settings: String {
    hyperparameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      .joined(separator: " ")
  }

  /// The list for a terminal.
  static func text(_ listings: [MethodListing], style: Style) -> String {
    let width = (listings.map(\.name.count).max() ?? 0) + 2
    let indent = String(repeating: " ", count: width)
    return listings.map { listing in
      let name =
        style(listing.name, .bold)
        + String(repeating: " ", count: width - listing.name.count)
      let settings = listing.settings.isEmpty ? "" : "\(indent)--set \(listing.settings)\n"
      let source = style("\(listing.citation)", .dim)
      return "\(name)\(listing.summary)\n\(settings)\(indent)\(source)\n"
    }.joined(separator: "\n")
  }

  /// The page METHODS.md.
  static func markdown(_ listings: [MethodListing]) -> String {
    var table = TextTable([.left("name"), .left("what it does"), .left("set"), .left("source")])
    for listing in listings {
      let citation = listing.citation
      table.add([
        "`\(listing.name)`", listing.summary,
        listing.settings.isEmpty ? "" : "`\(listing.settings)`",
        "\(citation.authors). [\(citation.title)](\(citation.link)). \(citation.venue)",
      ])
    }
    return """
      # Methods

      Written by `steelyard methods --markdown`; train one with \
      `steelyard train DATA --method NAME --set KEY=VALUE`.


      """ + table.markdown()
  }
}
