import Console
import Losses
import Plans
package import Sampling

/// The weights of classes that a run was asked for, checked against its classes.
package struct RunClassWeights {
  /// How much a row of each class counts, `[C]`; sums to C.
  package let values: [Double]
  /// The same as an option that needs no file.
  package let option: ClassWeighting
  private let names: [String]
  private static let numbers = ClassNumbers(
    option: "class-weights", noun: "weight", expectation: ClassWeighting.expectation)

  /// - Parameters:
  ///   - option: what was asked for.
  ///   - names: classes in the order of the model.
  ///   - counts: their training images.
  /// - Throws: `OptionError` for a class without a weight, a name that is no class, a weight that is not above 0;
  ///   `FileError` for a file that is no table.
  package init(_ option: ClassWeighting, _ names: [String], _ counts: ClassCounts) throws {
    self.names = names
    switch option {
    case .inverse: values = ClassWeights.inverse(counts).values
    case .squareRoot: values = ClassWeights.inverse(counts, power: 0.5).values
    case .effectiveNumber: values = ClassWeights.effectiveNumber(counts, beta: 0.9999).values
    case .named(let weights):
      values = ClassWeights(try Self.numbers.values(weights, of: names)).values
    case .file(let path):
      let weights = try Self.numbers.read(path)
      values = ClassWeights(try Self.numbers.values(weights, of: names, "\(path): ")).values
      self.option = .named(weights)
      return
    }
    self.option = option
  }

  /// What to say of them when training starts.
  ///
  /// - Parameter start: part of each stage after which they hold.
  package func statement(from start: Double = 0) -> String {
    let parts = zip(names, values).map { "\($0) \(Format.decimal($1))" }
    let when = start > 0 ? "; from \(Format.decimal(start)) of each stage on" : ""
    return "class weights: \(parts.joined(separator: ", "))\(when)"
  }
}
