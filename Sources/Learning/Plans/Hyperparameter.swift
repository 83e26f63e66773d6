/// One value of a method, as `--set name=value` and a list of methods show it.
public enum Hyperparameter: Codable, Equatable, Sendable {
  /// `true` or `false`.
  case flag(Bool)
  /// A number.
  case number(Double)
  /// A word.
  case text(String)

  /// Reads a value of the same type from `text`; nil if it is none.
  func reading(_ text: String) -> Hyperparameter? {
    switch self {
    case .flag: Bool(text).map(Hyperparameter.flag)
    case .number: Double(text).flatMap { $0.isFinite ? .number($0) : nil }
    case .text: .text(text)
    }
  }

  /// The type, in words that continue "takes".
  var expected: String {
    switch self {
    case .flag: "true or false"
    case .number: "a number"
    case .text: "a word"
    }
  }

  /// Decodes whichever of the three it is.
  ///
  /// - Throws: `DecodingError` where it is none of them.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  /// Encodes the bare value.
  ///
  /// - Throws: what the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .flag(let flag): try container.encode(flag)
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    }
  }
}

extension Hyperparameter: CustomStringConvertible {
  /// The bare value; a whole number without its decimal point.
  public var description: String {
    switch self {
    case .flag(let flag): "\(flag)"
    case .number(let number): Int(exactly: number).map { "\($0)" } ?? "\(number)"
    case .text(let text): text
    }
  }
}
