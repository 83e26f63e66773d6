/// Class frequencies as they are typed.
enum PriorText {
  /// The frequencies, `[C]`, in the order of `classes`.
  ///
  /// - Parameters:
  ///   - text: `uniform`, or `class=part` of every class, with commas between.
  ///   - classes: Class names, `[C]`.
  /// - Throws: `OptionError` naming the class that is not there, or has no part.
  static func parse(_ text: String, classes: [String]) throws(OptionError) -> [Double] {
    if text == "uniform" { return classes.map { _ in 1 / Double(classes.count) } }
    var shares: [String: Double] = [:]
    for part in text.split(separator: ",") {
      // Blanks behind commas are left off, but for a class whose name begins with one.
      let exact = ClassLevel(argument: String(part))
      let isNamed = exact.map { classes.contains($0.name) } ?? false
      guard let level = isNamed ? exact : ClassLevel(argument: String(part).trimmed) else {
        throw .conflict("target-prior: expected class=part, got '\(part)'")
      }
      guard classes.contains(level.name) else {
        throw .conflict(
          "target-prior: there is no class '\(level.name)', only \(classes.joined(separator: ", "))"
        )
      }
      guard shares.updateValue(level.level, forKey: level.name) == nil else {
        throw .conflict("target-prior: '\(level.name)' is given twice")
      }
    }
    var prior: [Double] = []
    for name in classes {
      guard let share = shares[name] else {
        throw .conflict(
          "target-prior: '\(name)' has no part; give one for every class, 0 if need be")
      }
      prior.append(share)
    }
    return prior
  }
}
