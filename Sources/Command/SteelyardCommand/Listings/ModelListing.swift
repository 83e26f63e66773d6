import Console
import Foundation
package import Networks

/// What `steelyard models` says of one network.
package struct ModelListing: Codable, Equatable, Sendable {
  package var name: String
  /// Learned numbers with `classes` classes.
  package var parameters: Int
  /// Multiply-adds of one image.
  package var multiplyAdds: Int
  /// Side of that image in pixels.
  package var imageSize: Int
  package var classes: Int
  package var citation: String

  package init(_ architecture: Architecture, classes: Int, imageSize: Int?) {
    let size = architecture.size(classes: classes, imageSize: imageSize)
    name = architecture.name
    parameters = size.parameters
    multiplyAdds = size.multiplyAdds
    self.imageSize = imageSize ?? architecture.defaultImageSize
    self.classes = classes
    citation = architecture.citation
  }

  /// The list for a terminal.
  static func text(_ listings: [ModelListing], style: Style) -> String {
    var table = TextTable([
      .left("name"), .right("parameters"), .right("multiply-adds"), .right("pixels"),
      .left("source"),
    ])
    for listing in listings {
      table.add([
        listing.name, Format.count(listing.parameters), millions(listing.multiplyAdds),
        String(listing.imageSize), listing.citation,
      ])
    }
    return table.text(style: style)
  }

  private static func millions(_ count: Int) -> String {
    Format.decimal(Double(count) / 1e6, places: 1) + " M"
  }
}
