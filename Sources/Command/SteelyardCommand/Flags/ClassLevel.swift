package import ArgumentParser

/// `class=level`, such as `melanoma=0.95`; the class may have equals signs of its own.
package struct ClassLevel: ExpressibleByArgument, Equatable, Sendable {
  package var name: String
  package var level: Double

  /// `nil` unless there is a class, an equals sign and a number.
  package init?(argument: String) {
    guard let sign = argument.lastIndex(of: "="), sign != argument.startIndex,
      let level = Double(argument[argument.index(after: sign)...])
    else { return nil }
    (name, self.level) = (String(argument[..<sign]), level)
  }

  package static var allValueStrings: [String] { [] }
  package static var defaultCompletionKind: CompletionKind { .default }
}
