import Console
import Files
import Losses
import Plans
import Requirements
package import Sampling

/// The weights of classes that a run was asked for, checked against its classes.
package struct RunClassWeights {
  /// How much a row of each class counts, `[C]`; sums to C.
  package let values: [Double]
  /// The same as an option that needs no file.
  package let option: ClassWeighting
  private let names: [String]

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
    case .named(let weights): values = try Self.values(weights, of: names, "")
    case .file(let path):
      let weights = try Self.read(path)
      values = try Self.values(weights, of: names, "\(path): ")
      self.option = .named(weights)
      return
    }
    self.option = option
  }

  /// What to say of them when training starts.
  package var statement: String {
    let parts = zip(names, values).map { "\($0) \(Format.decimal($1))" }
    return "class weights: \(parts.joined(separator: ", "))"
  }

  /// Rows of a name and a weight; a first row whose second field is no number has the names of the columns.
  private static func read(_ path: String) throws -> [String: Double] {
    guard FilePath.isFile(path) else {
      throw OptionError.conflict(
        "class-weights: there is no file '\(path)'; expected \(ClassWeighting.expectation)")
    }
    var reader = try DelimitedReader(path: path)
    var rows = [reader.columns]
    while let row = try reader.next() { rows.append(row.fields) }
    if let first = rows.first, first.count < 2 || Double(first[1]) == nil { rows.removeFirst() }
    var weights: [String: Double] = [:]
    for row in rows {
      guard row.count >= 2, let weight = Double(row[1]) else {
        throw OptionError.conflict(
          "class-weights: \(path): expected a name and a number, got '\(row.joined(separator: ","))'"
        )
      }
      guard weights.updateValue(weight, forKey: row[0]) == nil else {
        throw OptionError.conflict("class-weights: \(path): '\(row[0])' is given twice")
      }
    }
    return weights
  }

  private static func values(
    _ weights: [String: Double], of names: [String], _ place: String
  ) throws(OptionError) -> [Double] {
    for name in weights.keys.sorted() where !names.contains(name) {
      let meant = nearest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ""
      throw .conflict("class-weights: \(place)there is no class '\(name)'\(meant)")
    }
    var values: [Double] = []
    for name in names {
      guard let weight = weights[name] else {
        throw .conflict("class-weights: \(place)'\(name)' has no weight; give one for every class")
      }
      guard weight > 0, weight.isFinite else {
        throw .conflict(
          "class-weights: \(place)'\(name)' has the weight \(weight.yaml); expected a"
            + " number above 0"
            + " (--drop-class leaves a class out)")
      }
      values.append(weight)
    }
    return ClassWeights(values).values
  }
}
