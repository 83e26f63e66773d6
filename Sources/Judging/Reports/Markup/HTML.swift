/// A piece of a page. Literals stand in it as written; whatever is interpolated is escaped, unless
/// it is itself a piece of a page.
///
/// ```swift
/// let name = "<script>"
/// let cell: HTML = "<td>\(name)</td>"
/// cell.text  // "<td>&lt;script&gt;</td>"
/// ```
///
/// There is no way from a `String` value to markup, so a class name cannot become any.
package struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
  /// The markup.
  package private(set) var text: String

  package init(stringLiteral value: String) { text = value }

  package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  /// One piece after another.
  package init(_ pieces: [HTML], separator: HTML = "\n") {
    text = pieces.map(\.text).joined(separator: separator.text)
  }

  /// Whether there is nothing in it.
  package var isEmpty: Bool { text.isEmpty }

  package static func + (left: HTML, right: HTML) -> HTML { "\(left)\(right)" }

  package static func += (left: inout HTML, right: HTML) { left.text += right.text }

  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 8 * interpolationCount)
    }

    package mutating func appendLiteral(_ literal: String) { text += literal }
    /// Disfavoured, so that a literal within an interpolation is a piece of the page, as it is outside.
    @_disfavoredOverload
    package mutating func appendInterpolation(_ value: String) { text += Escape.html(value) }
    package mutating func appendInterpolation(_ value: Int) { text += String(value) }
    package mutating func appendInterpolation(_ piece: HTML) { text += piece.text }
    package mutating func appendInterpolation(_ piece: HTML?) { text += piece?.text ?? "" }
    /// A length or a place in a drawing, to a tenth of a unit.
    package mutating func appendInterpolation(_ length: Double) {
      text += Figures.length(length)
    }
    /// Pieces, each on its line.
    package mutating func appendInterpolation(_ pieces: [HTML]) {
      for (index, piece) in pieces.enumerated() {
        if index > 0 { text += "\n" }
        text += piece.text
      }
    }
  }

  package typealias StringInterpolation = Interpolation
}
