/// Where a method was published.
public struct Citation: Sendable, Equatable, Codable {
  /// Family names, in the paper's order.
  public let authors: String
  /// The paper's title.
  public let title: String
  /// Conference or journal, and year.
  public let venue: String
  /// Address of the paper, beginning with `https://`.
  public let link: String

  /// - Parameters:
  ///   - authors: family names, in the paper's order.
  ///   - title: the paper's title.
  ///   - venue: conference or journal, and year.
  ///   - link: address of the paper.
  public init(authors: String, title: String, venue: String, link: String) {
    (self.authors, self.title, self.venue, self.link) = (authors, title, venue, link)
  }
}

extension Citation: CustomStringConvertible {
  /// One line, as in a list of references.
  public var description: String { "\(authors). \(title). \(venue). \(link)" }
}
