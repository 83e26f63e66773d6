package import ArgumentParser

/// The key of a property that ArgumentParser fills.
package struct FlagKey: CodingKey {
  package var stringValue: String
  package var intValue: Int? { nil }

  package init(stringValue: String) { self.stringValue = stringValue }
  package init?(intValue: Int) { nil }
}

/// What ArgumentParser has filled.
package typealias FlagContainer = KeyedDecodingContainer<FlagKey>

/// A property of ArgumentParser's that reads a value: `@Option`, `@Flag` or `@Argument` without a type
/// to stand in.
package struct FlagProperty<Value> {
  /// The definition, as ArgumentParser finds it in a mirror.
  package let wrapper: Any
  /// What was typed, if it was.
  package let typed: (FlagContainer, FlagKey) throws -> Value?

  /// - Parameters:
  ///   - wrapper: The definition.
  ///   - value: What was typed, of the same property filled.
  package init<Wrapper: Decodable>(_ wrapper: Wrapper, value: @escaping (Wrapper) -> Value?) {
    self.wrapper = wrapper
    typed = { container, key in value(try container.decode(Wrapper.self, forKey: key)) }
  }

  private init(_ wrapper: Any, typed: @escaping (FlagContainer, FlagKey) throws -> Value?) {
    (self.wrapper, self.typed) = (wrapper, typed)
  }

  /// The same with another value.
  package func map<Other>(_ transform: @escaping (Value) -> Other) -> FlagProperty<Other> {
    FlagProperty<Other>(wrapper) { [typed] in try typed($0, $1).map(transform) }
  }
}

/// How a flag is spelled and explained.
package struct FlagDefinition {
  package var names: NameSpecification
  package var help: ArgumentHelp
  package var completion: CompletionKind?
}

extension FlagProperty where Value: ExpressibleByArgument {
  /// `--name text`
  static func text(_ flag: FlagDefinition) -> FlagProperty { option(flag, parsing: .next) }

  /// `--name number`: the number may have a sign, and look like a flag.
  static func number(_ flag: FlagDefinition) -> FlagProperty {
    option(flag, parsing: .unconditional)
  }

  private static func option(
    _ flag: FlagDefinition, parsing: SingleValueParsingStrategy
  ) -> FlagProperty {
    FlagProperty(
      Option<Value?>(
        name: flag.names, parsing: parsing, help: flag.help, completion: flag.completion)
    ) { $0.wrappedValue }
  }
}
