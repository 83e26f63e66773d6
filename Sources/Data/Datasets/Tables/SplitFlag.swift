/// Columns that say one split with yes and no.
enum SplitFlag {
  /// What such a column says with yes and with no; nil for other names.
  ///
  /// `is_valid` is fastai's, `is_training_image` that of the Caltech-UCSD birds, where no is test.
  static func meaning(of name: String) -> (yes: Split, no: Split)? {
    switch ColumnRole.folded(name) {
    case "isvalid", "isval", "isvalidation", "valid", "isdev": (.val, .train)
    case "istest", "istesting": (.test, .train)
    case "istrain", "istraining", "istrainingimage": (.train, .test)
    default: nil
    }
  }

  /// What a cell says; nil where it is neither yes nor no.
  static func value(of cell: String) -> Bool? {
    switch cell.lowercased() {
    case "true", "t", "yes", "y": true
    case "false", "f", "no", "n": false
    default: indicator(cell)
    }
  }

  /// 1 and 0 in any spelling of a number, a decimal comma too; nil for all else.
  static func indicator(_ cell: String) -> Bool? {
    switch Double(cell.replacing(",", with: ".")) {
    case 1?: true
    case 0?: false
    default: nil
    }
  }
}
