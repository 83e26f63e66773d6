import Files

/// Why a text or number is not taken as a number of a row.
public enum NumberFault: String, Sendable, Equatable {
  /// Nothing stands there, or a word or mark for nothing, such as `?`.
  case missing
  /// It spells no number.
  case notNumber
  /// It is not a number (NaN) or infinite.
  case notFinite
  /// Its size is beyond that of a 32-bit floating-point number.
  case tooLarge

  /// What is wrong with a number; nil where nothing is.
  init?(_ value: Double) {
    guard !Float(value).isFinite else { return nil }
    self = value.isFinite ? .tooLarge : .notFinite
  }

  /// What is wrong with a text that gives no finite `Float`.
  init(text: String) {
    let text = Blanks.trimmed(text)
    if TableCell.marks.contains(text.lowercased()) {
      self = .missing
    } else if let value = Double(text) {
      self = NumberFault(value) ?? .notNumber
    } else {
      self = .notNumber
    }
  }

  /// What is wrong, and what to do.
  func reason(text: String, column: String) -> String {
    switch self {
    case .missing:
      "the value of \(column) is missing\(text.isEmpty ? "" : " ('\(text)')"); fill it in, or leave the"
        + " row or the column out"
    case .notNumber:
      "the value of \(column) is '\(text)', expected a number; correct it, or leave the row out"
    case .notFinite:
      "the value of \(column) is \(text), expected a finite number; fill it in, or leave the row or the"
        + " column out"
    case .tooLarge:
      "the value of \(column) is \(text), too large for a 32-bit number; give the column another unit"
    }
  }
}
