import Console
import Methods
package import Plans
import Sampling

/// What `steelyard methods` says of one method.
package struct MethodListing: Codable, Equatable, Sendable {
  package var name: String
  package var summary: String
  /// Default values by name.
  package var hyperparameters: [String: Hyperparameter]
  package var citation: Citation
  /// When to use it and when not.
  package var guide: Guide
  /// What a run costs next to plain training, in passes of the network.
  package var cost: Double
  /// Whether it trains where an image may have several labels.
  package var knowsLabels: Bool
  /// Whether it trains where the target is a number.
  package var knowsNumbers: Bool
  /// Whether it takes classes for grades where they are said to be grades, or anyhow.
  package var knowsGrades: Bool
  /// What each stage is made of, for classes of 900, 90 and 10 images.
  package var parts: [String]

  package init(_ method: any Method.Type) {
    name = method.name
    summary = method.summary
    hyperparameters = method.init().hyperparameters
    citation = method.citation
    guide = method.guide
    // What needs a library of its own is fitted, and costs as other fits do.
    cost = methodCosts[method.name] ?? (method is any NeedsLibrary.Type ? 0 : 1)
    knowsLabels = LabelOptions.knows(method)
    knowsNumbers = NumberOptions.knows(method)
    let value = method.init()
    knowsGrades = value.ordersClasses || value.gradeDecoding != nil
    let classes = try? ClassCounts([900, 90, 10])
    parts =
      classes.map { classes in
        value.stages(for: classes).map { StageListing($0).parts }
      } ?? []
  }

  /// `alpha=0.2 beta=1`, as they are typed after `--set`.
  private var settings: String {
    hyperparameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      .joined(separator: " ")
  }

  /// `classes, several labels, grades and numbers`: what an example may have for a target.
  var targets: String {
    let all =
      ["classes"] + (knowsLabels ? ["several labels"] : []) + (knowsGrades ? ["grades"] : [])
      + (knowsNumbers ? ["numbers"] : [])
    return all.count == 1
      ? all[0] : all.dropLast().joined(separator: ", ") + " and \(all[all.count - 1])"
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
      let cost = "\(indent)cost \(Format.decimal(listing.cost, places: 1)) of plain training\n"
      let parts = listing.parts.map { "\(indent)\($0)\n" }.joined()
      return "\(name)\(listing.summary)\n\(parts)\(settings)\(cost)\(indent)\(source)\n"
    }.joined(separator: "\n")
  }

  /// The page METHODS.md: the parts of the survey, in each a table for each family.
  ///
  /// - Parameters:
  ///   - listings: of the methods that run everywhere.
  ///   - others: of those that need a library, each of which has a line of its own.
  static func markdown(_ listings: [MethodListing], others: [MethodListing] = []) -> String {
    let introduction = """
      # Methods

      Written by `steelyard methods --markdown`; train one with \
      `steelyard train DATA --method NAME --set KEY=VALUE`. `steelyard methods NAME` says when to use it, what it does
      stage by stage, and what its paper claims. The cost is that of a run next to plain training, in passes of the network that
      are counted (Results/methods-cost.md).

      These train where an image may have several labels, too: \
      \(listings.filter(\.knowsLabels).map { "`\($0.name)`" }.joined(separator: ", ")).

      These train where the target is a number, too: \
      \(listings.filter(\.knowsNumbers).map { "`\($0.name)`" }.joined(separator: ", ")).


      """
    let beside = others.map { listing in
      "Where its library is installed: `\(listing.name)`, \(listing.summary), of \(listing.targets) (`\(listing.settings)`).\n\n"
    }
    let groups = Guide.Group.allCases.map { group in
      let families = Guide.Family.allCases.filter { $0.group == group }
      return "## \(title(group.rawValue))\n\n"
        + families.compactMap { section($0, of: listings) }.joined(separator: "\n")
    }
    return introduction + beside.joined() + groups.joined(separator: "\n")
  }

  /// A family's heading and table; `nil` where no method belongs to it.
  private static func section(_ family: Guide.Family, of listings: [MethodListing]) -> String? {
    let members = listings.filter { $0.guide.family == family }
    guard !members.isEmpty else { return nil }
    return "### \(title(family.rawValue))\n\n" + table(members).markdown()
  }

  private static func title(_ words: String) -> String {
    words.prefix(1).uppercased() + words.dropFirst()
  }

  private static func table(_ listings: [MethodListing]) -> TextTable {
    var table = TextTable([
      .left("name"), .left("what it does"), .left("set"), .right("cost"), .left("source"),
    ])
    for listing in listings {
      let citation = listing.citation
      table.add([
        "`\(listing.name)`", listing.summary,
        listing.settings.isEmpty ? "" : "`\(listing.settings)`",
        Format.decimal(listing.cost, places: 1),
        "\(citation.authors). [\(citation.title)](\(citation.link)). \(citation.venue)",
      ])
    }
    return table
  }
}
