import Console
import Plans

/// The shares of classes that a run was asked to draw, checked against its classes.
package struct RunClassMass {
  /// What part of the drawn rows is of each class, `[C]`; sums to 1.
  package let values: [Double]
  /// The same as an option that needs no file.
  package let option: ClassMass
  private let names: [String]
  private static let numbers = ClassNumbers(
    option: "class-mass", noun: "share", expectation: ClassMass.expectation)

  /// - Parameters:
  ///   - option: what was asked for.
  ///   - names: classes in the order of the model.
  /// - Throws: `OptionError` for a class without a share, a name that is no class, a share that is not above 0;
  ///   `FileError` for a file that is no table.
  package init(_ option: ClassMass, _ names: [String]) throws {
    self.names = names
    let shares: [Double]
    switch option {
    case .named(let given):
      shares = try Self.numbers.values(given, of: names)
      self.option = option
    case .file(let path):
      let given = try Self.numbers.read(path)
      shares = try Self.numbers.values(given, of: names, "\(path): ")
      self.option = .named(given)
    }
    let total = shares.reduce(0, +)
    values = shares.map { $0 / total }
  }

  /// What to say of them when training starts.
  package var statement: String {
    let parts = zip(names, values).map { "\($0) \(Format.decimal($1))" }
    return "class mass: rows are drawn as \(parts.joined(separator: ", "))"
  }

  /// Why a method cannot draw in given shares; `nil` where it can.
  static func reason(_ stages: [Stage]) -> String? {
    for stage in stages where !stage.takesClassMass {
      if stage.trains == .nothing { return "fits its last layer to all rows and draws none" }
      let names = stage.streams.filter { !$0.isAsItComes }.map { "\(type(of: $0.sampler))" }
        .joined(separator: " and ")
      return "says itself in what shares classes are drawn (\(names))"
    }
    return nil
  }
}
