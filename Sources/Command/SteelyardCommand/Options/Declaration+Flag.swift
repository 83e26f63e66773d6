import ArgumentParser

extension Declaration {
  package var properties: [(key: FlagKey, wrapper: Any)] {
    let named = (key: FlagKey(stringValue: name), wrapper: flag.wrapper)
    return placed.map { [(placedKey, $0.wrapper), named] } ?? [named]
  }

  package func take(_ arguments: FlagContainer, into options: inout TrainOptions) throws -> String?
  {
    let typed = try flag.typed(arguments, FlagKey(stringValue: name))
    let place = try placed?.typed(arguments, placedKey)
    if let typed { options[self] = typed }
    guard let place else { return nil }
    // Quoted: it is a text whatever it looks like.
    guard let value = Value(ConfigNode(.scalar(place), line: 0, isQuoted: true)) else {
      return "\(positional ?? name): expected \(expectation), got '\(place)'."
    }
    options[self] = value
    guard let typed, value != typed else { return nil }
    let other = typed as? String ?? typed.yaml
    return "The \(positional ?? name) was given twice: '\(place)' and --\(name) '\(other)'."
      + " Keep one of them."
  }

  private var completion: CompletionKind? { isPath ? .file() : nil }

  /// `--name value`
  private var flag: FlagProperty<Value> {
    var names: [NameSpecification.Element] = ([name] + aliases).map { .customLong($0) }
    if let short { names.insert(.customShort(short), at: 0) }
    let words = positional.map { "The same as <\($0)>." } ?? sentence
    return Value.property(
      FlagDefinition(
        names: NameSpecification(names), help: ArgumentHelp("\(words)", valueName: valueName),
        completion: completion))
  }

  /// The value without a flag before it.
  private var placed: FlagProperty<String>? {
    guard let positional else { return nil }
    return FlagProperty(
      Argument<String?>(
        help: ArgumentHelp("\(sentence)", valueName: positional), completion: completion)
    ) { $0.wrappedValue }
  }

  private var placedKey: FlagKey { FlagKey(stringValue: "\(name) without a flag") }
}
