/// Colours and weights of terminal text, or none at all.
///
/// ```swift
/// let style = Style(isTerminal: true, environment: environment)
/// style("few", .yellow)
/// ```
public struct Style: Sendable, Equatable {
  /// What a piece of text stands out by.
  public enum Attribute: Int, Sendable, CaseIterable {
    /// Heavier.
    case bold = 1
    /// Fainter.
    case dim = 2
    /// For errors.
    case red = 31
    /// For success.
    case green = 32
    /// For warnings.
    case yellow = 33
    /// For names.
    case blue = 34
    /// For commands to type.
    case cyan = 36
  }

  /// Whether escape sequences are written.
  public let isColored: Bool

  /// No colours, whatever the surroundings.
  public static let plain = Style(isColored: false)

  /// A style that colours, or not.
  public init(isColored: Bool) { self.isColored = isColored }

  /// The style that a stream should have.
  ///
  /// A non-empty `NO_COLOR` (no-color.org) turns colours off and wins over all else; then a
  /// `FORCE_COLOR` other than `0` turns them on, `0` off; then `TERM=dumb` turns them off; else
  /// terminals have them and files do not.
  ///
  /// - Parameters:
  ///   - isTerminal: Whether the very stream that is written to is a terminal.
  ///   - environment: Environment variables.
  public init(isTerminal: Bool, environment: [String: String]) {
    if environment["NO_COLOR"].map({ !$0.isEmpty }) ?? false {
      isColored = false
    } else if let force = environment["FORCE_COLOR"], !force.isEmpty {
      isColored = force != "0"
    } else {
      isColored = isTerminal && environment["TERM"] != "dumb"
    }
  }

  /// `text` with the attributes, if this style colours; unchanged else, and when it is empty.
  public func callAsFunction(_ text: String, _ attributes: Attribute...) -> String {
    guard isColored, !attributes.isEmpty, !text.isEmpty else { return text }
    let codes = attributes.map { String($0.rawValue) }.joined(separator: ";")
    return "\u{1B}[\(codes)m\(text)\u{1B}[0m"
  }
}
