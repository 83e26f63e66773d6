import Console
import Foundation
package import Networks

/// What `steelyard models` says of one network.
package struct ModelListing: Codable, Equatable, Sendable {
  package var name: String
  /// What it looks at: images, features or series.
  package var input: InputForm
  /// Learned numbers with `classes` classes, and inputs of `shape`.
  package var parameters: Int
  /// Multiply-adds of one input.
  package var multiplyAdds: Int
  /// Of that input: channels, height and width; width; or channels and steps.
  package var shape: [Int]
  /// Side of an image in pixels; absent where it looks at something else.
  package var imageSize: Int?
  package var classes: Int
  package var citation: String
  /// Under which terms published weights of it stand, where these are not free for all uses.
  package var weightsTerms: String?

  package init(_ architecture: Architecture, classes: Int, imageSize: Int?) {
    var shape = architecture.typicalShape
    if architecture.input == .images, let imageSize {
      // Of patches that do not divide it, the next side that they do.
      let step = architecture.sideMultiple
      let side = (imageSize + step - 1) / step * step
      shape = [shape[0], side, side]
    }
    let size = architecture.size(classes: classes, shape: shape)
    name = architecture.name
    input = architecture.input
    parameters = size.parameters
    multiplyAdds = size.multiplyAdds
    self.shape = shape
    self.imageSize = input == .images ? shape[1] : nil
    self.classes = classes
    citation = architecture.citation
    weightsTerms = WeightsTerms.of(architecture.name)
  }

  /// The list for a terminal.
  static func text(_ listings: [ModelListing], style: Style) -> String {
    var table = TextTable([
      .left("name"), .left("input"), .right("of"), .right("parameters"), .right("multiply-adds"),
      .left("source"),
    ])
    for listing in listings {
      table.add([
        listing.name, listing.input.rawValue,
        listing.shape.map(String.init).joined(separator: " × "),
        Format.count(listing.parameters), millions(listing.multiplyAdds), listing.citation,
      ])
    }
    let terms = Dictionary(grouping: listings) { $0.weightsTerms ?? "" }
      .filter { !$0.key.isEmpty }.sorted { $0.key < $1.key }
      .map { terms, of in "\(of.map(\.name).joined(separator: ", ")): \(terms)\n" }
    return table.text(style: style)
      + (terms.isEmpty ? "" : "\nWeights with terms of their own; none is ever fetched for you:\n")
      + terms.joined()
  }

  private static func millions(_ count: Int) -> String {
    let places = count < 100_000 ? 3 : 1
    return Format.decimal(Double(count) / 1e6, places: places) + " M"
  }
}
