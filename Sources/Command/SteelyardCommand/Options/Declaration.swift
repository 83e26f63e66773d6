/// One option of a run. All that is said of it is said here: its flag and the other spellings of it,
/// its key in a configuration file, its default, its range and its help. It stands in a group of
/// `Groups/` as a property, under whose name ``TrainOptions`` has the value.
///
/// ```swift
/// package let lr = Declaration(
///   "lr", default: 0.01, range: .positive, help: "Learning rate after warm-up.")
/// ```
package struct Declaration<Value: OptionValue>: OptionField {
  /// The long flag without dashes, which is also the key in a configuration file.
  package let name: String
  /// The value where none is given.
  package let standard: Value
  /// What values are allowed.
  package let range: ValueRange<Value>
  /// Whether the value names a file or a folder, which `config.yaml` has with its whole path.
  package let isPath: Bool
  /// Whether a run that is resumed may have another value, because it changes no result.
  package let isFree: Bool
  /// `b` of `-b`.
  let short: Character?
  /// Other long spellings of the flag.
  let aliases: [String]
  /// What the value is called where it may stand without a flag, as in `train DATA`.
  let positional: String?
  /// What it is, in a sentence.
  let help: String
  /// What the value is called in the help.
  let valueName: String?
  /// What the help says of the default; `nil` says nothing.
  private(set) var shownDefault: String?

  /// - Parameters:
  ///   - name: The long flag without dashes.
  ///   - short: A letter for the flag with one dash.
  ///   - aliases: Other long spellings.
  ///   - positional: What the value is called where it may stand without a flag.
  ///   - standard: The default.
  ///   - without: What the help says happens by default, where the default is no value.
  ///   - range: What values are allowed.
  ///   - help: A sentence; the default is put in before its full stop.
  ///   - valueName: What the value is called in the help; the name of the option where `nil`.
  ///   - isPath: Whether it names a file or a folder.
  ///   - isFree: Whether it changes no result.
  package init(
    _ name: String, short: Character? = nil, aliases: [String] = [], positional: String? = nil,
    default standard: Value, without: String? = nil, range: ValueRange<Value> = .any,
    help: String, value valueName: String? = nil, isPath: Bool = false, isFree: Bool = false
  ) {
    (self.name, self.short, self.aliases, self.positional) = (name, short, aliases, positional)
    (self.standard, self.range, self.help, self.valueName) = (standard, range, help, valueName)
    (self.isPath, self.isFree, shownDefault) = (isPath, isFree, without ?? standard.inHelp)
  }

  /// The same option in a command that has its default from elsewhere, as from a run.
  package func defaulting(to words: String) -> Declaration {
    var result = self
    result.shownDefault = words
    return result
  }

  /// The sentence of the help, with the default.
  var sentence: String {
    guard let shownDefault else { return help }
    return "\(help.dropLast()) (default: \(shownDefault))."
  }
}
